"""How Japanese sentences give away what they are. The first row of a table that matches decides."""

# ruff: noqa: E501 (patterns read best as one line a group)

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from quizapp.core.article import Claim, ClaimKind, Modality
from quizapp.drafting.words import shortened

if TYPE_CHECKING:
    from quizapp.drafting.claims import Line

_JAPANESE = re.compile(r"[ぁ-んァ-ヴ一-鿿]")
_END = re.compile(r"[。！？!?…\s]+$")
_BRACKETED_END = re.compile(r"[（(][^（()）]{1,60}[)）]$")

_BOILERPLATE = re.compile(
    r"https?://|さらに読む|続きを読む|もっと見る|出典(?:[:：/／\s]|$)|画像元(?:[:：/／\s]|$)|画像提供(?:[:：/／\s]|$)|引用元(?:[:：/／\s]|$)|参照元(?:[:：/／\s]|$)"
    r"|関連記事|人気記事|関連リンク|コピーライト|Copyright|©|All [Rr]ights|無断転載|利用規約|プライバシーポリシー|メールマガジン|会員登録|お問い合わせ"
)
_BEGINS_BOILERPLATE = re.compile(
    r"[^（(]{0,60}参照(?:されたい|のこと|してください)?。?$|[（(].{0,60}参照[。）)]*$|出典|画像元|引用元|参照元|参考[:：]"
    r"|(?:公開日|更新日|最終更新|投稿日|掲載日|配信日|作成日|執筆者?|著者|文責|編集|カテゴリー?|タグ|目次|撮影|写真|図\d|表\d)[:：は\s]"
    r"|目次$|(?:シェア|ツイート|ログイン|メニュー|検索|ホーム|トップ(?:ページ)?|広告|PR|プロフィール|コメント)$"
    r"|\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?(?:[\s(（].{0,20})?$|\||!\["
)
_QUESTION = re.compile(
    r"[?？]$|(?:です|ます|でした|ました|ません|でしょう|だろう|の|ない|る|た)か[。?？!！]*$|(?:とは|行方は|理由は|核心は)[。]?$"
)
_CALL = re.compile(
    r"(?:よね|ますね|ですね|たね|だね|だよ|ですよ|ますよ|たよ|いね|るね|わ|なあ|なぁ|なー|かな|かなあ|のかな|いな|だな|やな|るな|たな|もんね|っけ)"
    r"[!！?？。.…~〜ー♪☆\s]*$|ましょう[!！。ね]*$"
)
_LONGEST_QUESTION, _AFTER_A_QUESTION = 5, "。?？!！"
_LONGEST_CALL, _AFTER_A_CALL = 5, "!！?？。.…~〜ー♪☆ね \u3000"
_CHATTER = re.compile(
    r"ほんま|やねん|あかん|やろ[うな]?[!！?？。]|せやけど|だべ[!！。]|じゃけん|ばい[!！。]$"
    r"|こんにちは|こんばんは|いかがでした|いかがだった|ご紹介しま|ご紹介してき|お伝えしま|お届けしま|見ていきま|解説していきま|解説しました"
    r"|ご覧ください|お読みいただ|チェックしてみて|フォロー(?:して|お願い)|シェアして|コメントお待ち|お楽しみに|ありがとうございま|みなさん[、は]|皆さん[、は]"
)
_CHATTER_START = re.compile(r"いやー|いやぁ|うーん|へえ|わあ|すごーい|なるほど")
_LET_US = re.compile(r"(?<!だ)(?<!あ)(?<!でし)(?:[こそとぼもごの]|[一-鿿]ろ|[えけせてねべめれみ]よ)う[。!！]+$")
_PRAISE = (
    r"(?:重要|不可欠|大切|大事|素晴らしい|すばらしい|頼もしい|すごい|残念|楽しみ|嬉しい|うれしい|心配|難しい|面白い|おもしろい|興味深い|"
    r"望ましい|当然|見事|心強い|期待大|魅力的|美しい|ありがたい|不安|気がかり|注目の的)"
)
_OPINION = re.compile(
    _PRAISE
    + r"(?:な(?:課題|問題|もの|こと|テーマ|点|一歩|存在))?(?:です|だ|である|でしょう|だろう|であろう|といえ[るま].*|と言え[るま].*"
    r"|になる(?:でしょう|だろう)|になります|となる(?:でしょう|だろう)|だと思.*|と思.*|と考えます)?[。!！]*$"
    r"|(?:期待|希望|応援|注目|懸念)(?:します|しています|していま.+|したい.*|です)[。!！]*$|期待が高まります|目が離せ|待たれ(?:る|ます)"
    r"|おすすめです[。!！]*$|(?:求め|願い|期待し|応援し|見守り)たい[。!！]*$|(?:と思う|と思います|と思って(?:いる|います)|と感じます|と感じました|と願[いう].*|ことを願.*|を祈.*)[。!！]*$"
    r"|べき(?:だ|です|である|だろう|でしょう|ではない.*|と思.*)?[。!！]*$|たいもの(?:です|だ)|て(?:ほしい|欲しい)(?:です|もの.*|ところ.*)?[。!！]*$"
    r"|(?:なければ(?:なり|いけ)ま?せん|なければならないだろう)[。!！]*$|ではないでしょうか|のではないか[。]?$|心に響き|胸が|ワクワク|わくわく"
    r"|(?:私|わたし|僕|筆者)(?:は|に|も|が)"
)

_PREDICATE_END = re.compile(
    r"(?:です|ます|ました|ません|ませんでした|でした|である|であった|だった|だ|ない|なかった|た|[うくすつぬむるぐぶ]|[しかなよたべじき]い|ず"
    r"|たい|らしい|だろう|でしょう|べき|べし|にすぎない|とのこと|ということ|予定|見込み|見通し|方針|という|まで|[高低多少強弱深浅長短広狭重軽近遠早速]い)$"
)
_NOMINAL_END = re.compile(
    r"(?:違い|狙い|願い|戦い|争い|扱い|問い|思い|勢い|救い|誓い|支払い|取り組み|いわく|うた|かた|すべ|そば)$"
)
_LONGEST_END = 8
# 会社を買収。 and 1996年に橋を架け替え、道も拡張。 state; 暮らしを変える新しい道。 calls.
_DONE_END = re.compile(r"(?:を|が|に|へ|で|から|より|まで|も|と)[一-鿿ァ-ヴー]{2,8}$|など(?:が有名|を含む)?$")
_TOLD = re.compile(r"[0-9０-９][^、。]*[をがにはでの].*[一-鿿ァ-ヴ]$")
_TOPIC = re.compile(r"[^、。\s]は(?:[、,]|[^、。]{2})")
_POLITE_END = re.compile(r"(?:です|ます|ました|ません|ませんでした|でした|でしょう|である|であった)$")

# Only the end of the sentence is looked at: what stands in the middle is another clause's.
_MODALITY: tuple[tuple[Modality, re.Pattern[str]], ...] = tuple(
    (modality, re.compile(pattern))
    for modality, pattern in (
        (Modality.REPORTED, r"(?:期待|懸念|意見|声|見方|考え|要望|批判|不安)[がも](?:述べ|示され|出て|上が|挙が|寄せられ|聞かれ|ある|あり|広が)"),
        (Modality.EXPECTED, r"期待(?:され|が(?:寄せ|集ま|高ま|かか)|できる|できます)|見込(?:まれ|んで)|見込み|見通し|と予想|予測され|見る向き"),
        (Modality.INFERRED, r"推測|と見られ|とみられ|推定|推察|推論|考えられ(?:て|る|ま)|と思われ|可能性[がもは]|(?:おそれ|恐れ|疑い)が(?:ある|あります)|かもしれ|らしい(?:です)?$|よう(?:だ|です|である)$|はず(?:だ|です|である)$|に違いな|に相違な|想像され"),
        (Modality.EXPECTED, r"(?:今後|これから|将来|やがて|いずれ).*(?:でしょう|だろう|であろう)$"),
        (Modality.INFERRED, r"(?:でしょう|だろう|であろう)$"),
        (Modality.REPORTED, r"とされ(?:る|て|ま|た)|とい(?:う|います|った)$|という(?:こと|説|話|もの)?(?:だ|です|である|が(?:あ|伝).*)?$|と(?:言|い)われ(?:る|て|ま|た)|とのこと|そう(?:だ|です)$|伝えられ(?:て|る|ま)|報じ(?:られ|た|て|ま)|報道され|と呼びかけ|よう(?:に)?(?:呼びかけ|求め|促し|要請し|訴え)て|と(?:の|いう)(?:見方|考え|認識|立場|意向|見解)を(?:示|明らか)"),
        (Modality.REPORTED, r"(?:とも?|を|点を|ことを|旨を)(?:述べ|語(?:っ|り|る)|訴え|主張|強調|指摘|証言|表明|警告)|とも?(?:話し(?:た|て|ま)|話す$|説明(?:し(?:た|て|ま)|する)|明らかにし|コメント|回答|答え(?:た|て|ま)|言(?:った|いました)|記し(?:た|て|ま)|書い(?:た|て)|発表し(?:た|て|ま)|批判し|位置[づ付]け(?:た|て|る|ま))|と(?<=[るたいだ]と)も?して(?:い[るた]|いま)"),
        (Modality.PLANNED, r"予定|ことにし(?:て(?:いる|います)|た$|ました$)|計画(?:だ|です|である|し(?:て|た|ま)|され|を(?:立て|示|発表|進め))|方針(?:だ|です|である|を(?:固め|決め|示|発表|打ち出)|$)|ことになって(?:いる|います)|意向(?:だ|です|である)|考え(?:だ|です|である)$|つもり|ことを(?:決め|計画|予定)|段階に入る"),
        (Modality.AIM, r"目指(?:す|し|さ)|^.{0,20}(?:ねらい|狙い|目的|目標)は.*(?:こと|点)(?:だ|です|である|にある|にあります)$|目的(?:だ|です|である|と(?:し|す))|狙い(?:だ|です|である|が)|ねらい(?:だ|です|である)|目標(?:だ|です|である|と(?:し|す)|に掲げ)|図る(?:ため)?(?:だ|です|である)?$|図ります$|ため(?<!たため)(?<!いるため)(?<!ないため)(?<!あるため)(?<!だため)(?:だ|です|である)?$|努め(?:る|て|ま)"),
        (Modality.ASSESSMENT, r"(?:重要|大き|欠かせな|中心的|主要|決定的|不可欠)[なくい]*(?:役割|意味|意義|存在|一歩|位置)|と評価|という評価[をも](?:示|下)|とも?(?:みる|見る|みて(?:いる|います)|見て(?:いる|います)|みた|見た)$|高く評価|大きく(?:変化|変わ|前進|貢献)|画期的|理想的|ふさわし|に値する|最も(?:重要|優れ|美し|すぐれ)|(?:重要|不可欠|大切)(?:で(?:す|ある)|だ)$|に貢献(?:し|する)|と(?:言|い)え(?:る|ます)"),
    )
)  # fmt: skip
_TAIL = 60
_SAYS = re.compile(r"^(?P<by>[^、。]{2,25}?)(?:によると|によれば|の話では|の発表では)")
_SPEAKER = re.compile(r"^(?:また|さらに|一方|その後|しかし|そして)?、?(?P<by>[^、。「」]{2,25}?)は[、「]?")
_SPEECH = re.compile(
    r"、?とも?(?:述べ|語|話|訴え|主張|強調|指摘|説明|明らか|コメント|証言|表明|警告|批判|評価|推測|推定|位置[づ付]け|みる|見る|みて|見て"
    r"|(?<=[るたいだ]と)して|(?<=[るたいだ]とも)して)(?!られ|され|.られ|.され|.{0,2}られて)|、?という評価[をも](?:示|下)"
    r"|を訴え|を(?:強調|表明|指摘|主張)し"
)
# 〜とも述べている goes on with what the one named before says.
_GOES_ON = re.compile(r"(?:とも(?:述べ|語|話|訴え|主張|強調|指摘|説明|して|みて|見て|評価)|という評価も)[^、。]{1,12}$")
# XをYという gives a name; nobody reports anything.
_NAMED = re.compile(
    r"[をも](?:[「『][^「」『』]{1,30}[」』]|[^、。をがはに]{1,20}(?<![だたるいす]))と(?:い|言)(?:う|います|われる|われます|った)$"
)
# Teasers are short.
_TEASER = 30
_TITLED = re.compile(
    r"(?:大臣|首相|総理|大統領|長官|市長|町長|村長|知事|社長|会長|教授|監督|議員|選手|氏|さん|相|省|庁|社|紙)$"
)


def claim(text: str, line: Line) -> Claim:
    """Say what the Japanese sentence ``text`` (without list marks) is."""
    text = shortened(text)
    kind = _kind(text, line)
    return Claim(kind) if kind is not ClaimKind.FACT else Claim(kind, *modality(text))


def modality(text: str) -> tuple[Modality, str]:
    """Say how sure ``text`` is of its main clause, and who says so ("" for the article itself)."""
    core = _BRACKETED_END.sub("", _END.sub("", text))
    source = _SAYS.match(core)
    tail = core[-_TAIL:]
    # The latest sign counts: what stands last governs the sentence.
    best: tuple[int, Modality] | None = None
    for found, pattern in _MODALITY:
        match = pattern.search(tail)
        if (
            match
            and len(tail) - match.end() <= 12
            and "、" not in tail[match.end() :]
            and (best is None or match.end() > best[0])
        ):
            best = (match.end(), found)
    if best is not None and best[1] is Modality.REPORTED and _NAMED.search(core):
        best = None
    if best is None:
        return (Modality.REPORTED, source["by"]) if source else (Modality.ASSERTED, "")
    return best[1], (source["by"] if source else _speaker(core) if best[1] in _SPOKEN else "")


def _speaker(core: str) -> str:
    """Return who says what stands in ``core`` ("" where nobody does): the topic of a verb of saying or judging."""
    speech = _last_speech(core)
    speaker = _SPEAKER.match(core) if speech else None
    return speaker["by"] if speaker else ""


def _last_speech(core: str) -> re.Match[str] | None:
    found = [match for match in _SPEECH.finditer(core, max(0, len(core) - _TAIL)) if len(core) - match.end() <= 12]
    return found[-1] if found else None


def spoken(text: str, says: str) -> str:
    """Return what ``says`` says in ``text`` as 〜によると、…, where it is a clause with a subject of its own; else "".

    〜は、町が橋を直すとみている gives 〜によると、町が橋を直す.
    """
    speech = _last_speech(text)
    if speech is None or speech[0].startswith("を") or "「" in text[speech.start() - 1 : speech.start()]:
        return ""
    topic = _SPEAKER.match(text)
    own = topic is not None and (topic["by"] in says or says in topic["by"])
    inner = text[topic.end("by") + 1 if topic and own else 0 : speech.start()].strip("、")
    inner = _LEAD.sub("", inner)
    has_subject = re.search(r"[^、。\s](?:は|が)(?=[^、。]|、)", inner) is not None
    plain = re.search(r"(?:[うくすつぬむるぐぶ]|[たいだ])$", inner) is not None
    says = topic["by"] if topic and own and says in topic["by"] else says
    return f"{says}によると、{inner}" if has_subject and plain and not _SAYS.match(text) else ""


_SPOKEN = frozenset({Modality.REPORTED, Modality.ASSESSMENT, Modality.INFERRED})
_LEAD = re.compile(r"^(?:また|さらに|一方|その後|しかし|そして)、")


def carried(claims: list[Claim], texts: list[str]) -> list[Claim]:
    """Return the claims of one line with the speaker of the sentence before where a sentence goes on with it."""
    given: list[Claim] = []
    before = ""
    for claim, text in zip(claims, texts, strict=True):
        is_new = not claim.says or not _TITLED.search(claim.says)
        if claim.modality in _SPOKEN and before and is_new:
            core = _BRACKETED_END.sub("", _END.sub("", text))
            if _GOES_ON.search(core) and not _SAYS.match(core):
                claim = replace(claim, says=before)  # noqa: PLW2901
        before = claim.says or ("" if claim.modality is Modality.ASSERTED else before)
        given.append(claim)
    return given


def reconsider(claims: list[Claim], texts: list[str]) -> list[Claim]:
    """Return the claims of one line once more: a line mostly of fragments and calls is a teaser as a whole."""
    claims = carried(claims, texts)
    headings = sum(claim.kind is ClaimKind.HEADING for claim in claims)
    if len(claims) > 2 and headings * 2 >= len(claims) and sum(map(len, texts)) < _TEASER * len(texts):
        return [Claim(ClaimKind.HEADING) if claim.kind is ClaimKind.FACT else claim for claim in claims]
    boilerplate = any(
        claim.kind is ClaimKind.BOILERPLATE and "http" in text for claim, text in zip(claims, texts, strict=True)
    )
    return [Claim(ClaimKind.BOILERPLATE)] * len(claims) if boilerplate else claims


def _kind(text: str, line: Line) -> ClaimKind:
    core = _END.sub("", text)
    if not _JAPANESE.search(text) or _BEGINS_BOILERPLATE.match(text) or _BOILERPLATE.search(text):
        return ClaimKind.BOILERPLATE
    if _is_chatter(text):
        return ClaimKind.CHATTER
    asked = text.rstrip()
    if _QUESTION.search(asked, max(0, len(asked.rstrip(_AFTER_A_QUESTION)) - _LONGEST_QUESTION)):
        return ClaimKind.QUESTION
    if not _is_statement(core, text, line):
        return ClaimKind.HEADING
    return ClaimKind.OPINION if _OPINION.search(text) else ClaimKind.FACT


def _is_chatter(text: str) -> bool:
    if _CALL.search(text, max(0, len(text.rstrip(_AFTER_A_CALL)) - _LONGEST_CALL)):
        return True
    calls = text.rstrip("。!！").endswith("う") and _LET_US.search(text) is not None
    return calls or _CHATTER_START.match(text) is not None or _CHATTER.search(text) is not None


def _is_statement(core: str, text: str, line: Line) -> bool:
    """Tell a statement from a heading, a headline or a fragment."""
    stopped = text.rstrip().endswith(("。", "！", "!", "．"))
    words = _BRACKETED_END.sub("", core)
    has_predicate = bool(_PREDICATE_END.search(words, max(0, len(words) - _LONGEST_END))) and not _NOMINAL_END.search(
        words
    )
    has_topic = bool(_TOPIC.search(core))
    if has_predicate:
        return stopped or line.is_item or bool(_POLITE_END.search(words)) or (has_topic and len(core) > 30)
    if text.rstrip().endswith("。") and len(core) > 8 and (_DONE_END.search(words) or _TOLD.search(words)):
        return True
    return has_topic and (text.rstrip().endswith("。") or (line.is_item and len(core) > 15))
