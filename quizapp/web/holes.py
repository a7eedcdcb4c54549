"""Pages that are rendered once and filled often: HTML with holes.

What differs from request to request stands in a template as a hole; the rest is rendered by Jinja once for each
language and look, and kept. A hole's name is made of ASCII letters and digits, so that it can stand in an address.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from markupsafe import Markup

# Nobody can write a hole into a stem or a title: the sign changes with each start of the program.
_SIGN = f"hole{secrets.token_hex(8)}x"
_HOLE = re.compile(rf"{_SIGN}([0-9A-Za-z]+)\.")

Parts: TypeAlias = tuple[str, ...]


def hole(name: str) -> Markup:
    """Return what stands in a template's values for something that comes later."""
    return Markup(f"{_SIGN}{name}.")  # noqa: S704 - our own sign


def cut(html: str) -> Parts:
    """Return ``html`` cut at its holes: text and names of holes in turns, text first and last."""
    return tuple(_HOLE.split(html))


def fill(parts: Parts, values: Mapping[str, str]) -> str:
    """Return what ``cut`` was given with its holes filled; ``values`` are HTML."""
    filled = list(parts)
    filled[1::2] = [values[name] for name in parts[1::2]]
    return "".join(filled)


def join(pieces: Iterable[str]) -> Markup:
    """Return finished pieces of HTML as one."""
    return Markup("".join(pieces))  # noqa: S704 - made by templates and ``escape`` alone
