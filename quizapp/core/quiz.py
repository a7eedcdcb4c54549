"""Drawing a quiz from items, and the order in which things stand in an attempt.

Every order comes from a seed by hashing: the same seed gives the same quiz on every machine, and tells nothing
about keys.
"""

from __future__ import annotations

from collections import defaultdict
from hashlib import blake2s
from heapq import nsmallest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from quizapp.core.inputs import OneOf, Option, SomeOf

MOST_ITEMS = 200


def rank(seed: str, *names: str) -> bytes:
    """Return a sort key that shuffles by ``seed``."""
    return blake2s("\x1f".join((seed, *names)).encode(), digest_size=8).digest()


def ranker(*names: str) -> Callable[[str], bytes]:
    """Return ``rank`` with all but its last name given: for many it is quicker."""
    begun = blake2s("\x1f".join((*names, "")).encode(), digest_size=8)

    def rank_of(name: str) -> bytes:
        more = begun.copy()
        more.update(name.encode())
        return more.digest()

    return rank_of


def draw(
    items: Iterable[tuple[str, int | None]],
    seed: str,
    count: int | None = None,
    *,
    with_siblings: bool = False,
    shuffle: bool = True,
    seen: Mapping[str, int] | None = None,
    chosen_by: str = "",
) -> list[str]:
    """Return the identities of up to ``count`` of ``items`` (None: all) in the order of asking.

    An item is its identity and its fact, None for none; not shuffled they are asked in the order of ``items``.
    Items of one fact are siblings: without ``with_siblings`` one is drawn for each fact, facts being equally likely.
    ``seen`` says how often somebody was asked an item (by identity): what was asked less is drawn before the rest.
    ``chosen_by`` is the seed of what is drawn, where only the order shall be that of ``seed``.
    """
    times, chooser, given = seen or {}, chosen_by or seed, list(items)
    groups: dict[str, list[str]] = defaultdict(list)
    for identity, fact_id in given:
        groups[identity if with_siblings or fact_id is None else f"fact {fact_id}"].append(identity)
    asked = {name: sum(times.get(each, 0) for each in group) for name, group in groups.items()} if times else {}
    of_item, of_group, in_turn = ranker(chooser, "item"), ranker(chooser, "group"), ranker(seed, "order")
    # Of 100,000 only the first are looked for: sorting all of them takes several times as long.
    most = len(groups) if count is None else count
    names = nsmallest(most, groups, key=lambda name: (asked.get(name, 0), of_group(name)))
    chosen = [min(groups[name], key=lambda each: (times.get(each, 0), of_item(each))) for name in names]
    if shuffle:
        return sorted(chosen, key=in_turn) if times or chosen_by else chosen
    among = set(chosen)
    return [identity for identity, _fact in given if identity in among]


def form_of(seed: str, identity: str, form_count: int) -> int:
    """Return which of an item's ways of asking is used, from 0."""
    return int.from_bytes(rank(seed, "form", identity)) % form_count


def in_order(shape: OneOf | SomeOf, seed: str, identity: str) -> Sequence[Option]:
    """Return the options of item ``identity`` as they stand in the attempt with this seed; "" keeps their order."""
    if shape.ordered or not seed:
        return shape.options
    return sorted(shape.options, key=lambda option: rank(seed, identity, option.id))
