"""Everything that can be wrong with a source, by its key in the catalogue.

``KEYS`` lists each key with the placeholders of its sentence; the sentences stand in
``bot/texts/sources.*.toml``. Errors go out as ``SourceError``, smaller troubles as a ``Note`` in
``Fetched.skipped``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.ports import SourceError

KEYS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # addresses and the way to them
        "source.bad_address": frozenset({"address"}),
        "source.dns": frozenset({"host"}),
        "source.tls": frozenset({"host", "reason"}),
        "source.unreachable": frozenset({"host"}),
        "source.timeout": frozenset({"host", "seconds"}),
        "source.cut_off": frozenset({"host"}),
        "source.redirects": frozenset({"host", "limit"}),
        "source.encoding": frozenset({"host", "encoding"}),
        "source.too_large": frozenset({"name", "limit"}),
        # what the server answered
        "source.not_found": frozenset({"address"}),
        "source.gone": frozenset({"address"}),
        "source.forbidden": frozenset({"address", "status"}),
        "source.rate_limited": frozenset({"host"}),
        "source.server_error": frozenset({"host", "status"}),
        "source.status": frozenset({"address", "status"}),
        # what came is no feed
        "source.empty": frozenset({"name"}),
        "source.html": frozenset({"address"}),
        "source.html_links_feed": frozenset({"address", "feed"}),
        "source.json_no_feed": frozenset({"name"}),
        "source.no_feed": frozenset({"name"}),
        "source.broken_feed": frozenset({"name"}),
        "source.too_complex": frozenset({"name", "seconds"}),
        # files
        "source.no_such_file": frozenset({"path"}),
        "source.folder": frozenset({"path"}),
        "source.unreadable": frozenset({"path", "reason"}),
        "source.binary": frozenset({"name"}),
        "source.no_articles": frozenset({"name"}),
        "source.html_extra": frozenset({"name"}),
        "source.html_no_text": frozenset({"name"}),
        # notes
        "source.note_no_text": frozenset({"number"}),
        "source.note_truncated": frozenset({"name"}),
        "source.note_too_many": frozenset({"limit", "number"}),
        "source.note_no_outlet": frozenset({"name"}),
        "source.note_bad_json": frozenset({"number"}),
        "source.note_no_object": frozenset({"number"}),
        "source.note_no_words": frozenset({"number"}),
        "source.note_bad_field": frozenset({"number", "field"}),
        "source.note_long_line": frozenset({"number", "limit"}),
    }
)


def error(
    key: str, *, retry_after: float | None = None, gone: bool = False, **values: str
) -> SourceError:
    """A SourceError whose key and placeholders are known to the catalogue."""
    if KEYS[key] != values.keys():
        raise ValueError(f"{key} needs {sorted(KEYS[key])}, not {sorted(values)}")
    return SourceError(key, retry_after=retry_after, gone=gone, **values)
