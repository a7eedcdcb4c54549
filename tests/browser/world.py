"""A site with something on every page: banks, drafts, quizzes, a class, attempts, reports, scores judged again.

Whatever a person can write goes through ``say``: as it is, or with something in it that must never run.
"""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from quizapp.core.article import Article, Claim, ClaimKind, Modality, Source
from quizapp.core.bank import Evidence, Fact
from quizapp.core.inputs import OneOf, Option, Typed
from quizapp.core.items import Cloze, Gap, MultipleResponse, ShortAnswer, SingleChoice, Term, TrueFalse
from quizapp.core.quiz_settings import Entry, QuizSettings
from quizapp.core.scheduling import Rating
from quizapp.operations import (
    accounts,
    authoring,
    bulk,
    checking,
    classes,
    correcting,
    drafting_jobs,
    editing,
    glossaries,
    judging,
    mending,
    quizzes,
    quizzing,
    regrading,
    reporting,
    saving,
    sharing,
    students,
    studying,
    transfer,
)
from quizapp.store import attempts, bank_files, banks
from quizapp.store import classes as classes_stored
from quizapp.store.accounts import Account
from quizapp.store.database import db
from quizapp.store.desk_tables import CorrectionRow, DraftRow
from quizapp.store.tables import BankRow, ItemRow
from tests.builders import a_bank, arrived_student
from tests.web.desk_people import TOKEN, add_account

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from sqlalchemy.orm import Session

    from quizapp.core.items import Item
    from quizapp.store.class_tables import ClassRow

    Say = Callable[[str], str]

ARTICLE = """\
# 青葉橋の開通

青葉橋は2019年4月1日に開通した。橋の長さは320メートルである。
町長の記者会見によると、町は2028年に青葉灯台を建て替える予定だ。
青葉橋の開通により、港と市街地を結ぶ時間は15分に短縮された。
町立図書館は2021年に、市街地から青葉港の近くへ移った。
"""
OPENED = "青葉橋は2019年4月1日に開通した"
PLAN = "町長の記者会見によると、町は2028年に青葉灯台を建て替える予定だ。"
TERMS = {"bridge": "青葉橋", "lighthouse": "青葉灯台", "market": "青葉市場"}
MANY = 36  # enough for figures to be said


@dataclass
class World:
    """Where things are, and with which cookies one comes as whom."""

    places: dict[str, str]
    codes: dict[str, dict[str, str]]
    visitors: dict[str, dict[str, str]] = field(default_factory=dict)

    def place(self, endpoint: str, name: str) -> str:
        """Return what stands for a part of a route's address; ``codes`` mean something else in each area or page."""
        codes = self.codes.get(name, {})
        return codes.get(endpoint) or codes.get(endpoint.partition(".")[0]) or self.places.get(name, "")


def make(app: Flask, say: Say, tag: Say) -> World:
    """Fill an empty site and return where things are."""
    owner = Account(add_account(app, "Owner"), "Owner", "teacher")
    add_account(app, "Other")
    pupil_account = add_account(app, "Aoi", "pupil")
    admin = Account(add_account(app, "Admin", "admin"), "Admin", "admin")
    with app.app_context():
        session = db.session()
        now = datetime.now(UTC)
        written = accounts.create_account(
            session, say("森"), "three plain words", role="teacher", email=say("mori@example.jp"), now=now, actor=admin
        )
        invitation = accounts.invite(session, "teacher", say("理科の先生"), actor=admin, now=now)
        password = accounts.password_link(session, owner.id, actor=admin, now=now)
        bank = _bank(session, say, tag, owner, now)
        sharing.share(session, bank, written.name, "edit", actor=owner, now=now)
        classes.create(session, say("2年B組"), owner=written, now=now)
        drafted = _drafts(session, say, owner, now)
        _moved(session, say, bank, owner, now)
        job = drafting_jobs.hand_in(session, b"PK-no-docx", ".docx", say("壊れたファイル.docx"), language="ja",
                                    owner=owner, now=now)  # fmt: skip
        drafting_jobs.work(session, job)
        room = _class(session, say, owner, now)
        quiz, sat, going = _sittings(session, say, tag, bank, room, owner, now)
        version = _mended(session, say, tag, bank, owner, now)
        upload = _upload(session, say, bank, owner, now)
        learner, learner_token = arrived_student(session, name=say("みお"), now=now)
        zone = zoneinfo.ZoneInfo("Asia/Tokyo")
        studying.take_up(session, learner.id, bank.id, new_per_day=5, exam_on=None, missed_first=True)
        studying.review(session, learner.id, bank.id, "world0000001", Rating.GOOD, operation="one", at=now, zone=zone)
        for each in session.scalars(db.select(BankRow)).all():
            mending.look_over(session, each, now=now)  # a bank that was not would lead "To mend" on and on
        pupil_token = students.sign_in_elsewhere(session, sat.student_id)
        with_account, _token = arrived_student(session, name=say("あおい"), now=now, account_id=pupil_account)
        classes.join(session, room, with_account.id, say("あおい"), now=now)
        places = {
            "name": bank.name, "ending": "apkg", "extension": "xlsx", "identity": "world0000001", "page": "1",
            "number": str(version), "kind": "single_choice", "filename": "base.css", "digest": "none",
            "account_id": str(written.id), "draft_id": str(drafted.draft_id), "student_id": str(sat.student_id),
            "token": invitation,
        }  # fmt: skip
        codes = {
            "code": {
                "quizzes": quiz, "quiz_desk": quiz, "quiz_results": quiz, "class_desk": room.code,
                "classes": room.code, "attempts": going, "results": sat.code, "articles": job, "transfer": upload,
                "history": sat.code,
            },
            "name": {"drafts": drafted.bank_name},
            "token": {"accounts": invitation, "accounts.new_password": password},
        }  # fmt: skip
        world = World(places, codes)
    world.visitors = {
        "visitor": {},
        "pupil": {"student": pupil_token},
        "learner": {"student": learner_token},
        "pupil with account": {"account": TOKEN.format("Aoi")},
        "other teacher": {"account": TOKEN.format("Other")},
        "owner": {"account": TOKEN.format("Owner")},
        "admin": {"account": TOKEN.format("Admin")},
    }
    return world


def items(say: Say, tag: Say) -> tuple[Item, ...]:
    """Return an item of every type; the first has a wrong option that nobody ever chooses."""
    common: dict[str, Any] = {
        "language": "ja",
        "tags": (tag("橋"),),
        "explanation": say("記事は{開通|かいつう}の**年月**を述べています。"),
    }
    wrong = [
        Option(say(text), feedback=say("記事の冒頭を見ましょう。")) for text in ("2018年4月", "2020年4月", "2021年4月")
    ]
    key = Option(say("2019年4月"), correct=True, feedback=say("記事のとおりです。"))
    return (
        SingleChoice(id="world0000001", stem=say("青葉橋が開通したのはいつですか。"), options=(key, *wrong),
                     fact_id="bridge", **common),
        MultipleResponse(id="world0000002", stem=say("記事に出てくるものはどれですか。"),
                         options=(key, Option(say("灯台"), correct=True), *wrong), **common),
        TrueFalse(id="world0000003", stem=say("記事によると、灯台は建て替えられる予定です。"), holds=True,
                  fact_id="lighthouse", **common),
        ShortAnswer(id="world0000004", stem=say("橋の名前は何ですか。"), key=say("青葉橋"),
                    accepted=(say("あおばばし"),), **common),
        Cloze(id="world0000005", stem=say("{{1}}は{{2}}年に開通しました。"),
              gaps=(Gap(say("青葉橋")), Gap("2019", distractors=(say("2018"), "2020"))), **common),
        Term(id="world0000006", term=say("開通"), reading="かいつう", meaning=say("道や橋が使えるようになること"),
             distractors=(say("道や橋を取り壊すこと"), say("道や橋に名前を付けること")), **common),
        ShortAnswer(id="world0000007", stem=say("青葉港") + "に近い建物は何ですか。", key=say("青葉港"), **common),
    )  # fmt: skip


def _fact(article: Article, name: str, quote: str, claim: Claim, say: Say) -> Fact:
    span = article.places_of(quote)[0]
    return Fact(id=name, statement=say(quote), evidence=(Evidence(span, quote),), claim=claim,
                terms=(TERMS[name],))  # fmt: skip


def _bank(session: Session, say: Say, tag: Say, owner: Account, now: datetime) -> BankRow:
    opened = say(OPENED) + "。"
    text = ARTICLE.replace(f"{OPENED}。", opened)
    article = Article(say("青葉橋の開通"), "ja", text, date(2026, 10, 1),
                      (Source(say("町の広報"), "https://town.example/1"),))  # fmt: skip
    facts = (
        _fact(article, "bridge", opened, Claim(ClaimKind.FACT, Modality.ASSERTED), say),
        _fact(article, "lighthouse", PLAN, Claim(ClaimKind.FACT, Modality.PLANNED, says=say("町長")), say),
    )
    made = a_bank(
        id="bankworld001", name="world", title=say("青葉橋の問題集"), description=say("町の**橋**と灯台について。"),
        licence=say("CC BY 4.0"), article=article, facts=facts, items=items(say, tag),
    )  # fmt: skip
    authoring.import_bank(session, replace(made, deck=say("青葉橋")), digest="world", now=now, owner_id=owner.id)
    bank = banks.get(session, "world")
    sharing.publish(session, bank, "public", actor=owner, now=now)
    return bank


@dataclass(frozen=True)
class _Drafted:
    bank_name: str
    draft_id: int


def _drafts(session: Session, say: Say, owner: Account, now: datetime) -> _Drafted:
    """Return a bank with drafts of which one is kept and one is dropped, and one that is neither."""
    text = ARTICLE.replace("近くへ移った。", say("近くへ移った") + "。").replace(
        "青葉橋の開通\n", say("青葉橋の開通") + "\n", 1
    )
    text += f"\n{say('青葉港')}は2020年5月3日に開港した。\n"
    text += "\n青葉港は2020年5月3日に開港した。港の広さは12ヘクタールである。\n"
    glossaries.keep(session, owner.id, f"港口灯、{say('北灯')}、{say('南灯')}")
    job = drafting_jobs.hand_in(session, text.encode(), ".md", say("青葉橋の開通"), language="ja", owner=owner, now=now)
    assert drafting_jobs.work(session, job)
    bank = session.scalars(db.select(BankRow).where(BankRow.name != "world")).one()
    found = session.scalars(db.select(DraftRow).where(DraftRow.bank_id == bank.id).order_by(DraftRow.id)).all()
    ids = [row.id for row in found]
    assert len(ids) > 2
    checking.set_state(session, bank, ids[:1], "kept", actor=owner, now=now)
    checking.set_state(session, bank, ids[1:2], "dropped", actor=owner, now=now)
    checking.draft_words(session, bank, None, "近く")
    article = banks.article_value(bank)
    assert article
    done = correcting.correct(
        session, bank, replace(article, text=f"{article.text}\n港の水深は8メートルである。\n"),
        seen=correcting.digest(article), renewed=(), actor=owner, now=now,
    )  # fmt: skip
    assert drafting_jobs.work(session, done.code)
    options = [{"text": "港口灯", "correct": True}, {"text": say("北灯")}]
    found[2].item = {**found[2].item, "type": "single_choice", "options": options}
    found[2].origins = [{"text": say("北灯"), "from": "glossary"}]
    session.get_one(CorrectionRow, bank.id).drafts = {"gone": {"item": {"stem": say("消えた文")}}}
    session.commit()
    return _Drafted(bank.name, ids[2])


def _moved(session: Session, say: Say, bank: BankRow, owner: Account, now: datetime) -> None:
    """Move an item with its evidence into the bank, out of one with another article."""
    quote = say("青葉市場は2015年に開かれた") + "。"
    article = Article(say("青葉市場"), "ja", f"{quote}\n市場は朝五時に始まる。\n", None, ())
    fact = _fact(article, "market", quote, Claim(ClaimKind.FACT, Modality.ASSERTED), say)
    item = ShortAnswer(id="world0000008", stem=say("青葉市場が開かれたのは何年ですか。"), key="2015年", language="ja",
                       fact_id="market")  # fmt: skip
    made = a_bank(id="bankworld002", name="market", title=say("青葉市場"), article=article, facts=[fact], items=[item])
    authoring.import_bank(session, made, digest="market", now=now, owner_id=owner.id)
    source = banks.get(session, "market")
    row = session.scalars(db.select(ItemRow.id).where(ItemRow.bank_id == source.id)).one()
    assert bulk.move(session, source, bank, [row], actor=owner, now=now)


def _class(session: Session, say: Say, owner: Account, now: datetime) -> ClassRow:
    code = classes.create(session, say("1年A組"), owner=owner, now=now)
    return classes_stored.get(session, code)


@dataclass(frozen=True)
class _Sat:
    code: str
    student_id: int


def _sittings(
    session: Session, say: Say, tag: Say, bank: BankRow, room: ClassRow, owner: Account, now: datetime
) -> tuple[str, _Sat, str]:
    """Return a class's quiz that many sat, an attempt that was handed in, and one that goes on."""
    settings = QuizSettings(banks=(bank.identity,), tags=(tag("橋"),), entry=Entry.LINK, with_siblings=True,
                            pass_share=0.6, attempts_allowed=2, time_limit=3600)  # fmt: skip
    quiz = quizzes.create(session, say("橋の小テスト"), "ja", settings, now=now, owner=owner, class_id=room.id)
    sat = []
    for number in range(MANY + 2):
        student, _token = arrived_student(session, name=say(f"生徒{number:02}"), now=now)
        classes.join(session, room, student.id, say(f"生徒{number:02}"), now=now)
        if number == MANY + 1:
            break  # one who has not begun
        code = quizzing.start_quiz(session, quiz, student=student, now=now - timedelta(minutes=20))
        _answer(session, say, code, number, now)
        if number < MANY:
            judging.finish_attempt(session, code, now=now - timedelta(seconds=20 * number))
        sat.append(_Sat(code, student.id))
    first, going = sat[0], sat[-1]
    asked = attempts.asked(session, attempts.get(session, first.code).id)
    place = next(each.position for each in asked if each.snapshot.item.id == "world0000001")
    reporting.report_item(session, attempts.get(session, first.code).id, place, reason="wrong_key",
                          words=say("2020年だと思います。"), now=now)  # fmt: skip
    late = saving.Change(0, 99, (say("遅れた回答"),))
    saving.save_changes(first.code, [late], device="late", now=now)
    classes.give_time(session, room, {going.student_id: 1.5}, actor=owner, now=now)
    return quiz, first, going.code


def _answer(session: Session, say: Say, code: str, number: int, now: datetime) -> None:
    """Answer as a class does: who is better knows more, and the first item's last option draws nobody."""
    changes = []
    for each in attempts.asked(session, attempts.get(session, code).id):
        shape, knows = each.question.input, (number * 7 + each.position * 3) % MANY < MANY - number + 3
        match shape:
            case OneOf(options=options):
                others = [option.id for option in options if not option.correct][:2]
                given = [next(o.id for o in options if o.correct) if knows else others[number % len(others)]]
            case Typed(accepted=accepted):
                given = [accepted[0] if knows else say("わかりません")]
            case _:
                given = [say("青葉橋")] if each.snapshot.item.kind == "cloze" else []
        changes.append(saving.Change(each.position, number + 1, tuple(given), is_flagged=number % 9 == 0))
    saving.save_changes(code, changes, device="world", now=now - timedelta(minutes=10))


def _mended(session: Session, say: Say, tag: Say, bank: BankRow, owner: Account, now: datetime) -> int:
    """Correct an item that was asked, judge again, and return the number of the version before."""
    item = items(say, tag)[3]
    assert isinstance(item, ShortAnswer)
    better = replace(item, accepted=(*item.accepted, say("わかりません")))
    editing.save_item(session, bank, better, None, number=1, actor=owner, now=now)
    regrading.regrade(session, item.id, reason=say("別の答えも認めます。"), now=now, actor=owner)
    return 1


def _upload(session: Session, say: Say, bank: BankRow, owner: Account, now: datetime) -> str:
    """Return a bank file that waits to be confirmed, in which one item differs."""
    sent = bank_files.serialize(banks.read_whole(session, bank.name))
    changed = sent.replace("橋の名前は何ですか", "橋の正式な名前は何ですか", 1)
    return transfer.keep_upload(session, changed.encode(), say("bank") + ".yaml", owner=owner, now=now)


def plain(text: str) -> str:
    """Say a text as it is."""
    return text
