"""Item versions as JSON: the item with the fact and the passage of the article it rests on, in one value.

Whoever holds a version can ask, judge and explain the item without another look at the database.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quizapp.core.article import Article, Claim, ClaimKind, Modality, Source, Span
from quizapp.core.bank import Bank, Evidence, Fact, excerpt
from quizapp.core.items import ITEM_TYPES, Item

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizapp.core.inputs import Question


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An item as it was at one version; ``article`` holds only the paragraphs of the evidence."""

    item: Item
    fact: Fact | None
    article: Article | None


def take(bank: Bank, item: Item) -> dict[str, Any]:
    """Return the content of a new version of ``item``."""
    data = item.to_data()
    for name in ("changed", "retired"):
        data.pop(name, None)
    content: dict[str, Any] = {"item": {**data, "language": item.language}}
    return {**content, **ground(bank.fact_of(item), bank.article)}


def ground(fact: Fact | None, article: Article | None) -> dict[str, Any]:
    """Return what the content of a version tells of a fact that the article of its bank tells, or its own."""
    article = (fact and fact.article) or article
    if not fact or not article:
        return {}
    paragraphs, moved = excerpt(article, fact)
    return {"fact": fact_data(moved), "article": article_data(paragraphs)}


def read(content: Mapping[str, Any]) -> Snapshot:
    """Return what ``take`` wrote."""
    fact = fact_from(content["fact"]) if "fact" in content else None
    article = article_from(content["article"]) if "article" in content else None
    item = content["item"]
    kind = ITEM_TYPES[item["type"]]
    return Snapshot(kind.from_data(item, language=item["language"], fact_id=fact.id if fact else None), fact, article)


@lru_cache(maxsize=4096)
def parse(content: str) -> Snapshot:
    """Return what ``take`` wrote, from its JSON text: versions never change, so that each is read once a process."""
    return read(json.loads(content))


@lru_cache(maxsize=4096)
def question(content: str, form: int) -> Question:
    """Return one of the ways in which the item of a version's JSON text is asked."""
    return parse(content).item.questions[form]


def says_the_same(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    """Say whether two contents differ in nothing that a reader would call a change of the item.

    The fact's name, where the evidence stands in the article and the words around it may differ.
    """
    return _essence(left) == _essence(right)


def _essence(content: Mapping[str, Any]) -> tuple[Any, ...]:
    fact, article = dict(content.get("fact", {})), dict(content.get("article", {}))
    fact.pop("id", None)
    fact["evidence"] = [evidence["quote"] for evidence in fact.get("evidence", ())]
    article.pop("text", None)
    return content["item"], fact, article


def fact_data(fact: Fact) -> dict[str, Any]:
    """Return a fact as JSON."""
    return {
        "id": fact.id,
        "statement": fact.statement,
        "evidence": evidence_data(fact),
        "claim": {
            "kind": fact.claim.kind.value,
            "modality": fact.claim.modality.value,
            "says": fact.claim.says,
        },
        "terms": list(fact.terms),
    }


def evidence_data(fact: Fact) -> list[dict[str, Any]]:
    """Return where the evidence stands and what it says, as JSON."""
    return [{"start": evidence.span.start, "quote": evidence.quote} for evidence in fact.evidence]


def evidence_from(data: list[dict[str, Any]]) -> tuple[Evidence, ...]:
    """Return what ``evidence_data`` wrote."""
    return tuple(Evidence(Span(e["start"], e["start"] + len(e["quote"])), e["quote"]) for e in data)


def fact_from(data: Mapping[str, Any]) -> Fact:
    """Return what ``fact_data`` wrote."""
    claim = data["claim"]
    return Fact(
        id=data["id"],
        statement=data["statement"],
        evidence=evidence_from(data["evidence"]),
        claim=Claim(ClaimKind(claim["kind"]), Modality(claim["modality"]), claim["says"]),
        terms=tuple(data["terms"]),
    )


def article_data(article: Article) -> dict[str, Any]:
    """Return an article as JSON."""
    return {
        "title": article.title,
        "language": article.language,
        "text": article.text,
        "published": article.published.isoformat() if article.published else None,
        "sources": sources_data(article),
    }


def sources_data(article: Article) -> list[dict[str, str]]:
    """Return an article's sources as JSON."""
    return [{"name": source.name, "url": source.url} for source in article.sources]


def article_from(data: Mapping[str, Any]) -> Article:
    """Return what ``article_data`` wrote."""
    return Article(
        title=data["title"],
        language=data["language"],
        text=data["text"],
        published=date.fromisoformat(data["published"]) if data["published"] else None,
        sources=tuple(Source(**source) for source in data["sources"]),
    )
