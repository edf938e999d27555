"""Sentences end where a reader would say so."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.sentences import split


def _cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("營收年增3.6%。股價上漲。", ["營收年增3.6%。", "股價上漲。"]),
        ("他說：「不會裁員。絕不。」隨後離席。", ["他說：「不會裁員。絕不。」", "隨後離席。"]),
        ("稱此舉旨在“減少層級。增強組織”。完", ["稱此舉旨在“減少層級。增強組織”。", "完"]),
        ("真的嗎?!沒錯!", ["真的嗎?!", "沒錯!"]),
        ("標題\n內文第一句。", ["標題", "內文第一句。"]),
        (
            "Amazon.com Inc. cut 16,000 jobs. It fell 3.6% to $222.69. The U.S. market closed.",
            [
                "Amazon.com Inc. cut 16,000 jobs.",
                "It fell 3.6% to $222.69.",
                "The U.S. market closed.",
            ],
        ),
        (  # a folded text has no capitals
            "amazon.com inc. cut 16,000 jobs. it fell 3.6%. the u.s. market closed... then rose.",
            [
                "amazon.com inc. cut 16,000 jobs.",
                "it fell 3.6%.",
                "the u.s. market closed... then rose.",
            ],
        ),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_a_reader_would_say_so(text: str, expected: list[str]) -> None:
    assert _cut(text) == expected


def test_a_quotation_that_is_never_closed_does_not_swallow_the_article() -> None:
    text = "他說：「我們" + "會努力。" * 200

    assert len(split(text)) > 50


@given(st.text("台。.「」(“”)!\n aA1", max_size=80))
def test_together_the_sentences_cover_all_that_is_not_blank(text: str) -> None:
    pieces = split(text)

    assert "".join("".join(_cut(text)).split()) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(pieces))


def test_a_page_that_lost_its_marks_is_cut_at_a_pause_every_thousand_characters() -> None:
    pieces = split("營收成長、" * 5_000)

    assert max(p.end - p.start for p in pieces) <= 1_000
    assert all(p.end % 5 == 0 for p in pieces)
