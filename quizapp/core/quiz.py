"""Drawing a quiz from items, and the order in which things stand in an attempt.

Every order comes from a seed by hashing: the same seed gives the same quiz on every machine, and tells nothing
about keys.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2s
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Protocol

    from quizapp.core.inputs import OneOf, Option, SomeOf

    class Drawable(Protocol):
        """What can be drawn: something with an identity, perhaps under a fact."""

        @property
        def identity(self) -> str:
            """A name for life."""

        @property
        def fact_id(self) -> int | None:
            """The fact it asks; None asks none of the article's."""


AnyDrawable = TypeVar("AnyDrawable", bound="Drawable")

MOST_ITEMS = 200


def rank(seed: str, *names: str) -> bytes:
    """Return a sort key that shuffles by ``seed``."""
    return blake2s("\x1f".join((seed, *names)).encode(), digest_size=8).digest()


def draw(
    items: Iterable[AnyDrawable],
    seed: str,
    count: int | None = None,
    *,
    with_siblings: bool = False,
    shuffle: bool = True,
    seen: Mapping[str, int] | None = None,
    chosen_by: str = "",
) -> list[AnyDrawable]:
    """Return up to ``count`` of ``items`` (None: all) in the order of asking; not shuffled, that of ``items``.

    Items of one fact are siblings: without ``with_siblings`` one is drawn for each fact, facts being equally likely.
    ``seen`` says how often somebody was asked an item (by identity): what was asked less is drawn before the rest.
    ``chosen_by`` is the seed of what is drawn, where only the order shall be that of ``seed``.
    """
    times, chooser = seen or {}, chosen_by or seed
    given = list(items)
    groups: dict[str, list[AnyDrawable]] = defaultdict(list)
    for item in given:
        alone = with_siblings or item.fact_id is None
        groups[item.identity if alone else f"fact {item.fact_id}"].append(item)

    def least(group: list[AnyDrawable]) -> AnyDrawable:
        return min(group, key=lambda item: (times.get(item.identity, 0), rank(chooser, "item", item.identity)))

    def asked(group: list[AnyDrawable]) -> int:
        return sum(times.get(item.identity, 0) for item in group)

    names = sorted(groups, key=lambda name: (asked(groups[name]), rank(chooser, "group", name)))
    chosen = [least(groups[name]) for name in names[:count]]
    if shuffle:
        in_own_order = sorted(chosen, key=lambda item: rank(seed, "order", item.identity))
        return in_own_order if times or chosen_by else chosen
    place = {item.identity: index for index, item in enumerate(given)}
    return sorted(chosen, key=lambda item: place[item.identity])


def form_of(seed: str, identity: str, form_count: int) -> int:
    """Return which of an item's ways of asking is used, from 0."""
    return int.from_bytes(rank(seed, "form", identity)) % form_count


def in_order(shape: OneOf | SomeOf, seed: str, identity: str) -> Sequence[Option]:
    """Return the options of item ``identity`` as they stand in the attempt with this seed; "" keeps their order."""
    if shape.ordered or not seed:
        return shape.options
    return sorted(shape.options, key=lambda option: rank(seed, identity, option.id))
