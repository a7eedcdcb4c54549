"""How English sentences give away what they are. The first row of a table that matches decides."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.core.article import Claim, ClaimKind, Modality
from quizapp.drafting.words import shortened

if TYPE_CHECKING:
    from quizapp.drafting.claims import Line

_I = re.IGNORECASE
_BOILERPLATE = re.compile(
    r"https?://|^(?:source|sources|photo|image|credit|published|updated|posted|by|tags?|category|filed under|related|share"
    r"|advertisement|menu|home|search|log ?in|sign up|subscribe|contents|table of contents)\b\s*(?::|$)"
    r"|read more|click here|all rights reserved|©|copyright|cookie|newsletter|privacy policy|terms of (?:use|service)|^\||^!\[",
    _I,
)
_CHATTER = re.compile(
    r"^(?:let's|let us|hi|hello|hey|thanks|thank you|wow|well,|so,|okay|stay tuned|see you)\b|thanks for reading"
    r"|in this (?:article|post|lesson|chapter),? (?:we|you|i)\b|let me know|don't forget|\b(?:lol|haha)\b",
    _I,
)
_OPINION = re.compile(
    r"\b(?:i (?:think|believe|feel|hope|love|guess|suppose)|we (?:hope|believe|think|should|must)|in (?:my|our) (?:opinion|view)"
    r"|hopefully|personally|unfortunately|fortunately|luckily|should|ought to|it is (?:important|vital|essential|crucial|clear|great|sad)"
    r"|(?:is|are|was|were) (?:\w+ )?(?:amazing|awesome|wonderful|beautiful|exciting|terrible|fantastic|fascinating|charming|"
    r"delightful|interesting|impressive))\b|\b(?:I|my|me)\b(?! [A-Z][a-z])",
)
_WORD = re.compile(r"[A-Za-z]{2}")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|do|does|did|be|been|\w{2,}ed|\w{3,}s|became|began|"
    r"came|found|gave|got|grew|held|kept|knew|led|left|lost|made|met|put|ran|rose|said|saw|sent|set|sold|spent|stood|took|told|"
    r"went|won|wrote|built|bought|brought|fell|flew|lay|drew|lies?)\b"
)

# Words that may stand within a verb: is also widely expected.
_ADVERB = r"(?:(?:\w+ly|also|still|now|often|once|long|not|then|thus|therefore|since|ever|to be|due) ){0,2}"
_MODALITY: tuple[tuple[Modality, re.Pattern[str]], ...] = tuple(
    (modality, re.compile(pattern, _I))
    for modality, pattern in (
        (Modality.EXPECTED, rf"\b(?:(?:is|are|was|were) {_ADVERB}(?:expected|forecast|projected|predicted|hoped)|expects?|hopes?|forecasts?)\b"),
        (Modality.PLANNED, rf"\b(?:(?:is|are|was|were) {_ADVERB}(?:planned|scheduled|due|set|slated) (?:to|for)|plans? (?:to|for)|plan is to|intends? to|has decided to|have decided to|will)\b"),
        (Modality.AIM, rf"\b(?:aims? (?:to|at|for)|aimed (?:to|at)|(?:is|are|was|were) {_ADVERB}(?:intended|designed|meant) to|seeks? to|sought to|(?:goal|aim|purpose|objective) (?:is|was) to|in order to|strives? to)\b"),
        (Modality.REPORTED, rf"\b(?:according to|reportedly|allegedly|(?:is|are|was|were) {_ADVERB}(?:said|reported|claimed|alleged|rumou?red) to|\w+ (?:said|says|claimed|claims|told)|\w+ (?:stated|argued|argues|reported|announced|added|explained|stressed|stresses),? (?:that|how|why|,? ?for))\b"),
        (Modality.INFERRED, rf"\b(?:(?:is|are|was|were) {_ADVERB}(?:thought|believed|assumed|estimated|presumed|inferred|suspected|considered likely)|likely|probably|perhaps|possibly|apparently|presumably|appears? to|seems? to|suggests? that|(?-i:may)|might|could have)\b"),
        (Modality.ASSESSMENT, r"\b(?:most important|important role|key role|vital role|crucial|remarkabl[ey]|outstanding|(?:assess(?:es|ed)?|describe[sd]?|regards?|views|viewed|sees|judge[sd]?|portray(?:s|ed)|characteri[sz]e[sd]) [^.;]{2,80} (?:as|to be)|(?:takes?|took) the view|the best|the greatest|one of the (?:best|greatest|finest|most)|regarded as|considered (?:one|the)|plays? an? \w+ role)\b"),
    )
)  # fmt: skip
_SAYS = re.compile(
    r"\b(?i:according to) (?P<source>(?:the )?[A-Z][\w'’-]*(?: (?:of |the |for )*[A-Z][\w'’-]*){0,5})"
    r"|^(?P<speaker>(?:[A-Z][\w.'’-]* ?){1,5}?),? (?:said|says|claimed|stated|argued|argues|told|reported|announced|explained)\b"
)

_JUDGE = re.compile(
    r"^(?P<by>(?!It |He |She |They )[A-Z][^,;:]{2,70}?) (?:\w+ly |also |further )?(?:said|says?|claim(?:s|ed)|state[sd]|argue[sd]|stress(?:es|ed)|"
    r"assess(?:es|ed)?|describe[sd]?|regards?|views|viewed|judge[sd]?|portray(?:s|ed)|characteri[sz]e[sd]|takes?|took)\b(?! place)"
)
_PASSIVE = re.compile(
    rf"\b(?:is|are|was|were) {_ADVERB}(?:said|claimed|described|regarded|viewed|judged|assessed|portrayed)\b", _I
)
_GOES_ON = re.compile(r"^(?:It|He|She|They) (?:\w+ly |also |further )?\w+")


def claim(text: str, line: Line) -> Claim:
    """Say what the English sentence ``text`` (without list marks) is."""
    text = shortened(text)
    kind = _kind(text.strip(), line)
    return Claim(kind) if kind is not ClaimKind.FACT else Claim(kind, *modality(text))


def modality(text: str) -> tuple[Modality, str]:
    """Say how sure ``text`` is, and who says so ("" for the article itself)."""
    found = next((modality for modality, pattern in _MODALITY if pattern.search(text)), Modality.ASSERTED)
    if found not in {Modality.REPORTED, Modality.ASSESSMENT}:
        return found, ""
    source = _SAYS.search(text)
    judge = None if _PASSIVE.search(text) else _JUDGE.match(text)
    return found, (source["source"] or source["speaker"]).strip() if source else judge["by"] if judge else ""


def reconsider(claims: list[Claim], texts: list[str]) -> list[Claim]:
    """Return the claims of one line once more: a line with an address in it is page furniture as a whole."""
    claims = _carried(claims, texts)
    boilerplate = any(
        claim.kind is ClaimKind.BOILERPLATE and "http" in text for claim, text in zip(claims, texts, strict=True)
    )
    return [Claim(ClaimKind.BOILERPLATE)] * len(claims) if boilerplate else claims


def _carried(claims: list[Claim], texts: list[str]) -> list[Claim]:
    """Return the claims with the speaker of the sentence before where one goes on: It also says …."""
    given: list[Claim] = []
    before = ""
    for claim, text in zip(claims, texts, strict=True):
        if before and not claim.says and claim.modality in {Modality.REPORTED, Modality.ASSESSMENT}:
            given.append(replace(claim, says=before) if _GOES_ON.match(text) else claim)
        else:
            given.append(claim)
        before = given[-1].says
    return given


def _kind(text: str, line: Line) -> ClaimKind:
    stopped = text.rstrip("\"'”’)]").endswith((".", "!", ":", ";"))
    kinds = (
        (ClaimKind.BOILERPLATE, not _WORD.search(text) or _BOILERPLATE.search(text)),
        (ClaimKind.CHATTER, _CHATTER.search(text)),
        (ClaimKind.QUESTION, text.endswith(("?", '?"', "?”"))),
        (ClaimKind.HEADING, not (stopped or (line.is_item and _VERB.search(text)))),
        (ClaimKind.HEADING, not _VERB.search(text) and len(text.split()) < 5),
        (ClaimKind.CHATTER, text.endswith("!")),
        (ClaimKind.OPINION, _OPINION.search(text)),
    )
    return next((kind for kind, holds in kinds if holds), ClaimKind.FACT)
