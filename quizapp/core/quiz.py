"""Drawing a quiz from items, and the order in which things stand in an attempt.

Every order comes from a seed by hashing: the same seed gives the same quiz on every machine, and tells nothing
about keys.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2s
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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


def draw(items: Iterable[AnyDrawable], seed: str, count: int, *, with_siblings: bool = False) -> list[AnyDrawable]:
    """Return up to ``count`` of ``items`` in the order of asking.

    Items of one fact are siblings: without ``with_siblings`` one is drawn for each fact, facts being equally likely.
    """
    shuffled = sorted(items, key=lambda item: rank(seed, "item", item.identity))
    if with_siblings:
        return shuffled[:count]
    groups: dict[str, list[AnyDrawable]] = defaultdict(list)
    for item in shuffled:
        groups[item.identity if item.fact_id is None else f"fact {item.fact_id}"].append(item)
    names = sorted(groups, key=lambda name: rank(seed, "group", name))
    return [groups[name][0] for name in names[:count]]


def form_of(seed: str, identity: str, form_count: int) -> int:
    """Return which of an item's ways of asking is used, from 0."""
    return int.from_bytes(rank(seed, "form", identity)) % form_count


def in_order(shape: OneOf | SomeOf, seed: str, identity: str) -> Sequence[Option]:
    """Return the options of item ``identity`` as they stand in the attempt with this seed."""
    if shape.ordered:
        return shape.options
    return sorted(shape.options, key=lambda option: rank(seed, identity, option.id))
