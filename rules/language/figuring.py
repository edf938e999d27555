"""Events and compared figures: #裁員, 裁員>=1萬人, 台積電營收>2000億."""

from __future__ import annotations

from dataclasses import dataclass

from rules.language.known import Known, near_kinds
from rules.language.quantities import Quantity
from rules.language.tokens import Lexeme, Typed
from rules.language.vocabulary import Measure, vocabulary
from rules.measures import KINDS as FIGURES
from rules.model import And, Comparison, EventTerm, KeywordTerm, Term
from rules.text import is_cjk

_SMALL = 10_000  # money below this is meant per share where that is usual
_LEAST_PRICE = 20  # 股價>5 may be five per cent or five dollars
_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "=": "="}


@dataclass(frozen=True, slots=True)
class Figuring:
    """Turns the tokens of an event or of a comparison into a term. Raises RuleError."""

    typed: Typed
    known: Known

    def event(self, word: Lexeme, compared: Lexeme | None) -> Term:
        """What ``#裁員`` or ``event:裁員`` stands for, perhaps compared with a figure."""
        if compared:
            if measure := self.known.measure(word.value):
                bare = word.type == "EVENT" and word.value in FIGURES
                name = "" if bare else word.value  # #margin>50% is how a rule is stored
                return self._figure(name, measure, compared)
        elif happening := self.known.happening(word.value):
            return happening
        elif measure := self.known.measure(word.value):
            example = self._example(measure)
            raise self.typed.error("needs_number", word.start, word.end, example=example)
        if word.type == "EVENT" and (company := self.known.company(word.value)) and not compared:
            return company  # a hashtag
        near = tuple(near_kinds(word.value))
        key = "unknown_event" if near else "unknown_event_at_all"
        raise self.typed.error(key, word.start, word.end, nearest=near)

    def compared(self, word: Lexeme, compared: Lexeme) -> Term:
        """What a bare word with a comparison behind it stands for: 裁員>1萬人, 台積電股價>1000."""
        found = self.known.comparable(word.value)
        if found is None:
            company = self.known.company(word.value.removeprefix("$"))
            key = "compares_company" if company else "compares_no_event"
            name = self.typed.original(word.start, word.end)
            raise self.typed.error(key, word.start, compared.end, name=name)
        company, name = found
        measure = self.known.measure(name)
        assert measure is not None
        term = self._figure(name, measure, compared)
        return And((company, term)) if company else term

    def _figure(self, name: str, measure: Measure, compared: Lexeme) -> Term:
        """The event or figure that compares as asked; beside it the word, where that says more."""
        event = self._comparison(measure, compared)
        return And((event, KeywordTerm(name))) if measure.named and name else event

    def _comparison(self, measure: Measure, compared: Lexeme) -> EventTerm:
        quantity, sign = compared.quantity, compared.value
        assert quantity is not None
        if measure.kind == "price" and _is_move(quantity):
            measure = Measure("price_move", "percent", "股價>=5%", "move>=5%")
        unit, currency = _unit(measure, quantity)
        key = "no_unit" if not unit else "" if _fits(measure, unit) else "unit_misfit"
        if key:
            example = self._example(measure)
            raise self.typed.error(
                key, compared.start, compared.end, example=example, kind=measure.kind
            )
        value = quantity.value
        if measure.falls:
            sign, value = _TURNED[sign], -value
        return EventTerm(measure.kind, Comparison(sign, value, unit, currency))

    def _example(self, measure: Measure) -> str:
        """A comparison of this kind in the language of the rule."""
        chinese = any(map(is_cjk, self.typed.text)) or not measure.english
        return measure.example if chinese else measure.english


def _is_move(quantity: Quantity) -> bool:
    """Whether 股價>5% or 股價<-5 asks for a move and not for a price."""
    return quantity.unit == "percent" or (not quantity.unit and quantity.value < 0)


def _fits(measure: Measure, unit: str) -> bool:
    if measure.unit:
        return unit == measure.unit
    default = vocabulary().kinds[measure.kind].default
    if default == "percent":
        return unit == "percent"
    return (unit == "people") == (default == "people") or (
        default == "people" and unit == "percent"
    )


def _unit(measure: Measure, quantity: Quantity) -> tuple[str, str]:
    """The unit and currency meant; no unit where it cannot be told."""
    unit, currency = quantity.unit, quantity.currency
    if measure.unit:
        return _unit_of_measure(measure, quantity)
    meaning = vocabulary().kinds[measure.kind]
    if not unit and meaning.default:
        return meaning.default, ""
    if not unit and quantity.scaled and not quantity.scaled.isascii():
        unit, currency = "money", "TWD"  # 1000億 in Taiwan is 1000億元
    if meaning.small and quantity.value < _SMALL and unit in {"", "money"}:
        return meaning.small, currency or "TWD"  # nobody pays a dividend of 5 元 in all
    return unit, currency


def _unit_of_measure(measure: Measure, quantity: Quantity) -> tuple[str, str]:
    """The same where only one unit fits."""
    unit, currency = quantity.unit, quantity.currency
    if unit == "per_share" and measure.unit == "money":
        unit = "money"  # a price is one share's in any case
    if unit == "money" and measure.unit == "per_share":
        unit = "per_share"
    if not unit and quantity.scaled and measure.unit == "percent":
        unit = "money"  # 毛利率>100億 is no share of anything
    unit = unit or measure.unit
    if measure.kind == "price" and unit == "money" and not currency:
        small = quantity.value < _LEAST_PRICE and not quantity.unit
        return ("", "") if small else (unit, "")
    if measure.kind == "target_price":
        return unit, currency  # without one: in the company's currency
    return unit, currency or ("TWD" if unit in {"money", "per_share"} else "")
