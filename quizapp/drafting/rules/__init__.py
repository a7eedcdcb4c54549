"""The rules that find questions. To add one: a module here with ``find``, its examples beside it as data, a
line below.

The examples (``<module>.toml``) also hold sentences that must give nothing.
"""

from quizapp.drafting.proposals import Rule
from quizapp.drafting.rules import (
    agent,
    agreement,
    certainty,
    change,
    cleft,
    cloze,
    comparison,
    date,
    definition,
    en_agent,
    en_certainty,
    en_cloze,
    en_date,
    en_definition,
    en_true_false,
    membership,
    naming,
    partner,
    property,  # noqa: A004 (the rule's name)
    quantity,
    reason,
    true_false,
)

RULES: tuple[Rule, ...] = (
    Rule("definition", "ja", definition.find),
    Rule("naming", "ja", naming.find),
    Rule("cleft", "ja", cleft.find),
    Rule("property", "ja", property.find),
    Rule("agreement", "ja", agreement.find),
    Rule("agent", "ja", agent.find),
    Rule("partner", "ja", partner.find),
    Rule("date", "ja", date.find),
    Rule("quantity", "ja", quantity.find),
    Rule("change", "ja", change.find),
    Rule("comparison", "ja", comparison.find),
    Rule("membership", "ja", membership.find),
    Rule("reason", "ja", reason.find),
    Rule("certainty", "ja", certainty.find),
    Rule("true_false", "ja", true_false.find),
    Rule("cloze", "ja", cloze.find),
    Rule("en_definition", "en", en_definition.find),
    Rule("en_date", "en", en_date.find),
    Rule("en_agent", "en", en_agent.find),
    Rule("en_certainty", "en", en_certainty.find),
    Rule("en_true_false", "en", en_true_false.find),
    Rule("en_cloze", "en", en_cloze.find),
)
