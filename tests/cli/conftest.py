"""Terminals for the tests of the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Give a terminal whose installation is ready."""
    terminal = Terminal(tmp_path_factory.mktemp("prepared"))
    done = terminal.run("prepare")
    assert done.returncode == 0, done.stderr
    assert "japan-us-deterrence-ja: 42 new" in done.stderr
    return terminal
