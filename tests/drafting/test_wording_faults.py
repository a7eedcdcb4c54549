"""Wording: clauses are whole and in their tense, and no question tells its own answer."""

from __future__ import annotations

import pytest

from quizapp.drafting.rules import naming
from tests.drafting.reading import drafts_of_text, page


def stems(text: str, title: str = "") -> list[str]:
    return [one.to_data()["stem"] for one in drafts_of_text(text, title)]


def keys(text: str, rule: str = "cloze") -> set[str]:
    return {one.to_data()["key"] for one in drafts_of_text(text) if one.generator == rule}


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (
            "16世紀半ば以降、青葉鉱山には囚人たちが坑夫として送り込まれており、19世紀の禁令までに約2000人が北原県の沢北の坑内で働いたと見積もられている。",
            "送り込まれていました。",
        ),
        (
            "かつて沢北山の頂上は古いブナの林が広がっていたが、1980年代から林の衰えが進み、今日の沢北山の頂上は北原県でも少し明るい雰囲気の林となっている。",
            "進みました。",
        ),
        (
            "1851年から1970年までに155回の台風が青葉島を襲ったという記録があり、そのうちの多くは沢北湾の北町や港町の家や橋を壊しており、島を離れる人がいまだに多い。",
            "記録があります。",
        ),
    ],
)
def test_a_clause_that_ends_a_question_is_in_its_own_tense(text: str, end: str) -> None:
    clipped = [stem for stem in stems(text) if "{{1}}" in stem and len(stem) < len(text) - 20]

    assert clipped
    assert all(stem.endswith(end) for stem in clipped)


@pytest.mark.parametrize(
    "text",
    [
        "1907年9月に北町で開かれた裁判において、田口英一は青葉派を信じており、偽の教えを沢北村の人々に広めて村の橋と青葉港の倉庫を壊したとして非難された。",
        "1907年9月に田口英一は療養していた沢北村から北町の大沢光平に何度も電報を打ち、「橋がなければ青葉港も北町も終わりだ」と国の先行きへの不安を語った。",
    ],
)
def test_what_was_only_said_is_not_cut_from_who_said_it(text: str) -> None:
    gaps = [stem for stem in stems(text) if "{{1}}" in stem]

    assert gaps
    assert all(stem.endswith(("非難されました。", "語りました。")) for stem in gaps)


def test_a_chronicle_in_the_present_is_asked_in_the_past() -> None:
    before = "田口英一は1821年に北町で生まれた。1840年には大沢光平が沢北村の橋を直した。"
    told = before + "田口英一は大沢光平を北町の青葉城に招いている。"

    assert [stem for stem in stems(told) if "青葉城に" in stem and stem.endswith("招きました。")]
    assert not [stem for stem in stems(told) if stem.endswith("招いています。")]


def test_what_somebody_is_made_to_do_is_told_politely() -> None:
    assert [
        s for s in stems("1832年7月、田口英一は大沢光平を探し当て、北町の警察署に出頭させる。") if "出頭させました" in s
    ]


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        (
            "1980年代初めの北町の小さなサッカー界は「冬の時代」と呼ばれていた。",
            "1980年代初めの北町の小さなサッカー界は何と呼ばれていましたか。",
        ),
        (
            "雨の季節の終わりの発表のことを俗に青葉明け宣言という。",
            "雨の季節の終わりの発表のことを俗に何といいますか。",
        ),
        (
            "沢北湖についての最も古い記録は、寛政12年（1800年）に出た地誌『北原志』である。",
            "沢北湖についての最も古い記録である、寛政12年（1800年）に出た地誌の名前は何ですか。",
        ),
    ],
)
def test_a_name_is_asked_for_by_a_whole_description(text: str, stem: str) -> None:
    told = page(text)

    assert stem in {told.worded(s, found) for s in told.statements for found in naming.find(told, s)}


@pytest.mark.parametrize(
    "text",
    [
        "青葉街道とは、北町から鉄道を結ぶ自動車道路「北町道」と「南町道」とを結ぶ輸送の道である。",
        "近代的な図書館の計画は、本を中心にした公開図書館「青葉文庫」であったが、実現しなかった。",
        "『北原の食卓』によれば、トマトのたれをからめた北町のパスタを青葉パスタと呼ぶ。",
    ],
)
def test_no_name_is_asked_for_by_what_only_looks_like_its_description(text: str) -> None:
    assert not keys(text, "naming")


@pytest.mark.parametrize(
    "text",
    [
        "水の質について田口英一は北町の大沢光平に調査を依頼し、1921年3月27日に測定された。",
        "青葉大学との共同研究は終了し、1936年、母の後任として北町大学の教授に就任した。",
        "20世紀初め、青葉物語が田口英一、北町物語が大沢光平といずれも北町の作家により創作された。",
        "1962年には沢北線用に3000系が北町の車庫で就役していた。",
    ],
)
def test_no_date_is_asked_of_two_doers_or_of_what_lasted(text: str) -> None:
    assert not keys(text, "date")


def test_what_began_on_a_day_is_asked_for_with_when() -> None:
    assert [
        s
        for s in stems("1982年1月1日から北原県の条例に青葉湖の条項が追加された。")
        if s.endswith("追加されたのはいつですか。")
    ]


def test_a_headline_verb_in_a_question_is_a_verb() -> None:
    told = "1940年12月、大沢光平は青葉港への攻撃を拒否、北町の計画を変更した。"

    assert [stem for stem in stems(told) if "攻撃を拒否し、" in stem and stem.endswith("いつですか。")]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1848年から1970年までの122年間に青葉島は155回の台風に襲われた。", "1970年"),
        ("田口英一は1919年8月に許可を北原県に求め、10月に許可を得た。", "1919年8月"),
        ("第一次世界大戦で1916年の北町大会は中止となった。", "1916年"),
        ("青葉高原の森の開墾は、遅くとも600年までには始まっていた。", "600年"),
        ("1935年（昭和8年）の条例により、青葉文庫が北原県の図書館となった。", "1935年（昭和8年）"),
        ("昭和30年代に、田口英一の宝が北町で見つかった。", "昭和30年"),
        ("1913年3月に田口英一が率いる10月17日同盟が青葉派を調べた。", "10月17日"),
        ("1913年に北町は第一次青葉戦争で得た土地をめぐって第二次青葉戦争を起こした。", "第一次青葉戦争"),
        ("夏季オリンピックは4で割り切れる年に、冬季オリンピックは2余る年に北町で開かれる。", "夏季オリンピック"),
        ("札の名は重なってよく、たとえば「ケンブリッジ」という札は、3つの都市に付けられている。", "ケンブリッジ"),
        ("沢北屋は、いわゆる富山の薬売りとして青葉町を回った。", "富山"),
    ],
)
def test_what_the_rest_of_a_sentence_tells_is_not_blanked(text: str, key: str) -> None:
    assert key not in keys(text)


def test_a_false_year_does_not_contradict_the_name_of_the_event() -> None:
    told = "1950年、田口英一が北町に住んだ時に青葉島で1950FIFAワールドカップが開催された。"

    assert not [s for s in stems(told) if "{{1}}" not in s and "1950年" not in s]


@pytest.mark.parametrize(
    ("text", "key", "accepted"),
    [
        ("大沢光平は1821年に北町で開かれた会議で因幡鳥取へ移された。", "因幡鳥取", "鳥取"),
        ("大沢光平は旅のあとで1821年にヴェネツィアに移り住んだ。", "ヴェネツィア", "ベネツィア"),
    ],
)
def test_other_spellings_of_what_is_typed_are_right(text: str, key: str, accepted: str) -> None:
    drafts = [one.to_data() for one in drafts_of_text(text)]

    assert accepted in next(d["accepted"] for d in drafts if d["key"] == key and not d["options"])


def test_a_place_is_not_typed_where_half_of_it_would_be_right() -> None:
    assert not keys("田口英一は長い旅のあとで現在の長野県信濃町柏原に生まれた。") & {"長野県信濃町柏原"}


def test_what_is_told_by_the_title_is_not_defined() -> None:
    told = "『青葉童話集』とは、北町の兄弟が集めた古い昔の物語を並べた本である。"

    assert not [one for one in drafts_of_text(told, "青葉童話") if one.generator == "definition" and one.score]


@pytest.mark.parametrize(
    "text",
    [
        "青葉池は指定を解かれた後に埋め立てられており、跡には往時を偲ぶものは残されていない。",
        "2015年9月7日、青葉財団は検索のための青葉クエリ・サービスを発表した。",
    ],
)
def test_a_denial_of_nothing_and_a_thing_among_phrases_are_not_asked(text: str) -> None:
    assert not keys(text, "agreement")
    assert not [one for one in drafts_of_text(text) if one.to_data()["key"] == "false"]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (
            "1930年代には蒸気の製粉機が北町に広まり始め、20世紀前半には青葉川の水車に取って代わっている。",
            "取って代わりました。",
        ),
        (
            "1994年に北町で開かれた青葉協会の大会では、ほとんどの町民が大沢光平の旅を知っており、反対していた沢北村の人さえ考えを改め、青葉港に集まっていた。",
            "知っていました。",
        ),
    ],
)
def test_what_was_so_in_a_past_time_is_told_in_the_past(text: str, end: str) -> None:
    assert [stem for stem in stems(text) if stem.endswith(end)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("青葉新聞は毎週火曜日に北町で発行されており、1873年から刊行されている。", "date"),
        ("祭りを続けてきた北町の大沢光平も、2013年に青葉勲章を受章した。", "date"),
        ("田口英一が病院で描いていた北町の絵の一つ「青葉の丘」は沢北館にある。", "naming"),
        ("最初に作った作品『青葉の丘』は北町で賞を得た。", "naming"),
    ],
)
def test_what_its_words_do_not_single_out_is_not_asked(text: str, rule: str) -> None:
    assert not keys(text, rule)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("北町のうどんの量は、1980年代は1万トン台、1990年代は3万トン台であった。", "1980年代"),
        ("北町の火事は田口英一の絵に現れ、『紙の丘』（1974年）や『石の川』などに描かれている。", "紙の丘"),
    ],
)
def test_one_of_a_row_is_not_blanked(text: str, key: str) -> None:
    assert key not in keys(text)


@pytest.mark.parametrize(
    "text",
    [
        "電球を直列に接続する新しい方式のことを直列方式という。",
        "現代の青葉維持活動を形作った大沢光平は「青葉維持活動の父」と呼ばれている。",
        "青葉道は北町の人が多く歩くことが多い周遊の道である。",
    ],
)
def test_a_question_does_not_say_most_of_its_answer(text: str) -> None:
    assert not keys(text, "naming") | keys(text, "definition")


def test_what_a_reader_can_count_is_not_asked_for() -> None:
    assert not keys("大沢光平の『青葉の丘』および『北町の川』の2本の映画が公開されている。", "quantity")


def test_a_date_of_a_series_is_not_blanked() -> None:
    assert "1908年" not in keys("1908年の北町大会、1912年の港町大会から青葉連盟の体制が整いだした。")
