"""Who gets what from every address: a route that is missing here fails the build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizapp.store.database import db
from quizapp.store.tables import BankRow
from tests.builders import a_bank
from tests.web.desk_people import a_teacher, add_account, browser_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from quizapp.core.bank import Bank

PLACES = {
    "name": "bridge", "ending": "apkg", "identity": "choice000001", "code": "no-such-code", "page": "1",
    "token": "no-such-token", "extension": "xlsx",
    "account_id": "999999", "digest": "none", "filename": "base.css", "draft_id": "1", "student_id": "1",
    "kind": "cloze",
    "number": "1",
}  # fmt: skip

# Status for (visitor, teacher, admin); posts are sent without a token, so that 400 means "let in, but not like this".
# "sign-in" stands for being led to the sign-in page.
EVERYBODY_404 = (404, 404, 404)
OPEN = (200, 200, 200)
TEACHERS = ("sign-in", 200, 200)
EDITORS = ADMINS = ("sign-in", 403, 200)  # the bank belongs to somebody else, and is public
HIDDEN = ("sign-in", 404, 404)
TOKEN_FIRST = (400, 400, 400)  # the missing token is noticed before anything else
ROUTES: dict[tuple[str, str], tuple[int | str, ...]] = {
    ("GET", "static"): OPEN,
    ("GET", "home.index"): OPEN,
    ("POST", "home.preferences"): TOKEN_FIRST,
    ("GET", "banks.bank"): OPEN,
    ("POST", "banks.bank"): TOKEN_FIRST,
    ("GET", "banks.article"): OPEN,
    ("GET", "banks.item"): OPEN,
    ("GET", "banks.report"): OPEN,
    ("POST", "banks.report"): TOKEN_FIRST,
    ("GET", "decks.page"): OPEN,
    ("GET", "study.index"): OPEN,
    ("GET", "study.bank"): (302, 302, 302),  # to the plan, as long as there is none
    ("POST", "study.bank"): TOKEN_FIRST,
    ("GET", "study.plan"): OPEN,
    ("POST", "study.plan"): TOKEN_FIRST,
    ("POST", "study.undo"): TOKEN_FIRST,
    ("GET", "study.cards"): (403, 403, 403),  # as above
    ("POST", "study.reviews"): TOKEN_FIRST,  # no token is asked for, but reviews are
    ("GET", "study.progress"): (302, 302, 302),  # as above
    ("GET", "decks.file"): OPEN,
    ("GET", "attempts.attempt"): EVERYBODY_404,
    ("GET", "attempts.page"): EVERYBODY_404,
    ("POST", "attempts.save"): TOKEN_FIRST,
    ("GET", "attempts.check"): EVERYBODY_404,
    ("POST", "attempts.completion"): TOKEN_FIRST,
    ("POST", "attempts.answers"): TOKEN_FIRST,  # no token is asked for, but answers are
    ("POST", "results.practise"): TOKEN_FIRST,
    ("GET", "results.report"): EVERYBODY_404,
    ("POST", "results.report"): TOKEN_FIRST,
    ("GET", "results.result"): EVERYBODY_404,
    ("GET", "history.answers"): EVERYBODY_404,
    ("GET", "history.account"): (302, 302, 302),
    ("POST", "history.account"): TOKEN_FIRST,
    ("GET", "history.deletion"): (302, 302, 302),
    ("POST", "history.deletion"): TOKEN_FIRST,
    ("GET", "history.devices"): (302, 302, 302),
    ("POST", "history.devices"): TOKEN_FIRST,
    ("GET", "history.index"): OPEN,
    ("POST", "history.practise"): TOKEN_FIRST,
    ("GET", "quizzes.join"): EVERYBODY_404,
    ("POST", "quizzes.join"): TOKEN_FIRST,
    ("GET", "home.offline"): OPEN,
    ("GET", "home.service_worker"): OPEN,
    ("GET", "health.alive"): OPEN,
    ("GET", "health.ready"): OPEN,
    ("GET", "accounts.sign_in"): (200, 302, 302),
    ("POST", "accounts.sign_in"): TOKEN_FIRST,
    ("POST", "accounts.sign_out"): TOKEN_FIRST,
    ("GET", "accounts.registration"): EVERYBODY_404,
    ("POST", "accounts.registration"): TOKEN_FIRST,
    ("GET", "accounts.invitation"): EVERYBODY_404,
    ("POST", "accounts.invitation"): TOKEN_FIRST,
    ("GET", "accounts.forgotten_password"): OPEN,
    ("POST", "accounts.forgotten_password"): TOKEN_FIRST,
    ("GET", "accounts.new_password"): EVERYBODY_404,
    ("POST", "accounts.new_password"): TOKEN_FIRST,
    ("GET", "accounts.own"): TEACHERS,
    ("POST", "accounts.own"): TOKEN_FIRST,
    ("GET", "desk.index"): TEACHERS,
    ("GET", "articles.new"): TEACHERS,
    ("POST", "articles.new"): TOKEN_FIRST,
    ("GET", "articles.progress_page"): HIDDEN,
    ("GET", "articles.progress"): HIDDEN,
    ("POST", "articles.removal"): TOKEN_FIRST,
    ("GET", "glossaries.own"): TEACHERS,
    ("POST", "glossaries.own"): TOKEN_FIRST,
    ("GET", "drafts.review"): EDITORS,
    ("POST", "drafts.state"): TOKEN_FIRST,
    ("POST", "drafts.words"): TOKEN_FIRST,
    ("POST", "drafts.mending"): TOKEN_FIRST,
    ("GET", "editor.new"): EDITORS,
    ("POST", "editor.new"): TOKEN_FIRST,
    ("GET", "editor.item"): EDITORS,
    ("POST", "editor.item"): TOKEN_FIRST,
    ("GET", "editor.draft"): ("sign-in", 403, 404),
    ("POST", "editor.draft"): TOKEN_FIRST,
    ("POST", "editor.preview"): TOKEN_FIRST,
    ("GET", "editor.versions"): EDITORS,
    ("POST", "editor.restore"): TOKEN_FIRST,
    ("POST", "editor.copy"): TOKEN_FIRST,
    ("GET", "bank_desk.items"): EDITORS,
    ("POST", "bank_desk.act"): TOKEN_FIRST,
    ("GET", "bank_settings.new"): TEACHERS,
    ("POST", "bank_settings.new"): TOKEN_FIRST,
    ("GET", "bank_settings.about"): EDITORS,
    ("POST", "bank_settings.about"): TOKEN_FIRST,
    ("POST", "bank_settings.share"): TOKEN_FIRST,
    ("POST", "bank_settings.visibility"): TOKEN_FIRST,
    ("POST", "bank_settings.copy"): TOKEN_FIRST,
    ("GET", "corrections.correct"): EDITORS,
    ("POST", "corrections.correct"): TOKEN_FIRST,
    ("GET", "corrections.earlier"): EDITORS,
    ("GET", "transfer.bank_file"): TEACHERS,
    ("GET", "transfer.upload"): TEACHERS,
    ("POST", "transfer.upload"): TOKEN_FIRST,
    ("GET", "transfer.preview"): HIDDEN,
    ("POST", "transfer.confirmation"): TOKEN_FIRST,
    ("GET", "question_files.preview"): HIDDEN,
    ("POST", "question_files.preview"): TOKEN_FIRST,
    ("GET", "quiz_desk.index"): TEACHERS,
    ("GET", "quiz_desk.new"): TEACHERS,
    ("POST", "quiz_desk.new"): TOKEN_FIRST,
    ("GET", "quiz_desk.quiz"): HIDDEN,
    ("POST", "quiz_desk.quiz"): TOKEN_FIRST,
    ("GET", "quiz_desk.preview"): HIDDEN,
    ("GET", "quiz_desk.points"): HIDDEN,
    ("POST", "quiz_desk.points"): TOKEN_FIRST,
    ("GET", "quiz_desk.paper"): HIDDEN,
    ("GET", "quiz_desk.key"): HIDDEN,
    ("GET", "quiz_results.progress"): HIDDEN,
    ("GET", "quiz_results.results"): HIDDEN,
    ("GET", "quiz_results.file"): HIDDEN,
    ("GET", "quiz_results.statistics"): HIDDEN,
    ("GET", "quiz_results.attempts"): HIDDEN,
    ("POST", "quiz_results.attempts"): TOKEN_FIRST,
    ("GET", "mending.record"): EDITORS,
    ("GET", "mending.index"): TEACHERS,
    ("POST", "mending.look"): TOKEN_FIRST,
    ("GET", "mending.statistics"): TEACHERS,
    ("GET", "mending.regrade"): EDITORS,
    ("POST", "mending.regrade"): TOKEN_FIRST,
    ("POST", "mending.confirm"): TOKEN_FIRST,
    ("GET", "mending.reports"): EDITORS,
    ("POST", "mending.reports"): TOKEN_FIRST,
    ("GET", "class_desk.index"): TEACHERS,
    ("POST", "class_desk.index"): TOKEN_FIRST,
    ("GET", "class_desk.room"): HIDDEN,
    ("POST", "class_desk.door"): TOKEN_FIRST,
    ("POST", "class_desk.times"): TOKEN_FIRST,
    ("GET", "class_desk.pupil"): HIDDEN,
    ("POST", "class_desk.pupil"): TOKEN_FIRST,
    ("GET", "classes.door"): OPEN,
    ("POST", "classes.door"): TOKEN_FIRST,
    ("GET", "classes.join"): EVERYBODY_404,
    ("POST", "classes.join"): TOKEN_FIRST,
    ("GET", "people.index"): ADMINS,
    ("POST", "people.index"): TOKEN_FIRST,
    ("POST", "people.person"): TOKEN_FIRST,
    ("POST", "people.invitation"): TOKEN_FIRST,
    ("GET", "people.record"): ADMINS,
}
# With a valid token: what a post does for (visitor, teacher, admin), where it is not let through to everybody.
POSTS: dict[str, tuple[int | str, ...]] = {
    "articles.new": ("sign-in", 400, 400),
    "articles.removal": HIDDEN,
    "glossaries.own": ("sign-in", 302, 302),
    "drafts.state": ("sign-in", 403, 400),
    "drafts.words": ("sign-in", 403, 302),
    "drafts.mending": ("sign-in", 403, 404),
    "editor.new": ("sign-in", 403, 200),
    "editor.item": ("sign-in", 403, 200),
    "editor.draft": ("sign-in", 403, 404),
    "editor.preview": ("sign-in", 403, 200),
    "editor.restore": ("sign-in", 403, 404),
    "editor.copy": ("sign-in", 403, 302),
    "bank_desk.act": ("sign-in", 403, 400),
    "bank_settings.new": ("sign-in", 400, 400),
    "bank_settings.about": ("sign-in", 403, 400),
    "bank_settings.share": ("sign-in", 403, 400),
    "bank_settings.visibility": ("sign-in", 403, 400),
    "bank_settings.copy": ("sign-in", 302, 302),
    "corrections.correct": ("sign-in", 403, 400),
    "transfer.upload": ("sign-in", 400, 400),
    "transfer.confirmation": HIDDEN,
    "quiz_desk.new": ("sign-in", 400, 400),
    "quiz_desk.quiz": HIDDEN,
    "quiz_desk.points": HIDDEN,
    "quiz_results.attempts": HIDDEN,
    "class_desk.index": ("sign-in", 400, 400),
    "mending.look": ("sign-in", 302, 302),
    "mending.regrade": ("sign-in", 403, 302),
    "mending.confirm": ("sign-in", 403, 302),
    "mending.reports": ("sign-in", 403, 302),
    "class_desk.door": HIDDEN,
    "class_desk.times": HIDDEN,
    "class_desk.pupil": HIDDEN,
    "people.index": ("sign-in", 403, 200),
    "people.person": ("sign-in", 403, 400),
    "people.invitation": ("sign-in", 403, 302),
    "accounts.own": ("sign-in", 400, 400),
}


def test_every_route_is_in_the_table(app: Flask) -> None:
    there = {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert there == set(ROUTES)


def test_every_role_gets_what_the_table_says(app: Flask, keep: Callable[..., Bank]) -> None:
    keep_owned(app, keep)
    visitors = [app.test_client(), a_teacher(app), a_teacher(app, "Admin", "admin")]
    found: dict[tuple[str, str], tuple[int | str, ...]] = {}
    for rule in app.url_map.iter_rules():
        address = _address(rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            statuses = []
            for visitor in visitors:
                with visitor.open(address, method=method) as response:
                    led = response.location and response.location.startswith("/sign-in")
                    statuses.append("sign-in" if led else response.status_code)
            found[method, rule.endpoint] = tuple(statuses)

    assert found == ROUTES


def test_a_pupil_with_an_account_gets_no_further_than_a_visitor(app: Flask, keep: Callable[..., Bank]) -> None:
    keep_owned(app, keep)
    pupil = a_teacher(app, "Aoi", "pupil")
    for rule in app.url_map.iter_rules():
        expected = ROUTES.get(("GET", rule.endpoint), (None,))[0]
        own = {"accounts.own": 200, "accounts.sign_in": 302}.get(rule.endpoint)
        if expected is not None:
            with pupil.get(_address(rule.rule)) as response:
                assert response.status_code == (own or (403 if expected == "sign-in" else expected)), rule.endpoint


@pytest.mark.parametrize("endpoint", POSTS)
def test_a_post_with_a_token_does_no_more_than_the_role_may(
    app: Flask, keep: Callable[..., Bank], endpoint: str
) -> None:
    keep_owned(app, keep)
    app.config["WTF_CSRF_ENABLED"] = False
    visitors = [app.test_client(), a_teacher(app), a_teacher(app, "Admin", "admin")]
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    statuses = []
    for visitor in visitors:
        response = visitor.post(_address(rule.rule), data={})
        led = response.location and response.location.startswith("/sign-in")
        statuses.append("sign-in" if led else response.status_code)

    assert tuple(statuses) == POSTS[endpoint]


def keep_owned(app: Flask, keep: Callable[..., Bank], **changes: str) -> None:
    """Keep a bank that belongs to a teacher called Owner."""
    keep(a_bank(**changes))
    owner_id = add_account(app, "Owner")
    with app.app_context():
        db.session.scalars(db.select(BankRow)).one().owner_id = owner_id
        db.session.commit()


def _address(rule: str) -> str:
    for name, value in PLACES.items():
        for kind in ("", "int:", "path:", "int(max=999999999999999999):"):
            rule = rule.replace(f"<{kind}{name}>", value)
    assert "<" not in rule, f"give {rule} a place"
    return rule


def test_a_private_bank_is_not_there_for_strangers(app: Flask, keep: Callable[..., Bank]) -> None:
    keep_owned(app, keep, name="secret-plans")
    with app.app_context():
        db.session.scalars(db.select(BankRow)).one().visibility = "private"
        db.session.commit()
    pages = ["", "/article", "/items/choice000001", "/deck.apkg"]
    for visitor, status in ((app.test_client(), 404), (a_teacher(app), 404), (browser_of(app, "Owner"), 200),
                            (a_teacher(app, "Admin", "admin"), 200)):  # fmt: skip
        assert [visitor.get(f"/banks/secret-plans{page}").status_code for page in pages] == [status] * 4
    assert "secret-plans" not in app.test_client().get("/").text
    assert "secret-plans" not in app.test_client().get("/banks/secret-plan").text
