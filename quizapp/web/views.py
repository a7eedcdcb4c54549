"""Values made ready for templates: rich text, evidence, questions as asked and as reviewed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from markupsafe import Markup

from quizapp import rich_text
from quizapp.core import answers, quiz
from quizapp.core.bank import Fact, cut, marked, stands_in
from quizapp.core.inputs import Gaps, OneOf, SomeOf, Typed
from quizapp.core.items.cloze import GAP_MARK
from quizapp.translation import ORIGIN_LABELS, TYPE_LABELS, tell
from quizapp.web.holes import hole
from quizapp.web.localisation import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask

    from quizapp.core.article import Article
    from quizapp.core.inputs import Question, Response
    from quizapp.core.items import Item
    from quizapp.store.snapshots import Snapshot


def init_app(app: Flask) -> None:
    """Give templates the filters for rich text."""
    # Both functions let only clean HTML through; nothing else may be marked safe.
    app.add_template_filter(lambda source: Markup(rich_text.html(source)), "rich")  # noqa: S704
    app.add_template_filter(lambda source: Markup(rich_text.inline_html(source)), "rich_inline")  # noqa: S704
    app.add_template_filter(rich_text.plain, "plain")
    app.add_template_filter(stem_line)
    app.add_template_filter(lambda said: tell(said, language()), "tell")
    app.jinja_env.globals["type_words"] = TYPE_LABELS
    app.jinja_env.globals["origin_words"] = ORIGIN_LABELS


Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Where a fact comes from: its quotes cut at their key words, and their paragraphs cut at the quotes."""

    fact: Fact
    article: Article
    quotes: list[Pieces]
    paragraphs: list[Pieces]


def evidence_view(fact: Fact | None, article: Article | None, words: Iterable[str] = ()) -> EvidenceView | None:
    """Return a fact's evidence with ``words`` marked, or its key terms where none of these stand in it.

    None without a fact. Paragraphs that hold nothing but quotes are left out.
    """
    article = (fact and fact.article) or article
    if fact is None or article is None:
        return None
    said = [evidence.quote for evidence in fact.evidence]
    wanted = [word for word in words if any(stands_in(quote, word) for quote in said)] or fact.terms
    around = dict.fromkeys(article.paragraph(evidence.span) for evidence in fact.evidence)
    paragraphs = [cut(article.at(paragraph), map(re.escape, said)) for paragraph in around]
    return EvidenceView(
        fact,
        article,
        quotes=[marked(quote, wanted) for quote in said],
        paragraphs=[pieces for pieces in paragraphs if any(text.strip() and not is_said for text, is_said in pieces)],
    )


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option as it stands on the page."""

    id: str
    text: str
    is_chosen: bool
    is_key: bool
    feedback: str
    begin: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class GapView:
    """A gap: ``options`` when it is chosen, else typed; ``key`` and the rest only matter in a review."""

    number: int
    name: str
    options: list[OptionView]
    text: str
    shown: str
    key: str
    also: tuple[str, ...]
    is_right: bool
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question as it stands on a page. ``parts`` are the stem's HTML, with a gap after each but the last.

    Where it is asked, holes stand for what differs from attempt to attempt (see ``questions``).
    """

    number: int | str
    name: str
    item: Item
    parts: list[Markup]
    hides_readings: bool
    gaps: list[GapView]
    options: list[OptionView]
    text: str
    keys: tuple[str, ...]
    also: tuple[str, ...]
    score: float | None = None
    weight: float = 1.0
    is_flagged: bool = False
    last: str = ""

    @property
    def is_judged(self) -> bool:
        """Whether this is an answer that was judged."""
        return self.score is not None

    @property
    def verdict(self) -> str:
        """How the answer was judged: right, partly, wrong or none."""
        is_given = self.text or any(o.is_chosen for o in self.options) or any(gap.shown for gap in self.gaps)
        return verdict_of(self.score, is_given=bool(is_given))


def verdict_of(score: float | None, *, is_given: bool) -> str:
    """Return how an answer was judged by its score: right, partly, wrong, or none where none was given."""
    if score == 1:
        return "right"
    return "partly" if score and is_given else "wrong" if is_given else "none"


def stem_line(item: Item) -> str:
    """Return what an item asks as one line of plain text, its gaps as lines to write on."""
    return GAP_MARK.sub("＿＿", rich_text.plain(item.questions[0].stem))


def item_view(item: Item, form: int = 0, number: int = 1, seed: str = "") -> QuestionView:
    """Return an item (asked in its way ``form``) to be shown with its key, outside any attempt.

    Options are shuffled by ``seed``; "" keeps their order.
    """
    return _view(number, item.questions[form], item, (), seed)


def asking_view(item: Item, form: int) -> QuestionView:
    """Return an item as it is asked, with holes for its number, the answer and the order of options."""
    view = _view(hole("number"), item.questions[form], item, (), "")
    return replace(
        view,
        options=[_with_holes(option, "") for option in view.options],
        gaps=[
            replace(
                gap,
                text=hole(f"typed{gap.number}"),
                options=[_with_holes(option, f"{gap.number}x") for option in gap.options],
                last=hole(f"last{gap.number}"),
            )
            for gap in view.gaps
        ],
        text=hole("typed"),
        last=hole("last"),
    )


def reviewing_view(item: Item, form: int, answer: Response) -> QuestionView:
    """Return an item with an answer that was judged, with holes for its number, words and the order of options."""
    view = _view(hole("number"), item.questions[form], item, answer, "")
    return replace(
        view,
        options=[replace(option, begin=hole(f"option{option.id}")) for option in view.options],
        gaps=[
            replace(gap, shown=hole(f"typed{gap.number}")) if gap.shown and not gap.options else gap
            for gap in view.gaps
        ],
        text=hole("typed") if view.text else "",
        last=hole("last"),
    )


def _with_holes(option: OptionView, group: str) -> OptionView:
    return replace(option, begin=hole(f"option{group}{option.id}"), mark=hole(f"chosen{group}{option.id}"))


def evidence_of(snapshot: Snapshot, question: Question) -> EvidenceView | None:
    """Return the evidence of an item, marked where a question's keys stand."""
    return evidence_view(snapshot.fact, snapshot.article, key_words(question))


def key_words(question: Question) -> list[str]:
    """Return the words of a question's keys, as evidence may hold them."""
    return [rich_text.plain(key) for key in question.input.keys]


def _view(number: int | str, question: Question, item: Item, answer: Response, seed: str) -> QuestionView:
    options: list[OptionView] = []
    gaps: list[GapView] = []
    text = ""
    also: tuple[str, ...] = ()
    match question.input:
        case OneOf() | SomeOf() as shape:
            options = _options(shape, answer, seed, item.id)
        case Typed(accepted=accepted):
            text = answer[0] if answer else ""
            also = accepted[1:]
        case Gaps(gaps=shapes):
            given = (*answer, *[""] * (len(shapes) - len(answer)))
            gaps = [
                _gap(index, f"q{number}", shape, text, seed, item.id)
                for index, (shape, text) in enumerate(zip(shapes, given, strict=False))
            ]
        case unknown:
            assert_never(unknown)
    parts, numbers = _stem_parts(question.stem, has_gaps=bool(gaps))
    return QuestionView(
        number=number,
        name=f"q{number}",
        item=item,
        parts=parts,
        hides_readings=_gives_reading_away(question),
        gaps=[gaps[number - 1] for number in numbers],
        options=options,
        text=text,
        keys=question.input.keys,
        also=also,
    )


def _gives_reading_away(question: Question) -> bool:
    """Say whether furigana in the stem would show a typed answer."""
    typed: tuple[OneOf | Typed, ...] = ()
    match question.input:
        case Typed() as shape:
            typed = (shape,)
        case Gaps(gaps=gaps):
            typed = gaps
    accepted = [text for shape in typed if isinstance(shape, Typed) for text in shape.accepted]
    return any(answers.find_match(reading, accepted) for reading in rich_text.readings(question.stem))


def _stem_parts(stem: str, *, has_gaps: bool) -> tuple[list[Markup], list[int]]:
    """Return the stem's HTML cut at its gaps, and the numbers of the gaps in the order they stand there."""
    markup = rich_text.html(stem)
    if not has_gaps:
        return [Markup(markup)], []  # noqa: S704
    pieces = GAP_MARK.split(markup)
    return [Markup(piece) for piece in pieces[::2]], [int(number) for number in pieces[1::2]]  # noqa: S704


def _options(shape: OneOf | SomeOf, answer: Response, seed: str, identity: str) -> list[OptionView]:
    return [
        OptionView(option.id, option.text, option.id in answer, option.correct, option.feedback)
        for option in quiz.in_order(shape, seed, identity)
    ]


def _gap(index: int, name: str, shape: OneOf | Typed, text: str, seed: str, identity: str) -> GapView:
    options = _options(shape, (text,), seed, f"{identity} {index}") if isinstance(shape, OneOf) else []
    chosen = next((option.text for option in options if option.is_chosen), "")
    return GapView(
        number=index + 1,
        name=f"{name}.{index + 1}",
        options=options,
        text=text,
        shown=chosen if options else text,
        key=shape.keys[0],
        also=shape.accepted[1:] if isinstance(shape, Typed) else (),
        is_right=shape.judge((text,) if text else ()).score == 1,
    )
