"""The first account of an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.terminal import Terminal


def test_the_first_admin_is_made_with_a_password_that_is_never_shown(ready: Terminal) -> None:
    done = ready.run("create-admin", "--name", "Kato", stdin="three plain words\nthree plain words\n")
    weak = ready.run("create-admin", "--name", "Ono", stdin="short\nshort\n")

    assert "Kato can now sign in." in done.stderr
    assert "at least 10 characters" in done.stderr
    assert "three plain words" not in done.stdout + done.stderr
    assert weak.returncode == 1
    assert "at least 10 characters" in weak.stderr
