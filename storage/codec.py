"""Values of ``rules.model`` to JSON text and back, exactly.

Decimals travel as text, times as whole microseconds (see ``storage.times``), enumerations by
value, sets in order. A field that a stored text lacks takes its default, so that a field can be
added to the model without rewriting what is stored; one that it no longer has is ignored.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from rules.model import MEASURES, Fingerprint, Reading, Span
from storage.times import micros, moment

_Evidence = Mapping[str, tuple[Span, ...]]


def dump(value: object) -> str:
    """A model value as compact JSON text. Raises TypeError for a type it does not know."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def load_reading(text: str) -> Reading:
    """The Reading that ``dump`` wrote."""
    reading: Reading = _decoder(Reading)(json.loads(text))
    return reading


def load_reading_for_rules(text: str) -> Reading:
    """The same without what no rule looks at: signals, summary, and most figures beside events.

    That is most of a reading, so a rule can be tried on twice as many in the same time. Figures
    stay that a rule may ask for by themselves (``rules.measures``).
    """
    plain = json.loads(text) | {"summary": {}}
    plain["figures"] = [f for f in plain.get("figures", ()) if f.get("kind") in MEASURES]
    plain.get("promotion", {}).pop("signals", None)
    reading: Reading = _decoder(Reading)(plain)
    return reading


@lru_cache(maxsize=1024)
def load_fingerprint(text: str) -> Fingerprint:
    """The Fingerprint that ``dump`` wrote.

    The latest ones are remembered (about 12 MB): the stories of the day are compared with every
    article that comes in.
    """
    fingerprint: Fingerprint = _decoder(Fingerprint)(json.loads(text))
    return fingerprint


def load_evidence(text: str) -> dict[str, tuple[Span, ...]]:
    """The evidence of a match that ``dump`` wrote."""
    evidence: dict[str, tuple[Span, ...]] = _decoder(_Evidence)(json.loads(text))
    return evidence


def load_mapping(text: str) -> dict[str, Any]:
    """A JSON object as it is, for payloads and button arguments."""
    return dict(json.loads(text))


def _plain(value: Any) -> Any:  # one branch a kind of value, in order of frequency
    match value:
        case Enum():
            return value.value
        case str() | bool() | int() | float() | None:
            return value
        case tuple() | list():
            return [_plain(item) for item in value]
        case set() | frozenset():
            return [_plain(item) for item in sorted(value)]
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case Decimal():
            return str(value)
        case datetime():
            return micros(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no stored form")


@lru_cache(maxsize=128)
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """How values of this annotation are read back; built once, then only called."""
    if isinstance(kind, type) and is_dataclass(kind):
        return _record_decoder(kind)
    if kind is datetime:
        return moment
    if kind is Decimal or (isinstance(kind, type) and issubclass(kind, Enum)):
        constructor: Callable[[Any], Any] = kind
        return constructor
    return _container_decoder(kind) if get_origin(kind) else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _container_decoder(kind: Any) -> Callable[[Any], Any]:
    outer, inner = get_origin(kind), get_args(kind)
    if outer in (Union, types.UnionType):
        known = _decoder(next(part for part in inner if part is not types.NoneType))
        return lambda value: None if value is None else known(value)
    if outer is tuple and inner[-1] is not Ellipsis:
        each = tuple(_decoder(part) for part in inner)
        return lambda value: tuple(read(item) for read, item in zip(each, value, strict=True))
    item_of = _decoder(inner[1] if issubclass(outer, Mapping) else inner[0])
    if issubclass(outer, Mapping):
        return lambda value: {key: item_of(item) for key, item in value.items()}
    if item_of is _as_it_is:  # a fingerprint has hundreds of numbers
        return lambda value: outer(value)
    return lambda value: outer([item_of(item) for item in value])


def _record_decoder(kind: type[Any]) -> Callable[[Any], Any]:
    readers = {name: _decoder(hint) for name, hint in get_type_hints(kind).items()}

    def read(value: Mapping[str, Any]) -> Any:
        return kind(
            **{name: readers[name](item) for name, item in value.items() if name in readers}
        )

    return read
