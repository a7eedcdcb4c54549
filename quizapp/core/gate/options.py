"""Checks of options: they must not tell the key by length, form or strong words, nor say the same twice."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from quizapp.core.gate.finding import Finding, Severity
from quizapp.core.gate.subject import folded, place_of, rewritten, stands_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizapp.core.gate.subject import Choice, Subject

# A key gives itself away when it is longer than any distractor by this share and by so many characters.
_LONGER = 1.3
_LONGER_BY = {"ja": 4, "en": 12}
ABSOLUTE = re.compile(
    r"必ず|すべて|全て|常に|絶対|決して|一切|あらゆる|いつも|例外なく|いかなる|唯一"
    r"|\b(?:always|never|all|none|every|everyone|everything|nobody|absolutely|completely|entirely|invariably)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"ない|せず|未|不|非|\b(?:not|no|never|without)\b|n[’']t\b", re.IGNORECASE)
_END = re.compile(r"[。．.]$")


def key_is_longest(subject: Subject) -> Iterator[Finding]:
    """Yield a key that is clearly longer than every distractor (Haladyna, Downing and Rodriguez 2002)."""
    for choice in subject.choices:
        key, other = min(map(len, choice.keys)), max(map(len, choice.distractors))
        if key >= _LONGER * other and key - other >= _LONGER_BY[subject.item.language]:
            yield Finding(
                "key_is_longest",
                Severity.WARNING,
                "the right option is the longest (%(key)d characters, the next %(other)d): shorten it, or say more in "
                "the wrong ones",
                {"key": key, "other": other},
                _place(subject, choice, choice.keys[0]),
            )


def absolutes(subject: Subject) -> Iterator[Finding]:
    """Yield strong words (必ず, always) that stand only in wrong options, or in a statement but not in its evidence."""
    quotes = " ".join(evidence.quote for evidence in subject.fact.evidence) if subject.fact else ""
    said = {word.casefold() for word in ABSOLUTE.findall(quotes)}
    if subject.is_statement:
        for word in ABSOLUTE.findall(subject.asks[0].stem):
            if word.casefold() not in said:
                yield Finding(
                    "absolute_word",
                    Severity.WARNING,
                    "“%(word)s” gives a statement away as wrong, and its evidence does not say it: leave it out",
                    {"word": word},
                    ("stem",),
                )
    for choice in subject.choices:
        if any(ABSOLUTE.search(key) for key in choice.keys):
            continue
        for text in choice.distractors:
            for word in ABSOLUTE.findall(text):
                if word.casefold() not in said:
                    yield Finding(
                        "absolute_word",
                        Severity.WARNING,
                        "“%(word)s” stands in a wrong option only, and gives it away as wrong: leave it out",
                        {"word": word},
                        _place(subject, choice, text),
                    )


def duplicate_options(subject: Subject) -> Iterator[Finding]:
    """Yield options that a reader takes for the same (width, case, spaces, kana, punctuation)."""
    for choice in subject.choices:
        seen: dict[str, int] = {}
        for position, text in enumerate(choice.texts):
            first = seen.setdefault(folded(text), position)
            if first != position:
                spare = first if choice.correct[position] else position
                drop = choice.given[spare]
                can_drop = len(choice.texts) > 2 and not choice.correct[spare] and choice.given.count(drop) == 1
                yield Finding(
                    "duplicate_options",
                    Severity.SERIOUS,
                    "two options say the same: “%(one)s” and “%(other)s”",
                    {"one": choice.texts[first], "other": text},
                    _place(subject, choice, text),
                    (rewritten(subject.item, lambda t, drop=drop: None if t == drop else t),)  # type: ignore[misc]
                    if can_drop
                    else (),
                )


def overlapping_options(subject: Subject) -> Iterator[Finding]:
    """Yield options of which one holds the other (防衛省 and 日本の防衛省, 10–20 and 15–30)."""
    for choice in subject.choices:
        for one, other in combinations(choice.texts, 2):
            short, long = sorted((one, other), key=len)
            if folded(one) == folded(other) or (_NEGATION.search(long) and not _NEGATION.search(short)):
                continue
            ranges = _range_of(one), _range_of(other)
            if (len(short) > 1 and stands_in(short, long)) or (
                ranges[0] and ranges[1] and _ranges_overlap(ranges[0], ranges[1])
            ):
                yield Finding(
                    "overlapping_options",
                    Severity.WARNING,
                    "“%(one)s” and “%(other)s” overlap: whoever picks one may mean the other",
                    {"one": one, "other": other},
                    _place(subject, choice, other),
                )


_NUMBER = r"(\d+(?:\.\d+)?)"
_FROM_TO = re.compile(rf"{_NUMBER}\s*(?:[~〜～–—-]|から|to|and)\s*{_NUMBER}(.*)")
_AT_LEAST = re.compile(
    rf"(?:(?:at least|more than|over)\s*{_NUMBER}(.*)|{_NUMBER}([^\d]*?)(?:以上|超|より多い|or more))"
)
_AT_MOST = re.compile(
    rf"(?:(?:at most|less than|under)\s*{_NUMBER}(.*)|{_NUMBER}([^\d]*?)(?:以下|未満|より少ない|or less))"
)
_Range = tuple[float, float, str]


def _range_of(text: str) -> _Range | None:
    """Return from, to and the unit of a range of numbers."""
    text = text.replace(",", "").casefold()
    if match := _FROM_TO.search(text):
        low, high = sorted((float(match[1]), float(match[2])))
        return low, high, match[3].strip()
    for pattern, is_least in ((_AT_LEAST, True), (_AT_MOST, False)):
        if match := pattern.search(text):
            number, unit = float(match[1] or match[3]), (match[2] or match[4] or "").strip()
            return (number, float("inf"), unit) if is_least else (float("-inf"), number, unit)
    return None


def _ranges_overlap(one: _Range, other: _Range) -> bool:
    return one[2] == other[2] and one[0] < other[1] and other[0] < one[1]


def unequal_options(subject: Subject) -> Iterator[Finding]:
    """Yield a key whose form no distractor shares, and a lone full stop."""
    for choice in subject.choices:
        ends = Counter(bool(_END.search(text)) for text in choice.texts)
        if len(ends) > 1:
            mark = "。" if subject.item.language == "ja" else "."
            keep = ends[True] > ends[False]
            mend = {text: text + mark if keep else _END.sub("", text) for text in choice.given}
            mend = {old: new if bool(_END.search(old)) is not keep else old for old, new in mend.items()}
            yield Finding(
                "unequal_options",
                Severity.HINT,
                "some options end in a full stop and some do not",
                {},
                _place(subject, choice, choice.texts[0]),
                (rewritten(subject.item, lambda text, mend=mend: mend.get(text, text)),),  # type: ignore[misc]
            )
            continue
        if len(choice.distractors) < 2:
            continue
        forms = {text: _form(text, subject.item.language) for text in choice.texts}
        others = {forms[text] for text in choice.distractors}
        if len(others) == 1 and not others & {forms[text] for text in choice.keys}:
            yield Finding(
                "unequal_options",
                Severity.WARNING,
                "the right option “%(key)s” is of another form than the wrong ones, and stands out: word all alike",
                {"key": choice.keys[0]},
                _place(subject, choice, choice.keys[0]),
            )


_JAPANESE_FORMS = (
    (
        "number",
        re.compile(
            r"[約第]?(?:[\d０-９,.]+[百千万億兆]*\D{0,4}(?:[\d０-９]+\D{0,2})*|"
            r"[〇一二三四五六七八九十百千万億兆]+(?:つ|か国|か所|か月|世紀|[年月日時分秒人名個回度歳円件社校枚台本位割倍章条])?)"
        ),
    ),
    ("matter", re.compile(r".*(?:こと|ため|から)")),
    ("polite", re.compile(r".*(?:です|ます|でした|ました|ません|でしょう)")),
    ("clause", re.compile(r".*[ぁ-ん一-鿿](?:[るうくすつぬむぐぶ]|[ただ]|ない|しい|である)")),
)
_ENGLISH_FORMS = (
    ("number", re.compile(r"\W*\d[\d,.]*(?:\s?\S+){0,2}")),
    ("infinitive", re.compile(r"to [a-z]+.*")),
    ("gerund", re.compile(r"[a-z]{2,}ing\b.*")),
    ("phrase", re.compile(r"(?:in|on|at|by|for|with|from|because|through|as)\b.*")),
)


def _form(text: str, language: str) -> str:
    """Return how a text is built, as its end (Japanese) or beginning (English) shows it."""
    bare = _END.sub("", text).casefold()
    forms = _JAPANESE_FORMS if language == "ja" else _ENGLISH_FORMS
    return next((name for name, pattern in forms if pattern.fullmatch(bare)), "name")


def _place(subject: Subject, choice: Choice, text: str) -> tuple[str | int, ...]:
    return place_of(subject.item, choice.given[choice.texts.index(text)]) or ()
