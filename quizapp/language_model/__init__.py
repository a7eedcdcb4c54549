"""The optional language model: off unless an operator names one, and never trusted.

It may reword a question and propose wrong options; the key, the evidence and the fact stay as the rules made them. The
article is handed over as numbered sentences, as data. What comes back is taken only when the checks of ``rewording``
and the gate find nothing against it and the model, asked its own question, finds the same answer in the same place.
"""

from quizapp.language_model.client import Model, ModelError
from quizapp.language_model.rewording import Bettered, better

__all__ = ["Bettered", "Model", "ModelError", "better"]
