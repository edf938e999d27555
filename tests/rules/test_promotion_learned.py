"""The learned signal: a linear model over n-grams, capped, explained and never alone."""

from __future__ import annotations

import pytest

from rules.promotion import learned
from tests.rules.promoting import ADVERT, document, fired, judge

TABLE = "# comment\n-0.5\n2.0\t跟我\n-1.0\t董事\n1.0\t我␣\n"


def test_the_score_is_the_bias_and_the_weights_over_the_root_of_their_number():
    model = learned.build(TABLE)

    assert model.score("跟我") == 1.5
    assert model.score("跟我董事") == pytest.approx(-0.5 + 1.0 / 2**0.5)
    assert model.score("天氣") == -0.5


def test_numbers_and_layout_are_made_alike():
    assert learned.edges("漲12%\n\n、買3張") == learned.edges("漲7% 買99張")


def test_a_blank_in_an_ngram_is_read_back():
    assert learned.build(TABLE).weights["我 "] == 1.0


def test_a_line_without_an_ngram_is_refused():
    with pytest.raises(ValueError, match="not a weight"):
        learned.build("0.0\n1.0\n")


def test_evidence_stands_in_the_text():
    text = document(ADVERT).text

    places = learned.load().telling(text)
    assert places
    assert all(0 <= start < start + size <= len(text) for start, size in places)


def test_an_advert_resembles_adverts_and_a_notice_does_not():
    model = learned.load()

    assert model.score(document(ADVERT).text) > 0
    assert model.score(document("本公司董事會決議召開股東常會").text) < 0


def test_the_model_is_small():
    assert len(learned.load().weights) <= 20_000


def test_learned_signals_stay_silent_where_nothing_explained_speaks():
    assert fired(judge("今天天氣很好")) == set()
