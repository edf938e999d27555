"""Each reason to hold an article back, and that nothing else holds it back."""

from datetime import UTC, datetime, timedelta

from rules.decision import MOST_AGE, decide
from rules.model import Article, Match, Outcome, Promotion, Reading, Signal

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
ARTICLE = Article("1", "標題", "內文", "feed", NOW, published_at=NOW - timedelta(hours=1))
PLAIN = Reading("zh")
ADVERT = Reading(
    "zh", promotion=Promotion(0.9, True, (Signal("LINE_ID", "contact", 3.0, True, ("加賴",)),))
)
MATCH = Match(1, {"AMZN": ()})


def test_an_article_that_matched_is_pushed() -> None:
    assert decide(ARTICLE, PLAIN, [MATCH]).outcome is Outcome.PUSH


def test_the_backlog_of_a_new_source_is_not_pushed() -> None:
    assert decide(ARTICLE, PLAIN, [MATCH], backlog=True).outcome is Outcome.BACKLOG


def test_an_article_that_is_too_old_when_first_seen_is_not_pushed() -> None:
    old = Article("1", "標題", "", "feed", NOW, published_at=NOW - MOST_AGE - timedelta(seconds=1))

    assert decide(old, PLAIN, [MATCH]).outcome is Outcome.BACKLOG


def test_an_article_just_within_the_age_is_pushed() -> None:
    old = Article("1", "標題", "", "feed", NOW, published_at=NOW - MOST_AGE)

    assert decide(old, PLAIN, [MATCH]).outcome is Outcome.PUSH


def test_promotion_is_held_back_with_the_signals_that_fired() -> None:
    decision = decide(ARTICLE, ADVERT, [MATCH])

    assert (decision.outcome, decision.detail) == (Outcome.PROMOTION, "LINE_ID")


def test_promotion_is_pushed_to_whoever_asked_for_it() -> None:
    asked = Match(2, {"promo:yes": ()})

    assert decide(ARTICLE, ADVERT, [MATCH, asked]).outcome is Outcome.PUSH


def test_what_is_muted_is_held_back_and_says_by_what() -> None:
    decision = decide(ARTICLE, PLAIN, [MATCH], muted="經濟日報")

    assert (decision.outcome, decision.detail) == (Outcome.MUTED, "經濟日報")


def test_a_company_named_only_in_passing_is_held_back() -> None:
    assert decide(ARTICLE, PLAIN, [Match(1, {}, passing=True)]).outcome is Outcome.PASSING


def test_one_rule_that_holds_for_good_is_enough_to_push() -> None:
    decision = decide(ARTICLE, PLAIN, [Match(1, {}, passing=True), MATCH])

    assert decision.outcome is Outcome.PUSH


def test_a_story_that_was_told_is_not_told_again() -> None:
    decision = decide(ARTICLE, PLAIN, [MATCH], alerted="亞馬遜裁員")

    assert (decision.outcome, decision.detail) == (Outcome.SAME_STORY, "亞馬遜裁員")
