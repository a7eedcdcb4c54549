"""The evidence on the back of a card: the article's words, how sure it is, and its own sources."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from export.anki import markup
from quizapp.core.bank import marked, stands_in
from quizapp.translation import LABELS, translator

if TYPE_CHECKING:
    from quizapp.core.article import Article, Claim, Source
    from quizapp.core.bank import Bank, Fact
    from quizapp.core.items import Item


class Evidence:
    """The evidence of a bank's facts; what the items of a fact share is put together once."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._facts: dict[tuple[str, str], dict[str, str]] = {}

    def fields(self, item: Item, keys: tuple[str, ...], words: str) -> dict[str, str]:
        """Return the fields about the fact that ``item`` asks for, if any; ``keys`` are marked in the quotes.

        ``words`` is the language that tells how sure the article is.
        """
        fact = self._bank.fact_of(item)
        article = self._bank.article_of(fact) if fact else None
        if fact is None or article is None:
            return {}
        quotes = (_quoted(evidence.quote, fact.terms, keys) for evidence in fact.evidence)
        evidence = "".join(f'<blockquote lang="{article.language}">{quote}</blockquote>' for quote in quotes)
        return {**self._fact(fact, article, words), "Evidence": evidence}

    def _fact(self, fact: Fact, article: Article, language: str) -> dict[str, str]:
        name = (fact.id, language)
        if name not in self._facts:
            about = {"Fact": markup.blocks(fact.statement), "Claim": _claim(fact.claim, language)}
            self._facts[name] = about | _origin(article)
        return self._facts[name]


def _origin(article: Article) -> dict[str, str]:
    return {
        "Article": f'<cite lang="{article.language}">{markup.plain(article.title)}</cite>',
        "Date": markup.long_date(article.published, article.language) if article.published else "",
        "Sources": ", ".join(_source(source) for source in article.sources),
    }


def _source(source: Source) -> str:
    name = markup.plain(source.name)
    if not source.url.startswith(("https://", "http://")):
        return name
    return f'<a href="{markup.plain(source.url)}">{name}</a>'


def _claim(claim: Claim, language: str) -> str:
    """Return the label that tells how sure the article is: icon, word and sentence, and who says it."""
    _ = translator(language)
    label = LABELS[claim.modality]
    who = markup.plain(_("According to %(who)s") % {"who": claim.says}) if claim.says else ""
    return (
        f'<p class="claim {claim.modality}"><strong><span aria-hidden="true">{escape(label.icon)}</span> '
        f"{markup.plain(_(label.word))}</strong> {markup.plain(_(label.sentence))}</p>"
    ) + (f'<p class="says">{who}</p>' if who else "")


def _quoted(quote: str, terms: tuple[str, ...], keys: tuple[str, ...]) -> str:
    pieces = marked(quote, (*terms, *(key for key in keys if stands_in(quote, key))))
    return "".join(f"<mark>{markup.plain(piece)}</mark>" if is_key else markup.plain(piece) for piece, is_key in pieces)
