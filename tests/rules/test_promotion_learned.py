"""The learned signal: a linear model over n-grams, capped, explained and never alone."""

from __future__ import annotations

import pytest

from rules.model import Signal
from rules.promotion import concepts, learned
from tests.rules.promoting import ADVERT, document, fired, judge

TABLE = "# comment\n-0.5\n2.0\t跟我\n-1.0\t董事\n1.0\t我␣\n"


def test_the_score_is_the_bias_and_the_weights_over_the_root_of_their_damped_number():
    model = learned.build(TABLE)
    damping = learned.DAMPING[0]

    assert model.score("跟我") == pytest.approx(-0.5 + 2.0 / (1 + damping) ** 0.5)
    assert model.score("跟我董事") == pytest.approx(-0.5 + 1.0 / (2 + damping) ** 0.5)
    assert model.score("天氣") == -0.5


def test_ideas_count_alone_one_after_another_and_together():
    model = learned.build("-1.0\n4.0\t@want\n2.0\t@want→call\n1.0\t@call&want\n8.0\t@want&+CLAIM\n")
    damping = learned.DAMPING[1]

    score = model.score("", learned.ideas(["want", "call", "want→call"], []))

    assert score == pytest.approx(-1.0 + 7.0 / (3 + damping) ** 0.5)


def test_signals_are_ideas_whether_they_fired_or_only_saw_something():
    signals = [
        Signal("CLAIM", "solicitation", 2.0, fired=True, evidence=("領取",)),
        Signal("TEACHER", "teacher", 2.0, fired=False, evidence=("老師",)),
        Signal("EMOJI", "form", 0.5, fired=False),
    ]

    names = learned.ideas(["want"], signals).names()

    assert names == {
        "want",
        "+CLAIM",
        "-TEACHER",
        "want&+CLAIM",
        "want&-TEACHER",
        "+CLAIM&-TEACHER",
    }


def test_where_the_ideas_leave_no_hope_the_characters_are_not_read():
    model = learned.build("-1.0\n-99.0\t@diary\n5.0\t飆\n")

    assert model.score("飆", learned.ideas(["diary"], [])) < learned.HOPELESS


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


def shown(text: str) -> tuple[str, learned.Ideas]:
    """What the model is shown of a text without signals."""
    read = document(text).text
    return read, learned.ideas(concepts.features(read), judge(text).signals)


def test_an_advert_resembles_adverts_and_a_notice_does_not():
    model = learned.load()

    assert model.score(*shown(ADVERT)) > 0
    assert model.score(*shown("本公司董事會決議召開股東常會")) < 0


def test_the_model_is_small():
    assert len(learned.load().weights) <= 20_000


def test_learned_signals_stay_silent_where_nothing_explained_speaks():
    assert fired(judge("今天天氣很好")) == set()
