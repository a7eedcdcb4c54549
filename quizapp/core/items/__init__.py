"""The item types. To add one: a module here, a line in ``ITEM_TYPES`` and ``templates/items/<kind>.html``."""

from quizapp.core.items.cloze import Cloze, Gap
from quizapp.core.items.item import Item
from quizapp.core.items.multiple_response import MultipleResponse
from quizapp.core.items.short_answer import ShortAnswer
from quizapp.core.items.single_choice import SingleChoice
from quizapp.core.items.term import Term
from quizapp.core.items.true_false import TrueFalse

ITEM_TYPES: dict[str, type[Item]] = {
    item_type.kind: item_type for item_type in (SingleChoice, MultipleResponse, TrueFalse, ShortAnswer, Cloze, Term)
}

__all__ = [
    "ITEM_TYPES",
    "Cloze",
    "Gap",
    "Item",
    "MultipleResponse",
    "ShortAnswer",
    "SingleChoice",
    "Term",
    "TrueFalse",
]
