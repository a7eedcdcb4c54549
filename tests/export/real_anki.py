"""Anki itself, in a process of its own: takes lines of steps from standard input, prints what came of each.

Run by the tests, never imported by them: Anki's licence (AGPL) is not ours. A step is a list, the name of one
of ``_STEPS`` first, then its arguments.
"""

from __future__ import annotations

import itertools
import json
import re
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anki.collection import (
    AddNoteRequest,
    Collection,
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)
from anki.decks import DeckId
from anki.scheduler.v3 import CardAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

_RATINGS = (CardAnswer.EASY, CardAnswer.GOOD, CardAnswer.HARD, CardAnswer.AGAIN)


def import_(col: Any, path: str, has_progress: bool = False) -> dict[str, int]:
    """Import as a learner does who just presses the button, or first ticks that learning progress is to come too.

    Tell how many notes went which way.
    """
    options = ImportAnkiPackageOptions(with_scheduling=has_progress)
    request = ImportAnkiPackageRequest(package_path=path, options=options)
    log = col.import_anki_package(request).log
    col.models._clear_cache()
    return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}


def render(col: Any) -> list[dict[str, Any]]:
    """Return both sides of every card, with what is wrong with it."""
    return [_rendered(col, card_id) for card_id in sorted(col.find_cards(""))]


def _rendered(col: Any, card_id: int) -> dict[str, Any]:
    card = col.get_card(card_id)
    note = card.note()
    about = {
        "guid": note.guid,
        "ordinal": card.ord,
        "type": note.note_type()["name"],
        "error": "",
        "is_empty": False,
    }
    try:
        # card.question() would return the text of an error as if it were the card.
        output = col._backend.render_existing_card(card_id=card_id, browser=False, partial_render=False)
        about["is_empty"] = output.is_empty
    except Exception as error:  # noqa: BLE001 (whatever Anki says goes to the test)
        about["error"] = str(error)
    about["front"], about["back"] = card.question(), card.answer()
    about["sounds"] = len(card.question_av_tags()) + len(card.answer_av_tags())
    return about


def study(col: Any) -> int:
    """Answer every new card once, with one rating after the other."""
    count = 0
    for deck in col.decks.all_names_and_ids():
        col.decks.set_current(deck.id)
        while cards := col.sched.get_queued_cards(fetch_limit=1).cards:
            card = col.get_card(cards[0].card.id)
            if card.reps:
                break
            card.start_timer()
            rating = _RATINGS[count % len(_RATINGS)]
            col.sched.answer_card(col.sched.build_answer(card=card, states=cards[0].states, rating=rating))
            count += 1
    return count


def state(col: Any) -> dict[str, Any]:
    """Return what must survive an update, and what must arrive with it."""
    notes = col.db.all("select guid, flds, tags from notes order by guid")
    schedule = col.db.all(
        "select n.guid, c.ord, c.type, c.queue, c.due, c.ivl, c.reps, c.lapses, c.data"
        " from cards c join notes n on n.id = c.nid order by n.guid, c.ord"
    )
    return {
        "fields": {guid: fields.split("\x1f") for guid, fields, _ in notes},
        "tags": {guid: tags.split() for guid, _, tags in notes},
        "schedule": {f"{guid}/{ordinal}": rest for guid, ordinal, *rest in schedule},
        "reviews": col.db.scalar("select count() from revlog"),
        "types": sorted(name.name for name in col.models.all_names_and_ids()),
        "decks": sorted(deck.name for deck in col.decks.all_names_and_ids()),
        "new": [
            f"{guid}/{ordinal}"
            for guid, ordinal in col.db.all(
                "select n.guid, c.ord from cards c join notes n on n.id = c.nid where c.type = 0 order by c.due, c.ord"
            )
        ],
    }


def empty_cards(col: Any) -> list[str]:
    """Return the guids of the notes whose cards Anki would take out."""
    return sorted(col.get_note(note.note_id).guid for note in col.get_empty_cards().notes)


def remove_empty_cards(col: Any) -> int:
    """Take them out and return how many cards are left."""
    col.remove_cards_and_orphaned_notes([id_ for note in col.get_empty_cards().notes for id_ in note.card_ids])
    return int(col.card_count())


def check(col: Any) -> dict[str, Any]:
    """Return what Anki's own checks of media and database say.

    Anki reads the clock twice when a card is answered, once for the card and once for the log. Where a second ends in
    between, its check finds a "last review time" to mend: a matter of its own, which no deck has caused. More of them
    than cards that were answered are told.
    """
    media = col.media.check()
    answered = col.db.scalar("select count() from cards where reps > 0")
    message, _ = col.fix_integrity()
    *problems, last = message.splitlines()
    return {
        "missing": list(media.missing),
        "unused": list(media.unused),
        "problems": [line for line in problems if not _is_late(line, answered)],
        "result": last,
    }


def _is_late(problem: str, answered: int) -> bool:
    found = re.search(r"last review time to \D*(\d+)", problem)
    return found is not None and int(found[1]) <= answered


def compare(col: Any, guid: str, typed: str) -> str:
    """Return how Anki sets a typed answer against the key."""
    return str(col.compare_answer(_note(col, guid)["Key"], typed))


def edit(col: Any, guid: str, name: str, text: str) -> None:
    """Write another text into a field, as a learner does in the editor."""
    note = _note(col, guid)
    note[name] = text
    col.update_note(note)


def tag(col: Any, guid: str, name: str) -> None:
    """Add a tag."""
    note = _note(col, guid)
    note.add_tag(name)
    col.update_note(note)


def flag(col: Any, guid: str, number: int) -> None:
    """Put a flag on every card of a note."""
    col.set_user_flag_for_cards(number, _note(col, guid).card_ids())


def rename_deck(col: Any, name: str, new: str) -> None:
    """Give a deck another name."""
    col.decks.rename(col.decks.id_for_name(name), new)


def cards(col: Any) -> dict[str, dict[str, Any]]:
    """Return in which deck each card lies, and its flag."""
    found = col.db.all("select n.guid, c.ord, c.did, c.flags from cards c join notes n on n.id = c.nid")
    return {f"{guid}/{ordinal}": {"deck": col.decks.name(deck), "flag": mark} for guid, ordinal, deck, mark in found}


def media(col: Any) -> dict[str, str]:
    """Return the files of the collection with what stands in them."""
    return {path.name: path.read_text() for path in Path(col.media.dir()).iterdir()}


def export(col: Any, path: str, deck: str, is_old: bool) -> None:
    """Write a deck as a learner who shares it: in the package format of old or new."""
    options = ExportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False, with_media=True, legacy=is_old)
    col.export_anki_package(out_path=path, options=options, limit=DeckIdLimit(col.decks.id_for_name(deck)))


def import_text(col: Any, path: str) -> dict[str, int]:
    """Import a text file as a learner who just presses the button."""
    metadata = col.get_csv_metadata(path=path, delimiter=None)
    log = col.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
    return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}


def memory(col: Any, logs: list[list[tuple[int, int]]]) -> list[list[float]]:
    """Return stability and difficulty as Anki's own FSRS works them out of review logs of (milliseconds, rating)."""
    col.set_config("fsrs", True)
    note_type = col.models.by_name("Basic")
    notes = [col.new_note(note_type) for _ in logs]
    for number, note in enumerate(notes):
        note["Front"] = str(number)
    col.add_notes([AddNoteRequest(note=note, deck_id=DeckId(1)) for note in notes])
    cards = col.db.list("select id from cards order by id")
    taken: dict[int, tuple[int, int, int]] = {}  # the moment is the key
    for card, log in zip(cards, logs, strict=True):
        for position, (moment, rating) in enumerate(log):
            free = next(at for at in itertools.count(moment) if at not in taken)
            taken[free] = (card, rating, min(position, 1))
    col.db.executemany(
        "insert into revlog values (?, ?, -1, ?, 1, 1, 2500, 1000, ?)", [(at, *rest) for at, rest in taken.items()]
    )
    states = [col._backend.compute_memory_state(card).state for card in cards]
    return [[state.stability, state.difficulty] for state in states]


def age(col: Any, days: int) -> None:
    """Let the collection be one that was begun so many days ago."""
    col.db.execute("update col set crt = crt - ?", days * 86_400)
    col.close()
    col.reopen()


def standing(col: Any) -> dict[str, dict[str, Any]]:
    """Return how each card stands, in days from today where it waits for a day, and how Anki would work it out."""
    col.set_config("fsrs", True)
    found = {}
    query = (
        "select c.id, n.guid, c.ord, c.type, c.queue, c.due, c.ivl, c.reps, c.lapses, c.data"
        " from cards c join notes n on n.id = c.nid"
    )
    for card, guid, ordinal, kind, queue, due, interval, reps, lapses, data in col.db.all(query):
        log = col.db.list("select ease from revlog where cid = ? order by id", card)
        again = col._backend.compute_memory_state(card).state if log else None
        found[f"{guid}/{ordinal}"] = {
            "type": kind, "queue": queue, "due": due - col.sched.today if queue == 2 else due, "interval": interval,
            "reviews": reps, "lapses": lapses, "memory": json.loads(data or "{}"), "log": log,
            "stability": again.stability if again else 0,
        }  # fmt: skip
    return found


def _note(col: Any, guid: str) -> Any:
    return col.get_note(col.db.scalar("select id from notes where guid = ?", guid))


_STEPS: dict[str, Callable[..., Any]] = {
    "import": import_, "render": render, "study": study, "state": state, "empty cards": empty_cards,
    "remove empty cards": remove_empty_cards, "check": check, "compare": compare,
    "edit": edit, "tag": tag, "flag": flag, "rename deck": rename_deck, "cards": cards, "media": media,
    "export": export, "memory": memory, "import text": import_text,
    "age": age, "standing": standing,
}  # fmt: skip


def take(steps: list[list[Any]]) -> dict[str, Any]:
    """Do steps in a fresh collection."""
    with tempfile.TemporaryDirectory() as folder:
        col = Collection(f"{folder}/collection.anki2")
        try:
            return {"results": [_STEPS[name](col, *arguments) for name, *arguments in steps]}
        except Exception:  # noqa: BLE001 (whatever Anki says goes to the test)
            return {"error": traceback.format_exc()}
        finally:
            col.close()


def main() -> None:
    """Answer each line of steps with a line of what came of them."""
    warnings.simplefilter("ignore")
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        answers.write(f"{json.dumps(take(json.loads(line)))}\n")
        answers.flush()


if __name__ == "__main__":
    main()
