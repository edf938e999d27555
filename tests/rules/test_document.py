"""A prepared article knows its parts, and its spans point at the original words."""

from datetime import UTC, datetime

import pytest

from rules.document import Document, prepare
from rules.model import Article, Part
from rules.scan import Scanner


def _document(title: str, text: str) -> Document:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    return prepare(Article("1", title, text, "test", now), Scanner({"x": ["台積電"]}))


def test_a_span_in_the_title_counts_from_the_title_and_one_in_the_text_from_the_text() -> None:
    document = _document("臺積電擴產", "今天，台積電\u200b宣布。")

    spans = [document.span(hit.start, hit.end) for hit in document.hits["x"]]

    assert [(s.part, s.text) for s in spans] == [(Part.TITLE, "臺積電"), (Part.TEXT, "台積電")]
    for span in spans:
        part = document.article.title if span.part is Part.TITLE else document.article.text
        assert part[span.start : span.end] == span.text


@pytest.mark.parametrize(("title", "end"), [("", 0), ("標題", 2), ("兩\n行", 3), ("\u200b空", 1)])
def test_the_title_ends_where_it_ends(title: str, end: int) -> None:
    assert _document(title, "內文").title_end == end


def test_the_sentence_at_a_position_holds_it() -> None:
    document = _document("標題", "第一句。第二句，台積電。第三句。")
    hit = document.hits["x"][0]

    sentence = document.sentence_at(hit.start)

    assert document.original(*sentence) == "第二句，台積電。"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("台積電今天宣布擴產", "zh"),
        ("亞馬遜 AWS re:Invent 發表 Trainium3 與 Nova 2 模型", "zh"),
        ("Amazon cut 16,000 jobs, a spokesman said, citing AI.", "en"),
        ("Amazon 亞馬遜 cut sixteen thousand corporate jobs across the company this week", "en"),
        ("2330", "zh"),
    ],
)
def test_the_language_is_that_of_most_of_its_words(text: str, lang: str) -> None:
    assert _document("", text).lang == lang
