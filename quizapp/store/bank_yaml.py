"""YAML as bank files have it: version 1.2, comments kept, dates as words, and the place of every part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scanner import RoundTripScanner

if TYPE_CHECKING:
    from collections.abc import Sequence


class _NoTimestamps(VersionedResolver):
    """Dates stay the words they are, as YAML 1.2's core schema has it."""

    @property
    def versioned_resolver(self) -> dict[str, list[Any]]:
        rules = super().versioned_resolver
        return {sign: [rule for rule in row if not rule[0].endswith(":timestamp")] for sign, row in rules.items()}


MOST_LEVELS = 50


class TooDeepError(MarkedYAMLError):
    """More than ``MOST_LEVELS`` parts stand within one another."""


class _ShallowScanner(RoundTripScanner):
    """Refuses deep nesting where it begins: to read it all takes seconds, only to fail."""

    def fetch_flow_collection_start(self, TokenClass: Any, to_push: str) -> None:  # noqa: N803 (its name there)
        super().fetch_flow_collection_start(TokenClass, to_push)
        self._require_shallow()

    def add_indent(self, column: int) -> bool:
        is_deeper = super().add_indent(column)
        self._require_shallow()
        return is_deeper

    def _require_shallow(self) -> None:
        if len(self.flow_context) + len(self.indents) > MOST_LEVELS:
            raise TooDeepError(problem_mark=self.reader.get_mark())


def parser() -> YAML:
    """Return what reads and writes bank files."""
    yaml = YAML()
    yaml.Resolver, yaml.Scanner = _NoTimestamps, _ShallowScanner
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def position(tree: Any, path: Sequence[str | int]) -> tuple[int, int]:
    """Return line and column (from 1) of the deepest part of ``path`` that is there."""
    line, column = 0, 0
    for step in path:
        if isinstance(tree, CommentedMap) and step in tree:
            if step in (tree.lc.data or {}):  # what "<<" merges in stands elsewhere
                line, column = tree.lc.value(step) if not isinstance(tree[step], dict | list) else tree.lc.key(step)
        elif isinstance(tree, CommentedSeq) and isinstance(step, int) and step < len(tree):
            line, column = tree.lc.item(step)
        else:
            break
        tree = tree[step]
    return line + 1, column + 1
