"""From the places that tell of events to statements: each with its owner, age and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from rules.events.actors import Cast, Owners
from rules.events.background import is_background
from rules.events.catalogue import vocabulary
from rules.events.forum import forum_move
from rules.events.measuring import Measures
from rules.events.needs import PUBLIC, meets, nameless_headline
from rules.events.stage import Anchor, Cue, Stage
from rules.events.telling import is_told
from rules.events.yielding import yields
from rules.model import Figure, Mention

_RESULTS = frozenset({"earnings", "revenue"})
_FORECASTS = frozenset({"rating", "guidance", "supply"})
_JUDGED = _FORECASTS | {"earnings", "revenue", "capex", "order", "product", "price_move"}
_FORETOLD = frozenset({"capex", "rating", "dividend"})
_OPINIONS = frozenset({"guidance", "investment", "rating"})
_TAGS = {"〈": "〉", "[": "]", "【": "】", "《": "》"}
_LONGEST = 8  # folded characters of an index's name
_BESIDE = 3  # folded characters between 資本支出 and 看增


class Statement(NamedTuple):
    """One telling of an event, by the words at ``anchor``.

    ``worth`` says how good it is as evidence: the greater the better. ``precedent`` where it only
    says that it happened to them before (繼微軟之後).
    """

    anchor: Anchor
    symbols: tuple[str, ...]
    background: bool
    figures: tuple[Figure, ...]
    worth: tuple[bool, bool, bool, bool, bool, int]
    precedent: bool = False

    @property
    def kind(self) -> str:
        """The kind of event it tells of."""
        return self.anchor.wording.kind

    @property
    def company(self) -> str:
        """The first symbol it happened to, or an empty string."""
        return self.symbols[0] if self.symbols else ""


def statements(
    view: Stage, mentions: tuple[Mention, ...], figures: tuple[Figure, ...]
) -> Iterator[Statement]:
    """Every telling of an event in the article, in order of position."""
    if not view.anchors:
        return
    cast = Cast(view, mentions)
    measures = Measures(view, figures)
    told = [a for a in view.anchors if is_told(view, a, measures)]
    others = _others(view, cast, told)
    for anchor in told:
        owners = _owners(view, cast, anchor)
        if owners is None or (anchor.wording.kind in others and not owners.symbols):
            continue
        yield from _tell(view, anchor, owners, measures)


def _others(view: Stage, cast: Cast, told: Iterable[Anchor]) -> frozenset[str]:
    """The kinds of what only authorities or persons do, where the headline names no company.

    再生水廠動土, of which the text says 政府宣布將興建再生水廠, is no company's plant.
    """
    document = view.scene.document
    if not document.title_end or view.scene.names_in(0, document.title_end):
        return frozenset()
    acts = vocabulary().lists["scope.own_acts"]
    text = [a for a in told if a.wording.kind in acts and not document.in_title(a.start)]
    return frozenset([a.wording.kind for a in text if cast.owners(a).nobody])


def _owners(view: Stage, cast: Cast, anchor: Anchor) -> Owners | None:
    """Whose it is, or None where the wording needs more than there is."""
    needs = anchor.wording.needs
    if "stock" in needs:
        return _stock(view, cast, anchor)
    if _lacks(view, cast, anchor):
        return None
    owners = cast.owners(anchor)
    if owners.nobody:
        return None
    if anchor.wording.kind == "supply" and owners.carried and _of_goods(view, anchor):
        return Owners(())
    if anchor.wording.kind in _FORECASTS or _is_told_by(view, anchor, owners):
        owners = _rated(owners, cast, view, anchor)
    if anchor.wording.kind == "ipo":  # 獲港交所核准: others list there
        venues = vocabulary().lists["scope.venues"]
        owners = replace(owners, symbols=tuple(s for s in owners.symbols if s not in venues))
    if "public" in needs:
        return Owners(())
    if "company" in needs and not owners.symbols:
        if owners.stranger and anchor.wording.kind not in PUBLIC:
            fallen = anchor.wording.kind == "outage" and view.scene.in_headline(anchor.start)
            return owners if fallen else None
        return owners if nameless_headline(view, anchor) else None
    return owners


def _lacks(view: Stage, cast: Cast, anchor: Anchor) -> bool:
    """Whether something is missing, or in the way, that is not about whose it is."""
    kind = anchor.wording.kind
    if kind in _OPINIONS and view.is_personal and not _is_official(view, anchor):
        return True
    if kind == "investment" and (cast.is_trade(anchor) or _in_markets(view, anchor)):
        return True
    if kind == "outage" and view.cues_in("telling.guards", *anchor.clause):
        return True
    if kind in _RESULTS and _lies_ahead(view, anchor):
        return True
    if yields(view, anchor) or not meets(view, cast, anchor):
        return True
    return kind == "guidance" and (
        _foretells_another(view, anchor)
        or _only_tagged(view, anchor)
        or _appointed(view, anchor)
        or _is_of_others(view, anchor)
    )


def _in_markets(view: Stage, anchor: Anchor) -> bool:
    """Whether it is only money put into a market: 投資組合增持黃金, 加碼投資歐股."""
    text = view.scene.document.text
    cues = view.cues_in("scope.markets", anchor.start, anchor.clause[1])
    # 投資100億日圓 is so much money, 減持供應鏈 a stake.
    return any(
        text[c.start - 1] not in "亿万兆" and text[c.start : c.end] != "供应链" for c in cues
    )


def _lies_ahead(view: Stage, anchor: Anchor) -> bool:
    """Whether it is only an outlook: 拚明年營收翻倍 tells of no revenue."""
    if anchor.wording.kind == "earnings" and _is_forecast(view, anchor):
        return True
    start, end = anchor.clause
    if not view.cues_in("telling.ahead", start, end):
        return False
    return any(a.wording.kind == "guidance" for a in view.anchors_near(start, end))


def _is_forecast(view: Stage, anchor: Anchor) -> bool:
    """Whether it is what somebody expects of results: 預計第一季營收…."""
    if anchor.wording.kind not in _RESULTS:
        return False
    near = view.anchors_near(anchor.clause[0], anchor.start)
    return any(a.wording.kind == "guidance" and anchor.start < a.end for a in near)


def _is_official(view: Stage, anchor: Anchor) -> bool:
    """Whether somebody whose word it is stands in the clause or headline, in a forum's post too."""
    return bool(view.cues_in("telling.officials", *anchor.clause))


def _of_goods(view: Stage, anchor: Anchor) -> bool:
    """Whether it is said of a trade's goods: 面板報價回溫 in a text about a panel maker."""
    return bool(view.cues_in("scope.goods", anchor.clause[0], anchor.end))


def _only_tagged(view: Stage, anchor: Anchor) -> bool:
    """Whether a tag says where it was said, and the headline what: 〈智原法說〉Q1純益年減.

    A tag is the event where the headline tells of no other or speaks of a time to come.
    """
    text, end = view.scene.document.text, view.scene.headline_end
    if text[:1] not in _TAGS or not view.scene.in_headline(anchor.start):
        return False
    close = text.find(_TAGS[text[0]], 0, end)
    if not anchor.end <= close or "法说" not in text[anchor.start : anchor.end]:
        return False
    return bool(view.anchors_near(close, end)) and not view.cues_in("telling.coming", close, end)


def _is_of_others(view: Stage, anchor: Anchor) -> bool:
    """Whether what is expected is a market's or an economy's, or somebody only likes a share.

    國泰金看好升息循環尾聲, 外資示警台積電估值過高; but 法人看好台積電明年營運 is an outlook.
    """
    end = anchor.clause[1]
    if view.cues_in("telling.business", anchor.start, end):
        return False
    if view.cues_in("scope.macro", anchor.head_end, end):
        return True
    names = view.scene.names_in(anchor.end, end)
    liked = anchor.head_end == anchor.end and names and names[0].start - anchor.end <= 1
    return bool(liked) and not view.cues_in("telling.ahead", names[0].end, end)


def _appointed(view: Stage, anchor: Anchor) -> bool:
    """Whether it only says when they will speak: 法說會訂30日登場."""
    if "法说" not in view.scene.document.text[anchor.start : anchor.end]:
        return False
    return bool(view.cues_in("telling.appointed", anchor.head_end, anchor.clause[1]))


def _foretells_another(view: Stage, anchor: Anchor) -> bool:
    """Whether what is forecast is an event of its own: 資本支出看增兩成, raises capex forecast."""
    near = view.anchors_near(anchor.start - _BESIDE * 3, anchor.end + _BESIDE)
    return any(
        a.wording.kind in _FORETOLD
        and a.start != anchor.start
        and a.end >= anchor.start - _BESIDE
        and a.clause == anchor.clause
        for a in near
    )


def _is_told_by(view: Stage, anchor: Anchor, owners: Owners) -> bool:
    """Whether the owner is a house whose word on others it is: 瑞士信貸:金價有望….

    What houses do themselves they tell too: 花旗:裁員計畫已完成過半.
    """
    if anchor.wording.kind not in _JUDGED:
        return False
    brokers = vocabulary().lists["scope.brokers"]
    if not any(symbol in brokers for symbol in owners.symbols):
        return False
    text = view.scene.document.text
    return any(
        text[n.end : n.end + 1] == ":" for n in view.scene.named if n.symbol in owners.symbols
    )


def _rated(owners: Owners, cast: Cast, view: Stage, anchor: Anchor) -> Owners:
    """A house that rates others is not who was rated."""
    brokers = vocabulary().lists["scope.brokers"]
    rated = tuple(s for s in owners.symbols if s not in brokers)
    if not rated:
        end = view.scene.clause(anchor.end)[1]
        rated = tuple(s for s in cast.inside(anchor, end) if s and s not in brokers)
    return Owners(rated, owners.precedents)


def _stock(view: Stage, cast: Cast, anchor: Anchor) -> Owners | None:
    """Whose share price moved: nobody's where the clause is about a market, a metal, an index."""
    if view.is_personal and view.cues_in("telling.cases", *anchor.clause):
        return None
    if "forum" in anchor.wording.needs:
        return forum_move(view, cast, anchor)
    start = anchor.clause[0]
    named = cast.in_clause(anchor)
    if "near" in anchor.wording.needs and not cast.is_named_near(anchor):
        return None
    markets = view.cues_in("scope.markets", start, anchor.head_end)
    if named and markets and view.scene.document.text[named.end : named.end + 1] == "等":
        markets = ()  # 滴滴等中概股: they fell, too
    if markets and (named is None or markets[-1].start >= named.end):
        return _bourse(view, anchor, markets[-1])
    if named is None and (market := _headline_market(view, anchor)):
        return _bourse(view, anchor, market)
    inside = view.cues_in("scope.prices", start, anchor.end)
    others = view.cues_in("scope.measures", named.end if named else start, anchor.start)
    if others and view.ways_in(others[-1].end, anchor.start):
        others = ()  # 獲利縮水重挫: the share's, after all
    if others and (not inside or inside[-1].start < others[-1].start):
        return None
    if named is None and not inside and anchor.start - start > 6:
        return None
    owners = cast.owners(anchor)
    if _is_told_by(view, anchor, owners):
        return None  # 美銀:標普新一輪下跌在路上
    if owners.carried and (not inside or view.scene.document.in_title(anchor.start)):
        return None
    return owners if owners.symbols else None


def _headline_market(view: Stage, anchor: Anchor) -> Cue | None:
    """The market that a headline without names is about: 〈台股盤後〉小漲39點."""
    end = view.scene.headline_end
    if anchor.start >= end or view.scene.names_in(0, end):
        return None
    markets = view.cues_in("scope.markets", 0, anchor.head_end)
    return markets[0] if markets else None


def _bourse(view: Stage, anchor: Anchor, market: Cue) -> Owners | None:
    """In a headline the shares of a country or trade move, as nobody's; metals and rates do not."""
    if not view.scene.in_headline(anchor.start):
        return None
    bourses = view.cues_in("scope.bourses", market.start - _LONGEST, market.end)
    near = bourses and market.end - bourses[-1].end <= len("指數")
    return Owners(()) if near else None


def _is_long_run(view: Stage, anchor: Anchor) -> bool:
    """Whether a share's move is that of a year or more, which says less of today: 今年下跌3.6%.

    So do those of others that the next sentence adds without a time of its own.
    """
    if anchor.wording.kind != "price_move":
        return False
    sentences = view.scene.document.sentences
    own = sentences[anchor.number]
    if view.cues_in("telling.spans", own.start, anchor.end):
        return True
    if not anchor.number or view.cues_in("telling.days", own.start, anchor.end):
        return False
    last = sentences[anchor.number - 1]
    spans = view.cues_in("telling.spans", last.start, last.end)
    return (
        any(a.wording.kind == "price_move" for a in view.anchors_near(spans[0].end, last.end))
        if spans
        else False
    )


def _tell(view: Stage, anchor: Anchor, owners: Owners, measures: Measures) -> Iterator[Statement]:
    near = measures.of(anchor, owners.symbols)
    if "people" in anchor.wording.needs and not measures.counts_people(anchor):
        return
    old = is_background(view, anchor)
    title = view.scene.document.in_title(anchor.start)
    told = bool(near) and not _is_forecast(view, anchor)
    # What several did together measures none of them as well as its own telling does.
    alone = len(owners.symbols) <= 1
    worth = (title, not _is_long_run(view, anchor), told, alone, not owners.carried, -anchor.start)
    together = anchor.wording.kind == "mna"
    groups = [owners.symbols] if together else [(symbol,) for symbol in owners.symbols]
    for symbols in groups or [()]:
        yield Statement(anchor, symbols, old, near, worth)
    for symbol in owners.precedents:
        if symbol not in owners.symbols:
            worth = (False, False, False, False, False, -anchor.start)
            yield Statement(anchor, (symbol,), True, (), worth, precedent=True)
