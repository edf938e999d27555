"""An article joins the story it fits best, found by shared keys; old stories are forgotten."""

from rules.stories import CANDIDATES, MEMBERS, WINDOW, Stories, assign
from tests.rules.story_cases import mark

CUTS = mark("亞馬遜宣布裁員1.6萬人")
CUTS_TOO = mark("亞馬遜將裁員16,000人", hours=1)
CAPEX = mark("亞馬遜今年資本支出上看2000億美元", hours=2)
CAPEX_TOO = mark("AI軍備競賽 亞馬遜資本支出將達2,000億美元", hours=3)


def test_an_article_joins_the_story_that_fits_and_no_other() -> None:
    known = [("capex", [CAPEX]), ("cuts", [CUTS])]

    assert assign(CUTS_TOO, known) == "cuts"
    assert assign(CAPEX_TOO, known) == "capex"


def test_an_article_that_fits_no_story_begins_one() -> None:
    assert assign(CAPEX, [("cuts", [CUTS])]) is None
    assert assign(CAPEX, []) is None


def test_a_story_whose_other_articles_are_unlike_is_not_joined_through_one() -> None:
    strangers = [mark(f"颱風逼近第{n}縣市 停班停課", hours=1) for n in range(1, 9)]

    assert assign(CUTS_TOO, [("mixed", [CUTS, *strangers])]) is None


def test_stories_in_memory_are_assigned_as_they_come() -> None:
    stories: Stories[str] = Stories()

    told = [
        stories.add(m, n) for n, m in zip("abcd", [CUTS, CUTS_TOO, CAPEX, CAPEX_TOO], strict=True)
    ]

    assert told == ["a", "a", "c", "c"]


def test_a_story_slides_with_its_latest_article() -> None:
    stories: Stories[str] = Stories()
    step = WINDOW.total_seconds() / 3600 * 0.4
    title, text = "亞馬遜宣布裁員1.6萬人", "亞馬遜宣布裁員1.6萬人，人資主管致信員工，九十天轉調期。"

    told = [stories.add(mark(title, text, hours=step * n), str(n)) for n in range(5)]

    assert set(told) == {"0"}


def test_what_is_older_than_the_window_is_forgotten() -> None:
    stories: Stories[int] = Stories()
    for n in range(40):
        stories.add(mark(f"第{n}號颱風生成 路徑未定", hours=n), n)

    stories.add(mark("聯準會宣布降息一碼", hours=WINDOW.total_seconds() / 3600 + 60), 99)

    assert stories.known == 1


def test_a_story_that_grows_is_still_found_and_forgotten() -> None:
    stories: Stories[str] = Stories()
    title, text = "亞馬遜宣布裁員1.6萬人", "亞馬遜宣布裁員1.6萬人，人資主管致信員工，九十天轉調期。"
    for n in range(3 * MEMBERS):
        stories.add(mark(title, f"{text}這是第{n}家媒體的報導。", hours=n / 10), str(n))
    later = WINDOW.total_seconds() / 3600 * 3

    assert stories.add(mark(title, text, hours=3), "new") == "0"
    assert stories.add(mark(title, text, hours=later), "much later") == "much later"
    assert stories.known == 1


def test_a_story_is_found_among_many_about_the_same_company() -> None:
    stories: Stories[str] = Stories()
    stories.add(CUTS, "cuts")
    for n in range(3 * CANDIDATES):
        stories.add(
            mark(f"亞馬遜第{n}號倉庫啟用", f"亞馬遜在第{n}座城市啟用倉庫。", hours=0.5),
            f"other {n}",
        )

    assert stories.add(CUTS_TOO, "new") == "cuts"
