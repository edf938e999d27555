from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot
from bot.chat.commands import names
from bot.chat.defang import MESSENGERS
from bot.chat.forecast import HELD
from bot.chat.handlers.guard import MODES
from bot.chat.handlers.sources import REASONS
from bot.messages import Run
from bot.texts import LANGUAGES, CatalogueError, Texts, texts
from rules import events, reputation
from rules.model import DEFERRED, Direction, Outcome, Salience, Stance
from rules.promotion import feedback
from rules.shortfall import Lack
from rules.wording import Catalogue
from storage.feedback import ADVERT, HONEST, WORDS
from storage.outbox import STATES

ROOT = Path(bot.__file__).parent
ZH, EN = (texts(lang) for lang in LANGUAGES)
# Keys that are made of data: the group, and the names it is asked with.
MADE_OF_DATA = {
    "layout": {"comma", "semicolon"},
    "outcome": {outcome.value for outcome in Outcome},
    "preview": {outcome.value for outcome in HELD},
    "lack": {lack.value for lack in Lack},
    "salience": {salience.value for salience in Salience},
    "stance": {stance.value for stance in Stance},
    "direction": {direction.value for direction in Direction},
    "outbox": set(STATES),
    "failure": {*REASONS, "other"},
    "lang": set(LANGUAGES),
    "judge": {
        *(f"{prefix}{word}" for word in WORDS for prefix in ("", "already_")),
        *(f"{word}_learned" for word in (ADVERT, HONEST)),
        *(f"button_{word}" for word in (ADVERT, HONEST)),
        *("ask", "unknown", "unknown_link"),
        *(f"text_{word}{taught}" for word in (ADVERT, HONEST) for taught in ("", "_learned")),
    },
    "spam": {f"said_{word}" for word in (ADVERT, HONEST)},
    "origin": set(reputation.policy().prior) - {"outlet"} | {"story", "company", "rule"},
    "heldback": {outcome.value for outcome in DEFERRED},
    "bell": {"done_urgent", "done_on", "done_off"},
    "list": {"urgent", "off"},
    "why": {
        *(f"word_{word}" for word in WORDS),
        *(f"taught_{label}{many}" for label in feedback.LABELS for many in ("", "_many")),
    },
    "check": {
        f"{what}_{label}" for what in ("said", "taught", "shared") for label in feedback.LABELS
    },
    "guard": {f"{what}_{mode}" for what in ("is", "set", "button") for mode in MODES},
    "contact": set(MESSENGERS),
    "chat": {"offer_spam"},
    "duration": {"weeks", "days", "hours", "minutes"},
}


def literals(folder: Path) -> Iterator[tuple[str, str]]:
    """Every string in the code of ``folder`` with the file that it stands in."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, file.name


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call in the chat's code of one of these with a literal first: it and the call."""
    for file in sorted((ROOT / "chat").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in names and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value), node


def values_given() -> Iterator[tuple[str, frozenset[str]]]:
    """Every key that the chat says, with the names of the values that it gives."""
    for key, call in calls("say"):
        yield key, frozenset(str(keyword.arg) for keyword in call.keywords)


def own_keys() -> set[str]:
    """The keys of the chat's own catalogue, without those that other parts added."""
    tables = tomllib.loads((ROOT / "texts" / "zh-TW.toml").read_text("utf-8"))
    return {f"{table}.{name}" for table, entries in tables.items() for name in entries}


def test_both_languages_have_the_same_keys() -> None:
    assert _shared(ZH).keys() ^ _shared(EN).keys() == set()


def test_both_languages_have_the_same_placeholders() -> None:
    zh, en = _shared(ZH), _shared(EN)

    assert {key: (zh[key], en[key]) for key in zh if zh[key] != en[key]} == {}


def test_every_key_that_the_chat_says_exists() -> None:
    assert [key for key, _ in calls("say", "Say") if key not in ZH] == []


def test_every_sentence_is_said_with_exactly_its_placeholders() -> None:
    holes = ZH.placeholders()

    assert [(key, given) for key, given in values_given() if given != holes[key]] == []


def test_every_key_that_is_made_of_data_exists() -> None:
    made = {f"{group}.{name}" for group, found in MADE_OF_DATA.items() for name in found}

    assert sorted(key for key in made if key not in ZH) == []


def test_no_sentence_is_left_that_nobody_says() -> None:
    said = {text for text, _ in literals(ROOT)}
    made = {f"{group}.{name}" for group, found in MADE_OF_DATA.items() for name in found}

    assert sorted(own_keys() - said - made) == []


def test_every_event_kind_has_a_word() -> None:
    kinds = list(events.kinds())

    assert len(kinds) == 20
    assert [kind for kind in kinds if f"event.{kind}.any" not in ZH] == []


@pytest.mark.parametrize(
    "file", sorted((ROOT / "texts").glob("*.toml")), ids=lambda file: file.name
)
def test_bold_marks_come_in_pairs(file: Path) -> None:
    odd = [line for line in _sentences(file) if line.count("**") % 2]

    assert odd == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_fits_one_screen(lang: str) -> None:
    text = texts(lang).say("help.text")

    assert len(text.split("\n")) <= 30
    assert len(text) <= 2000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_shows_every_command_with_an_example(lang: str) -> None:
    text = texts(lang).say("help.text")

    assert [name for name in names() if f"/{name}" not in text] == ["start", "help"]


def test_bold_and_values_become_runs() -> None:
    lines = _texts("已訂閱 **{rule}**，\n共 {count} 則").lines("key", rule="A", count=2)

    assert lines == (
        (Run("已訂閱 "), Run("A", bold=True), Run("，")),
        (Run("共 "), Run("2"), Run(" 則")),
    )


def test_a_value_may_be_a_link() -> None:
    link = Run("標題", url="https://example.com")

    assert _texts("看 **{link}**").lines("key", link=link) == (
        (Run("看 "), Run("標題", bold=True, url="https://example.com")),
    )


def test_a_missing_value_and_a_missing_key_are_errors() -> None:
    with pytest.raises(CatalogueError, match="rule"):
        _texts("{rule}").say("key")
    with pytest.raises(CatalogueError, match="other"):
        _texts("x").say("other")
    with pytest.raises(CatalogueError, match="fr"):
        texts("fr")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_no_value_is_markup_and_none_leaves_its_line(value: str) -> None:
    (line,) = _texts("前{value}後").lines("key", value=value)

    assert not any(run.bold or run.url for run in line)
    assert "\n" not in "".join(run.text for run in line)


def test_marks_that_turn_the_writing_round_are_left_out() -> None:
    assert _texts("{value}").say("key", value="a\u202eb\x1b[0m\u2066c") == "ab[0mc"


def _texts(sentence: str) -> Texts:
    return Texts(Catalogue("zh-TW", {"key": sentence}))


def _shared(sentences: Texts) -> dict[str, frozenset[str]]:
    """The placeholders of every sentence; words for powers of ten are each language's own."""
    found = sentences.placeholders()
    return {key: found[key] for key in found if not key.startswith("amount.scale.")}


def _sentences(file: Path) -> Iterator[str]:
    """Every sentence of one catalogue file as written."""
    found: list[object] = [tomllib.loads(file.read_text("utf-8"))]
    while found:
        entry = found.pop()
        if isinstance(entry, dict):
            found.extend(entry.values())
        else:
            yield str(entry)
