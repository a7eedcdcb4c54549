"""The visitor's language and look: what the browser asks for, or what the switch was set to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request, session
from flask_babel import Babel, get_locale

from quizapp.core.article import LANGUAGES
from quizapp.translation import FOLDER, KIND_LABELS, LABELS, catalogue

if TYPE_CHECKING:
    from gettext import NullTranslations

    from flask import Flask

THEMES = ("auto", "light", "dark")
FURIGANA = ("off", "on")
# Each language is named in its own words, so that whoever needs it can read it.
LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}


def init_app(app: Flask) -> None:
    """Make pages speak the visitor's language."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(FOLDER)
    Babel(app, locale_selector=language)
    # A page has dozens of messages: the catalogue is looked up once for all of them.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: _catalogue().gettext(message),
        lambda one, many, count: _catalogue().ngettext(one, many, count),
        newstyle=True,
    )
    app.context_processor(
        lambda: {
            "language": str(get_locale()),
            "languages": LANGUAGE_NAMES,
            "theme": session.get("theme", "auto"),
            "furigana": session.get("furigana", "off"),
            "labels": LABELS,
            "kind_labels": KIND_LABELS,
        }
    )


def _catalogue() -> NullTranslations:
    if "catalogue" not in g:
        g.catalogue = catalogue(str(get_locale()))
    found: NullTranslations = g.catalogue
    return found


def language() -> str:
    """Return the language to speak: the switch first, then the browser, then Japanese."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    # By the part before the hyphen: en-GB asks for English.
    wanted = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((tag for tag in wanted if tag in LANGUAGES), "ja")


def remember(name: str, value: str) -> bool:
    """Keep the switch ``language``, ``theme`` or ``furigana`` for this visitor; say whether it was a known one."""
    known = {"language": LANGUAGES, "theme": THEMES, "furigana": FURIGANA}.get(name, ())
    if value not in known:
        return False
    session.permanent = True
    session[name] = value
    return True
