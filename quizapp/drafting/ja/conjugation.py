"""Forms of Japanese verbs, from the dictionary form and Sudachi's conjugation type."""

from __future__ import annotations

_PAST = {"カ": "いた", "ガ": "いだ", "サ": "した", "ナ": "んだ", "バ": "んだ", "マ": "んだ"}
_PAST |= dict.fromkeys("タラワ", "った")
_ROWS = {"カ": "かき", "ガ": "がぎ", "サ": "さし", "タ": "たち", "ナ": "なに", "バ": "ばび", "マ": "まみ", "ラ": "らり"}
_ROWS["ワ"] = "わい"


def past(lemma: str, conjugation: str) -> str:
    """Return the plain past: 行う gives 行った, する gives した, いる gives いた."""
    if lemma.endswith(("する", "ずる")) and not conjugation.startswith("五段"):
        return lemma[:-2] + ("した" if lemma[-2] == "す" else "じた")
    if lemma in {"来る", "くる"}:
        return "来た" if lemma == "来る" else "きた"
    if conjugation.startswith("五段"):
        return lemma[:-1] + ("った" if lemma.endswith(("行く", "いく", "ゆく")) else _PAST[_row(conjugation)])
    return lemma[:-1] + "た"


def negative(lemma: str, conjugation: str) -> str:
    """Return the plain negative: 行う gives 行わない, する gives しない, ある gives ない."""
    if lemma == "ある":
        return "ない"
    if lemma in {"おる", "居る"}:
        return "いない"
    if lemma.endswith(("する", "ずる")) and not conjugation.startswith("五段"):
        return lemma[:-2] + ("しない" if lemma[-2] == "す" else "じない")
    if lemma in {"来る", "くる"}:
        return lemma[:-1] + "ない" if lemma == "来る" else "こない"
    if conjugation.startswith("五段"):
        return lemma[:-1] + _ROWS[_row(conjugation)][0] + "ない"
    return lemma[:-1] + "ない"


def polite_stem(lemma: str, conjugation: str) -> str:
    """Return the form before ます: 行う gives 行い, する gives し, 続ける gives 続け."""
    if lemma.endswith(("する", "ずる")) and not conjugation.startswith("五段"):
        return lemma[:-2] + ("し" if lemma[-2] == "す" else "じ")
    if lemma in {"来る", "くる"}:
        return "来" if lemma == "来る" else "き"
    if conjugation.startswith("五段"):
        return lemma[:-1] + _ROWS[_row(conjugation)][1]
    return lemma[:-1]


def _row(conjugation: str) -> str:
    # "五段-ワア行" and the like: the first sign of the row.
    return conjugation.partition("-")[2][:1]
