"""Where the data folders are: inside the package once installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder ``templates`` or ``question_banks``.

    :raise FileNotFoundError: the installation is incomplete.
    """
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the folder '{name}' is neither in nor beside {_PACKAGE}")


def migrations_folder() -> Path:
    """Return the folder of the database's migration steps."""
    return _PACKAGE / "store" / "migrations"
