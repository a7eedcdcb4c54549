"""What この…, 両氏 or 今回の… stands for: looked up in the sentences just before, or refused."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizapp.drafting.ja.name_types import person_core
from quizapp.drafting.ja.names import names_of
from quizapp.drafting.ja.running_topic import has_topic, plain_topic
from quizapp.drafting.words import words

if TYPE_CHECKING:
    from quizapp.drafting.ja.chunks import Parse

_LEAD = re.compile(
    r"^(?:また|そんな中で?|そうした中で?|いっぽうで?|すると|さらに|更に|しかし|しかしながら|例外的に|一方で?|他方|なお|そして|それでも|そのため|このため|したがって|よって|つまり|すなわち|加えて|"
    r"特に|とくに|とりわけ|まず|次に|次いで|ついで|続いて|続けて|最後に|いずれにして?も|いずれにせよ|ただ|その結果|この結果|ちなみに|実際|実際に|事実|具体的には|もっとも|だが|ところが|ところで|"
    r"とはいえ|むしろ|同じく|やむをえず|やむなく|後|のち|そこで|それゆえ|同時に|このように|こうして|そうして|その一方で?|これに対し(?:て)?|これにより|これによって|それにより|例えば|たとえば|第[一二三四五]に)、"
)
_BARE_LEAD = re.compile(
    r"^(?:いっぽうで(?!は)|また|そして|しかしながら|しかし|ところが|さらに|例えば|たとえば|なお|ちなみに|同じく|一方で(?!は)|一方|それでも|だが|まず|更に|したがって|従って|次いで|ついで(?!に)|続いて|続けて|ただ(?![一二三1-3])|すなわち|つまり|そのため|このため)(?![的で])(?=[一-鿿ァ-ヴA-Z0-9０-９「『])"
)
_ABOVE_ALL = re.compile(r"^(?:特に|とくに|とりわけ)(?![はも、])")
_REFUSED_LEAD = re.compile(
    r"^(?:ただし|別に|続く(?!と|に)|それ|これ|こちら|そちら|そう|こう|ここ|そこ|前述|上述|以下|次の|ほかに|他に|その他|このほか|逆に|以降|以後|以来|中でも|うち|なかでも)"
)
_POINTING = ("この", "その", "今回の", "当該", "同")
_THIS = re.compile(r"(?:この|その|今回の|当該|(?<![一-鿿々])同)(?P<noun>[一-鿿ァ-ヴーA-Za-z]{2,12})")
_NOT_REPLACED = words(
    "ため 際 後 時 時期 頃 中 間 他 うち 結果 一方 場合 点 上 前 年 日 月 翌年 翌日 数 多く 一つ 一部 一種 名 当時 時代 時点 意味 理由 原因",
)
_SAME_WORDS = re.compile(
    r"同(?:盟|時|様|意|行|義|一|士|調|期|級|僚|居|席|情|志|封|化|感|点|性|じ|音|形|種|質|格|質|業|心|乗|額|数|率|位|族|人誌|窓|梱|等|列|伴|工)"
)
_BOTH = re.compile(r"(?:両(?P<what>氏|者|国|首脳|大臣|社|軍|チーム|校|党|州|県|市|島|人)|二人|2人)(?P<between>間)?")
# 同社, 両首脳: a word for one named before; not 同盟, 両岸, 日米両政府.
_SAME = (
    r"同(?<![一-鿿々]同)(?=[一-鿿ァ-ヴ])(?!盟|時|様|意|行|義|一|士|調|期|級|僚|居|席|情|志|封|化|感|点|性|音|形|種|質|格|業|心|乗|額|数|率|位|族|人"
    r"|窓|梱|等|列|伴|工|胞|類|門|輩|棟|着|床|値|程|源|根|属|型|色|相|和|罪|文|好|件|視|郷|系|軸)"
)
_BOTH_OF = r"両(?<![一-鿿0-9０-９の]両)(?=[一-鿿ァ-ヴ])(?!岸|側|方|親|端|手|足|院|立|面|替|生|極|性|眼|目|翼|輪|脇|辺|開|耳|腕|肩|陣|刀|論|義|用|棟|隣|ヶ|膝)"
# Every branch begins with a sign of its own, so that one look at each sign of a text is mostly enough.
DEIXIS = re.compile(
    r"この|その(?!もの)|あの(?!つ)|これ(?:ら|の|は|を|に|が|も|と|で|まで)|それ(?:だけ|ら|は|を|に|が|も|と(?!も)|で|ぞれの両)|あれ|こちら|そちら|ここ(?:で|に|は|から)|そこ(?:で|に|は|から)"
    r"|こうした|そうした|そのよう|このよう|同(?=[0-9０-９])|"
    + _SAME
    + "|"
    + _BOTH_OF
    + r"|双方[はがのを]|上に(?<=^上に)[一-鿿]{2}した|先に(?:述べ|触れ|挙げ|見)|当[社時該初](?!代)|今回|前[者述]|後[者述]|上記|下記|本(?<![一-鿿]本)[稿記書項節章法条件種作曲属館](?![一-鿿])|ほかの(?<=^ほかの)|先述|前掲|例外では|もう(?:ひと|一)つの|ことからも(?:分|わ)か|と同様(?<=^と同様)[、に]|同様(?<=^同様)[、に]|当局(?<![一-鿿ァ-ヴー]当局)"
    r"|彼(?:ら|女|は|が|の|を|に)|我々|私|一人(?<!第一人)[はがのもと]|二人(?<!第二人)[はがのもと]|三人(?<!第三人)[はがのもと]|2人(?<!第2人)[はがのもと]|3人(?<!第3人)[はがのもと]|翌[年日月朝]|前[年日月](?!度)|以下の|次の(?!世代)|後の|前の(?=[一-鿿])|先の|右の|左の|図\d|表\d"
)
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』")
# 土を固め、その上に…, …し、それを…: behind a clause these point into the sentence itself.
_INNER = frozenset({"その", "それを", "それに", "それが", "それは", "それぞれの両", "それと"})
_CLAUSE_BEFORE = re.compile(
    r"^.{6,}(?:[^、。]{3}[りしてきいみえけせねめれば]|た[がり]|[るう]が|[すた]ると|[うくすつぬむるたい]場合)、"
)
# 1990年に始まり、翌年に終わった says itself which year that is.
_OWN_YEAR = re.compile(r"([0-9]{3,4}年.{0,80}?)(?:同|翌)年")
# Bare roles and things that only the sentences before make clear: 町長は…, 会談では….
_BARE_ROLE = re.compile(
    r"(?:大臣|首相|総理|大統領|長官|市長|町長|村長|知事|社長|会長|監督|議長|総裁|館長|院長|校長|店長|園長)"
)
# A reason for what the sentence before says.
_REASON = re.compile(r"(?:ため|から|せい|おかげ)(?:である|です|だ|であった|だった|でした)$")
_IS_WHY = re.compile(
    r"(?:理由|原因|背景|要因|一因)(?:である|だ|です|であった|だった|でした|ではないか|と(?:され|考え|み|い|言|な))"
)
# …が背景に挙げられる: of what?
_IS_SAID_WHY = re.compile(
    r"(?:理由|原因|背景|要因|一因)(?:に|として)(?:は)?(?:挙げ|あげ|ある|あり|あっ|考え|指摘)[^、。]*$"
)
_POINTS_BACK = re.compile(
    rf"^(?:{_BARE_ROLE.pattern}|会談|会見|会合|首脳会談|番組|番組ページ|作品|事件|事故|式典|社名|店名|愛称|名称|本社|株価|取締役|正式名称|初代|メンバー)"
    r"(?:は|では|には|が|に|の|によると)"
)
_SHORT_FORM = re.compile(r"^(?P<noun>[一-鿿ァ-ヴー]{2,12})(?=(?:の[一-鿿]{2,6})?は[、一-鿿ァ-ヴ])")
_MODIFIER_CASES = frozenset({"の", "に関する", "における", "に対する", "への", "による"})


def resolve(words: str, before: list[Parse], spoken_of: str) -> tuple[str, bool] | None:
    """Return ``words`` standing alone and whether a reference had to be replaced; None where that cannot be had.

    ``before`` are the last sentences of the section, nearest last; ``spoken_of`` is the topic that the line has had
    so far, which goes on in a sentence without one.
    """
    if _REFUSED_LEAD.match(words) or words.startswith(("」", "』", "）", ")")):
        return None
    text = _ABOVE_ALL.sub("", without_lead(words))
    if text != words and _REFUSED_LEAD.match(text):
        return None
    opened = text
    if any(word in text for word in _POINTING):
        text = _THIS.sub(lambda match: _antecedent(match, before), text)
    text = _resolve_both(text, before)
    text = _resolve_short_form(text, before)
    if spoken_of and not has_topic(text):
        text = f"{spoken_of}は、{text}"
    return None if stands_not_alone(text) else (text, text != opened)


def without_lead(words: str) -> str:
    """Return a sentence without また, しかし or そのため before it."""
    return _BARE_LEAD.sub("", _LEAD.sub("", words))


def stands_not_alone(text: str) -> bool:
    """Say whether ``text`` points to something outside itself; quotations may."""
    bare = _QUOTED.sub("", text) if "「" in text or "『" in text else text
    if "同年" in bare or "翌年" in bare:
        bare = _OWN_YEAR.sub(r"\1", bare)
    return any(
        match[0] not in _INNER or not _CLAUSE_BEFORE.search(bare, 0, match.start()) for match in DEIXIS.finditer(bare)
    )


def is_bare(text: str) -> bool:
    """Say whether ``text`` begins with a role or thing that only the sentences before make clear (町長は…)."""
    if _REASON.search(text) and not re.search(r"(?:の|こと|理由|原因|背景)は", text):
        return True
    if _IS_SAID_WHY.search(text) and not re.search(r"の(?:理由|原因|背景|要因|一因)(?:に|として)(?:は|、)?", text):
        return True
    if _IS_WHY.search(text) and not re.search(r"(?:理由|原因|背景|要因|一因)(?:は|には|として)", text):
        return True
    return _POINTS_BACK.match(text) is not None


def has_subject(parse: Parse) -> bool:
    """Say whether the main clause names what it speaks of, with は, が or も, or is passive without one."""
    subjects = [
        i
        for i, chunk in enumerate(parse.chunks)
        if chunk.case and _is_subject(chunk.case) and not (chunk.has_noun and _NO_SUBJECT.search(parse.core(i)))
    ]
    inner = {i for i in subjects if parse.is_inside(i)}
    if any(i not in inner for i in subjects):
        return True
    # XをYと呼ぶ: what is called so stands before を.
    if _CALLED.search(parse.text):
        return True
    tail = parse.text[-16:]
    return bool(inner) and re.search(r"(?:され|られ|れた|とい[うえ])", tail) is not None


_CALLED = re.compile(
    r"を[^、。]{2,40}と(?:も|も?いい、[^。]*と)?(?:呼ぶ|呼びます|称する|いう|いいます|言う|分類する|分類します|名付け(?:る|た))$"
)
_NO_SUBJECT = re.compile(r"(?:頃|ごろ|当時|時代|年代|以降|以後|以前|こと|年|月|日|現在|今日|際|時|[年月日]間)$")


def _is_subject(case: str) -> bool:
    return case in {
        "は",
        "も",
        "が",
        "とは",
        "こそ",
        "のみが",
        "だけが",
        "などは",
        "などが",
        "とも",
        "までが",
        "さえも",
    }


def _antecedent(match: re.Match[str], before: list[Parse]) -> str:
    noun = match["noun"]
    if noun in _NOT_REPLACED or (match[0][0] == "同" and _SAME_WORDS.match(match[0])):
        return match[0]
    for parse in reversed(before):
        found = find_noun_phrase(parse, noun)
        if found:
            return found
    return match[0]


def find_noun_phrase(parse: Parse, noun: str) -> str:
    """Return the fuller name that ``noun`` is short for in ``parse`` (a compound, a name in quotes, XのY), or ""."""
    last = len(parse.chunks) - 1
    for index, chunk in enumerate(parse.chunks):
        core = parse.core(index)
        if not core or noun not in core:
            continue
        if index == last and (chunk.is_copula or not chunk.form) and core.endswith(noun):
            return plain_topic(parse)
        if core.startswith(noun + "「") or core.endswith(noun):
            phrase = _with_plain_modifiers(parse, index)
            if phrase.startswith(("他の", "別の", "ある", "各", "多くの")):
                return ""
            if len(noun) + (core != noun) < len(phrase) <= 40:
                return phrase
    return ""


def _with_plain_modifiers(parse: Parse, index: int) -> str:
    """Return a noun with the の- and に関する-chunks before it, not with clauses."""
    first = index
    while first > 0 and parse.chunks[first - 1].case in _MODIFIER_CASES and parse.chunks[first - 1].head <= index:
        first -= 1
    chunk = parse.chunks[index]
    phrase = parse.text[parse.tokens[parse.chunks[first].first].start : parse.tokens[chunk.noun_end - 1].end]
    return re.sub(r"(?:初|最初|新た|新規|今回)の", "", phrase)


def _resolve_both(text: str, before: list[Parse]) -> str:
    match = _BOTH.search(text)
    # Xと二人で: with X, who stands there.
    if match is None or text[: match.start()].endswith(
        ("と", "日米", "日韓", "日中", "米韓", "米中", "日英", "日仏", "日独", "英米", "米ソ", "男女")
    ):
        return text
    wanted = "country" if match["what"] == "国" else "person"
    found: dict[str, str] = {}
    for parse in reversed(before):
        here: dict[str, str] = {}
        for name in names_of(parse):
            if name.type == wanted:
                here.setdefault(person_core(name.text) if wanted == "person" else name.text, name.text)
        found = {**here, **{core: name for core, name in found.items() if core not in here}}
        # Who 二人 are is sure where one sentence names both.
        if len(here) == 2 or (len(found) == 2 and match["what"]):
            one, other = (here if len(here) == 2 else found).values()
            between = "の間" if match["between"] else ""
            return text[: match.start()] + f"{one}と{other}{between}" + text[match.end() :]
        if len(found) > 2:
            return text
    return text


def _resolve_short_form(text: str, before: list[Parse]) -> str:
    """Give a bare noun at the beginning (ガイドラインの内容は…) the fuller name it had just before."""
    match = _SHORT_FORM.match(text)
    if match is None:
        return text
    for parse in reversed(before):
        for index in range(len(parse.chunks)):
            core = parse.core(index)
            if core != match["noun"] and core.endswith(match["noun"]) and _BARE_ROLE.fullmatch(match["noun"]):
                return core + text[match.end("noun") :]
            if core == match["noun"]:
                phrase = _with_plain_modifiers(parse, index)
                return phrase + text[match.end("noun") :] if len(phrase) <= 30 else text
    return text
