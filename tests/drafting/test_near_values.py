"""Near values: what stands beside a date or amount as a wrong option."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.drafting.near_values import Around, near_values
from quizapp.drafting.told_years import is_pinned, life, years_told
from tests.drafting.reading import drafts_of_text


@pytest.mark.parametrize(
    ("value", "ending"),
    [
        ("2011年", "年"),
        ("約15万人", "万人"),
        ("8世紀", "世紀"),
        ("45.4%", "%"),
        ("5月18日", "日"),
        ("January 27", ""),
        ("1,200", ""),
        ("1，000人", "人"),
        ("１，０００人", "人"),
        ("5，000円", "円"),
        ("12．5％", "％"),
        ("99.5%", "%"),
        ("9.5割", "割"),
        ("平成元年", "年"),
    ],
)
def test_near_values_keep_the_form_of_the_key(value: str, ending: str) -> None:
    near = near_values(value)

    assert len(set(near)) == 2
    assert value not in near
    assert all(other.endswith(ending) for other in near)


def test_each_number_is_as_wide_as_in_the_key() -> None:
    assert all(re.fullmatch(r"[０-９]{4}年3月", near) for near in near_values("２０１１年3月"))
    assert all(re.fullmatch(r"[0-9]，[0-9]{3}人", near) for near in near_values("1，000人"))
    assert all(re.fullmatch(r"[０-９，]+円", near) for near in near_values("５，０００円"))


@pytest.mark.parametrize("share", ["99.5%", "95.0％", "95%", "99.5パーセント", "9.5割"])
def test_no_share_is_more_than_all(share: str) -> None:
    near = near_values(share)

    assert len(near) == 2
    assert all(float(re.findall(r"[0-9.]+", value)[0]) <= (10 if "割" in value else 100) for value in near)


def test_near_years_do_not_lie_after_the_article() -> None:
    for year in range(1990, 2024):
        assert all(int(near[:4]) <= 2024 for near in near_values(f"{year}年", Around(last=2024)))


def test_months_and_days_stay_in_the_calendar() -> None:
    for day in (date(2024, month, day) for month in range(1, 13) for day in (3, 28, monthrange(2024, month)[1])):
        near = [re.findall(r"\d+", value) for value in near_values(f"{day.month}月{day.day}日")]

        assert len(near) == 2
        assert all(date(2024, int(month), int(other)) for month, other in near)


@pytest.mark.parametrize("leap_day", ["2012年2月29日", "平成24年2月29日", "1904年2月29日", "February 29, 2012"])
def test_a_leap_day_is_moved_to_leap_years_alone(leap_day: str) -> None:
    near = near_values(leap_day)

    assert len(near) == 2
    assert all(isleap(year) for value in near for year in years_told(value))


@given(st.integers(0, 10_000_000), st.sampled_from(["人", "円", "%", "つ", "年"]))
def test_near_values_are_never_the_value(number: int, unit: str) -> None:
    value = f"{number}{unit}"

    assert value not in near_values(value)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("1926年(大正15年)", "1922年(大正11年)に開いた郵便局は1926年(大正15年)に移った"),
        ("1985年(昭和60年)6月", "1985年(昭和60年)6月に大雨が降った"),
        ("1530年", "1522年から始まり1530年に終わった"),
        ("661年", "651年に国が滅び、653年に町が落ち、661年に軍が来た"),
        ("1806年", "19世紀初頭の1806年に架けられた"),
        ("紀元前2000年頃", "紀元前2000年頃の舟、紀元前1550年頃の橋"),
        ("２０１１年", "２０１１年に開いた"),
        ("平成8年", "平成5年に始まり平成8年に終わった"),
    ],
)
def test_near_dates_fit_the_other_years_of_the_sentence(value: str, told: str) -> None:
    near = near_values(value, Around(told))
    others = {int(year) for year in re.findall(r"(?<!\d)\d{3,4}(?=年)", told)}
    key = int(re.findall(r"\d+", value)[0])

    assert len(set(near)) == 2
    for option in near:
        year = int(re.findall(r"\d+", option)[0])
        assert year != key
        assert all((year < other) == (key < other) for other in others - {key})
        assert year not in others
        assert "昭和64" not in option
        assert "19世紀" not in told or 1801 <= year <= 1815


def test_near_dates_are_those_of_the_article_within_the_life_it_tells_of() -> None:
    told = "彼女は1429年4月に町に入った。"
    dates = ("1429年4月", "1430年5月", "1399年4月", "1429年", "1456年7月")
    first, last = life("青葉花子(1412年頃 - 1431年5月30日)は") or (0, 0)
    around = Around(told, dates, first, last)

    near = near_values("1429年4月", around)

    assert near[0] == "1430年5月"
    assert len(near) == 2
    assert all(1412 <= int(option[:4]) <= 1431 for option in near)


def test_rough_dates_have_rough_neighbours_and_recent_ones_near_ones() -> None:
    assert all(int(year[3:7]) % 100 == 0 for year in near_values("紀元前2000年頃"))
    assert all(abs(int(year[3:7]) - 1550) >= 50 for year in near_values("紀元前1550年頃"))
    assert all(abs(int(year[:4]) - 1976) <= 6 for year in near_values("1976年"))


def test_no_century_is_still_to_come() -> None:
    assert near_values("20世紀後半", Around(last=2024)) == ("19世紀後半", "18世紀後半")


def test_a_century_far_from_the_one_it_is_told_with_is_asked() -> None:
    told = "11世紀末から13世紀末まで町があった"

    assert not is_pinned("13世紀", "11世紀末から末まで町があった")
    assert set(near_values("13世紀", Around(told, last=2024))) == {"12世紀", "14世紀"}
    assert not is_pinned("7世紀後半", "までの約2世紀の間")


@pytest.mark.parametrize(
    ("date", "rest"),
    [
        ("654年", "653年に町が落ち、"),
        ("8世紀初頭", "7世紀末ないし"),
        ("20世紀初頭", "1910年頃から"),
        ("1932年", "「32年テーゼ」が出され、"),
        ("平成4年", "平成3年度まで、"),
        ("1月6日", "翌1月7日に食べる"),
    ],
)
def test_a_date_next_to_another_is_given_away(date: str, rest: str) -> None:
    assert is_pinned(date, rest)
    assert not is_pinned(date, "町の人が集まった")


def test_a_war_or_an_occupation_bounds_the_years_told_with_it() -> None:
    assert all(1939 <= int(near[:4]) <= 1945 for near in near_values("1942年", Around("第二次世界大戦中の1942年に")))
    assert all(int(near[:4]) >= 1918 for near in near_values("1919年", Around("第一次世界大戦の終結後、1919年に")))
    assert all(1945 <= int(near[:4]) <= 1952 for near in near_values("1948年", Around("進駐軍が1948年に設けた")))
    # There were other occupations.
    assert near_values("1948年", Around("占領軍が1948年に設けた")) == near_values("1948年")
    assert min(int(near[:4]) for near in near_values("1941年", Around("太平洋戦争が始まった1941年に"))) < 1941


def test_what_comes_every_fourth_year_has_neighbours_of_its_own() -> None:
    near = near_values("1976年", Around(dates=("1974年", "1968年", "1977年"), every=4))

    assert len(near) == 2
    assert all(int(year[:4]) % 4 == 0 for year in near)
    assert set(near_values("昭和30年", Around(every=10))) <= {"昭和10年", "昭和20年", "昭和40年"}


def test_days_of_one_year_stay_on_their_side_of_each_other() -> None:
    told = "8月7日に国名が変わったが、8月9日に国が消えた"

    assert all(int(near.split("月")[1].removesuffix("日")) >= 8 for near in near_values("8月9日", Around(told)))
    assert all(int(near[:-1]) > 6 for near in near_values("7月", Around("6月に始まり7月に終わった")))


def test_what_goes_on_to_a_month_is_moved_by_whole_years() -> None:
    around = Around("2012年6月から始まり9月に終わった", ("2011年11月", "2010年12月"), in_year=True)

    assert all(near.endswith("年6月") for near in near_values("2012年6月", around))


def test_a_month_stands_beside_months_of_other_years() -> None:
    dates = ("1919年1月", "1919年11月", "1920年9月", "1921年3月")

    assert set(near_values("1919年7月", Around(dates=dates))) == {"1920年9月", "1921年3月"}


def test_a_round_year_long_ago_is_rough() -> None:
    assert all(int(near[2:5]) % 100 == 0 for near in near_values("西暦600年"))


def test_an_amount_with_wide_and_narrow_signs_is_asked_for() -> None:
    assert "約1，500人" in {d.to_data()["key"] for d in drafts_of_text("青葉市の祭りには約1，500人が集まった。")}
