"""Statistics of items and quizzes, from sums that a database can make.

A figure is said only where enough answers stand behind it, and always with their number and an interval.
"""

from quizapp.core.statistics.figures import ENOUGH, Figure, median
from quizapp.core.statistics.items import (
    AnswerCount,
    ItemStatistics,
    ItemSums,
    OptionCount,
    Sums,
    item_statistics,
    option_tables,
)
from quizapp.core.statistics.quizzes import QuizStatistics, QuizSums, quiz_statistics

__all__ = [
    "ENOUGH",
    "AnswerCount",
    "Figure",
    "ItemStatistics",
    "ItemSums",
    "OptionCount",
    "QuizStatistics",
    "QuizSums",
    "Sums",
    "item_statistics",
    "median",
    "option_tables",
    "quiz_statistics",
]
