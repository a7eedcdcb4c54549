"""Classes of the commonest English words, for telling what stands around a span."""

from __future__ import annotations

from quizapp.drafting.words import words

_VERBS = words(
    "make makes made making take takes took taken give gives gave given get gets got go goes went gone come comes",
    "came become becomes became see sees saw seen know knows knew known find finds found think thought say says",
    "said tell told keep kept leave left lead leads led mean means meant bring brought begin begins began begun",
    "hold holds held write wrote written stand stood win wins won lose lost run runs ran meet met build built send",
    "sent set put rise rose fall fell grow grew grown speak spoke spend spent buy bought sell sold fight fought",
    "teach taught draw drew drawn wear wore break broke broken choose chose chosen drive drove eat ate feel felt",
    "show shows shown sing sang sit sat sink sank strike struck throw threw understand understood cut hit let pay",
    "pays paid read seek sought lay laid lie lies use uses include includes contain contains allow allows require",
    "requires provide provides cause causes form forms help helps remain remains occur occurs exist exists follow",
    "follows increase increases produce produces serve serves receive receives appear appears work works play",
    "plays call calls need needs try tries want wants offer offers create creates consider believe believes ask",
    "move turn start live change reduce join carry maintain describe suggest prevent",
)
_CLASSES = {
    "determiner": words(
        "a an the this that these those some any no every each all both either neither such another",
    ),
    "preposition": words(
        "of in on at by for with to from as into onto over under between among through during before after about",
        "against within without per via like since until",
    ),
    "be": words("is are was were be been being am"),
    "helper": words("has have had having do does did will would can could may might must shall should not"),
    "pronoun": words("it he she they them him i we you who whom whose which what where why how there here"),
    "owner": words("its his her their our my your"),
    "joint": words("and or but nor so if when while because although though unless than then"),
    "numeral": words(
        "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand",
        "million billion half first second third fourth fifth dozen dozens",
    ),
    "verb": _VERBS,
    "month": words("january february march april june july august september october november december"),
}
_CLASS_OF = {word: name for name, members in _CLASSES.items() for word in members}


def class_of(word: str) -> str:
    """Return the class of a word in lower case, "" for one that is not among the commonest."""
    return _CLASS_OF.get(word, "")
