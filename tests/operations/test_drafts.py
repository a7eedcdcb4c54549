"""Drafts pass the gate before a teacher sees them."""

from __future__ import annotations

from dataclasses import replace

from quizapp.core.article import Claim, Modality
from quizapp.core.items import TrueFalse
from quizapp.drafting import Draft
from quizapp.operations.drafts import through_gate
from tests.builders import a_choice, a_fact, a_plan, an_article


def a_draft(name: str, stem: str, **changes: object) -> Draft:
    item = replace(a_choice(stem, id=name), **changes)  # type: ignore[arg-type]
    fact = a_fact()
    return Draft(name, replace(item, fact_id=fact.id), fact, fact.evidence[0], 0.8, "naming", ("retold",))


def test_a_draft_without_findings_stays_as_it_is() -> None:
    draft = a_draft("draft0000001", "青葉橋が開通したのはいつですか。")

    assert through_gate(an_article(), [draft]) == (draft,)


def test_a_draft_with_a_finding_is_flagged_and_scores_less() -> None:
    draft = a_draft("draft0000001", "この橋が開通したのはいつですか。")

    [weighed] = through_gate(an_article(), [draft])

    assert weighed.flags == ("retold", "pronoun_in_stem")
    assert weighed.score < draft.score
    assert weighed.item == draft.item


def test_drafts_with_serious_findings_come_last_and_the_others_keep_their_order() -> None:
    fact = a_plan(claim=Claim(modality=Modality.INFERRED))
    hedged = TrueFalse(id="draft0000001", language="ja", fact_id=fact.id, stem="灯台は建て替えられました。", holds=True)
    serious = Draft(hedged.id, hedged, fact, fact.evidence[0], 0.9, "true_false")
    pointing = a_draft("draft0000002", "この橋が開通したのはいつですか。")
    sound = a_draft("draft0000003", "青葉橋はいつ開通しましたか。")

    weighed = through_gate(an_article(), [serious, pointing, sound])

    assert [draft.id for draft in weighed] == ["draft0000002", "draft0000003", "draft0000001"]
