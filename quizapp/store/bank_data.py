"""Banks as the data of bank files, as ``bank_schema`` has it, and back."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ruamel.yaml.scalarstring import LiteralScalarString

from quizapp.core.article import Article, Claim, ClaimKind, Modality, Source, Span
from quizapp.core.bank import Bank, Evidence, Fact
from quizapp.core.items import ITEM_TYPES, Item
from quizapp.store.bank_schema import FORMAT

if TYPE_CHECKING:
    from collections.abc import Mapping


def as_bank(data: Mapping[str, Any], article_text: str | None) -> Bank:
    """Return the bank that the data of a bank file without faults describes, with the text of its article."""
    about = data["about"]
    language = about["language"]
    article = _article(data["article"], article_text or "", language) if "article" in data else None
    facts, items = [], []
    for entry in data.get("facts", ()):
        facts.append(_fact(entry, article_text or "", language))
        items += [_item(item, language, entry["id"]) for item in entry.get("items", ())]
    items += [_item(item, language, None) for item in data.get("items", ())]
    return Bank(
        id=about["id"],
        name=about["name"],
        title=about["title"],
        language=language,
        changed=datetime.fromisoformat(about["changed"]),
        description=about.get("description", ""),
        deck=about.get("deck", ""),
        licence=about.get("licence", ""),
        article=article,
        facts=tuple(facts),
        items=tuple(items),
    )


def _article(data: Mapping[str, Any], text: str, language: str) -> Article:
    return Article(
        title=data["title"],
        language=data.get("language", language),
        text=text,
        published=date.fromisoformat(data["published"]) if "published" in data else None,
        sources=tuple(Source(source["name"], source.get("url", "")) for source in data.get("sources", ())),
    )


def _fact(data: Mapping[str, Any], text: str, language: str) -> Fact:
    claim = data["claim"]
    own = _article(data["article"], data["article"]["text"], language) if "article" in data else None
    text = own.text if own else text
    evidence = []
    for entry in data["evidence"]:
        start = entry.get("start", text.find(entry["quote"]))
        evidence.append(Evidence(Span(start, start + len(entry["quote"])), entry["quote"]))
    return Fact(
        id=data["id"],
        statement=data["statement"],
        evidence=tuple(evidence),
        claim=Claim(ClaimKind(claim.get("kind", "fact")), Modality(claim["modality"]), claim.get("says", "")),
        terms=tuple(data.get("terms", ())),
        article=own,
    )


def _item(data: Mapping[str, Any], language: str, fact_id: str | None) -> Item:
    return ITEM_TYPES[data["type"]].from_data(data, language=language, fact_id=fact_id)


def of(bank: Bank) -> dict[str, Any]:
    """Return ``bank`` as the data of a bank file."""
    about = {
        "id": bank.id,
        "name": bank.name,
        "title": bank.title,
        "language": bank.language,
        "description": _block(bank.description),
        "deck": bank.deck,
        "licence": bank.licence,
        "changed": bank.changed.isoformat(),
    }
    data: dict[str, Any] = {"format": FORMAT, "about": _filled(about)}
    items: defaultdict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for item in bank.items:
        items[item.fact_id].append(_item_data(item, bank))
    if bank.article:
        data["article"] = _article_data(bank.article, bank.language)
    if bank.article or bank.facts:
        data["facts"] = [_fact_data(fact, bank, items[fact.id]) for fact in bank.facts]
    if items[None]:
        data["items"] = items[None]
    return data


def _article_data(article: Article, language: str) -> dict[str, Any]:
    return _filled({
        "title": article.title,
        "language": article.language if article.language != language else "",
        "published": article.published.isoformat() if article.published else "",
        "sources": [_filled({"name": source.name, "url": source.url}) for source in article.sources],
        "text": _block(article.text),
    })  # fmt: skip


def _fact_data(fact: Fact, bank: Bank, items: list[dict[str, Any]]) -> dict[str, Any]:
    claim = {"kind": fact.claim.kind.value, "modality": fact.claim.modality.value, "says": fact.claim.says}
    if fact.claim.kind is ClaimKind.FACT:
        del claim["kind"]
    return _filled({
        "id": fact.id,
        "statement": _block(fact.statement),
        "evidence": [_evidence_data(evidence, bank.article_of(fact)) for evidence in fact.evidence],
        **({"article": _article_data(fact.article, bank.language)} if fact.article else {}),
        "claim": _filled(claim),
        "terms": list(fact.terms),
        "items": items,
    })  # fmt: skip


def _evidence_data(evidence: Evidence, article: Article | None) -> dict[str, Any]:
    is_ambiguous = article is not None and len(article.places_of(evidence.quote)) > 1
    return {"quote": evidence.quote} | ({"start": evidence.span.start} if is_ambiguous else {})


def _item_data(item: Item, bank: Bank) -> dict[str, Any]:
    data = item.to_data()
    if data.get("language") == bank.language:
        del data["language"]
    return {name: _block(value) if isinstance(value, str) else value for name, value in data.items()}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", [])}


def _block(text: str) -> str:
    """Write what has several lines as a block, so that a person can read and edit it."""
    is_plain = "\n" in text and not any(line != line.rstrip() for line in text.split("\n")) and "\t" not in text
    return LiteralScalarString(text) if is_plain else text
