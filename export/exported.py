"""What an export format gives back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exported:
    """A file's content, and what of the bank the format could not carry.

    ``losses`` are sentences in English, each the key of its translation.
    """

    content: bytes
    losses: tuple[str, ...] = ()
