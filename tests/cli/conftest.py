"""Terminals for the tests of the commands."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


@pytest.fixture(scope="session")
def new_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of an installation that was made ready and not used since, to be copied."""
    terminal = Terminal(tmp_path_factory.mktemp("new"))
    done = terminal.run("prepare")
    assert done.returncode == 0, done.stderr
    assert "japan-us-deterrence-ja: 42 new" in done.stderr
    return terminal.folder / "instance"


@pytest.fixture(scope="session")
def prepared(new_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Give a terminal whose installation is ready; tests share it."""
    folder = tmp_path_factory.mktemp("prepared")
    shutil.copytree(new_instance, folder / "instance")
    return Terminal(folder)


@pytest.fixture
def ready(terminal: Terminal, new_instance: Path) -> Terminal:
    """Give a terminal whose installation is ready and a test's own."""
    shutil.copytree(new_instance, terminal.folder / "instance")
    return terminal
