"""Whether an event is told as fact, rumour or denial, as news or as history, and which way."""

from __future__ import annotations

import re
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.denial import DENIED_WITHIN, denied_after
from rules.events.stage import Anchor, Cue, Stage, Way
from rules.model import Direction, Stance
from rules.sentences import Sentence

_DENIAL_REACH = 16
_DIRECTION_REACH = 18
_NEXT_CLAUSE = 6
_OLD_MONTHS = 2
_NOUN_ENDS = frozenset(",。;的 、")
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?年(?:\s?(\d{1,2})\s?月)?|(?:in|since|of) ((?:19|20)\d\d)(?!\d)"
)


def stance(stage: Stage, anchor: Anchor) -> Stance:
    """How the article says it: denied, rumoured or (where nothing says otherwise) confirmed."""
    sentence = stage.scene.document.sentences[anchor.number]
    start, end = anchor.clause
    start = max(start, sentence.start)
    if _is_plain(stage, anchor):
        denied = _denied_before(stage, anchor, start)
        asked = not denied and _asked(stage, anchor, start, end)
        return Stance.DENIED if denied else Stance.RUMOURED if asked else Stance.CONFIRMED
    decided = stage.cues_in("rumoured.decided", start, anchor.start)
    if _denied_before(stage, anchor, start) or denied_after(stage, anchor, end, bool(decided)):
        return Stance.DENIED
    if anchor.wording.kind == "price_move":
        return Stance.CONFIRMED  # 因傳聞大漲: what happened on the exchange did happen
    if _talked_of(stage, anchor, start, end, sentence):
        settled = stage.cues_in("rumoured.settled", anchor.end, sentence.end)
        return Stance.CONFIRMED if settled else Stance.RUMOURED
    if _asked(stage, anchor, start, end):
        return Stance.RUMOURED
    doubts = stage.cues_in("rumoured.clause", start, anchor.start) or stage.cues_in(
        "rumoured.after", anchor.end, end
    )
    if doubts and not decided and anchor.wording.kind not in _RESULTS:
        return Stance.RUMOURED
    return Stance.CONFIRMED


def _is_plain(stage: Stage, anchor: Anchor) -> bool:
    """Whether no word in reach makes talk of it or takes it back; true of most sentences."""
    number = anchor.number
    near = range(number, number + DENIED_WITHIN + 1)
    return stage.doubted.isdisjoint(near) and not stage.scene.document.in_title(anchor.start)


def _talked_of(stage: Stage, anchor: Anchor, start: int, end: int, sentence: Sentence) -> bool:
    """Whether somebody is said to say so: 據傳, 知情人士, reportedly."""
    if stage.cues_in("rumoured.sentence", sentence.start, sentence.end):
        return True
    if anchor.wording.kind not in _RESULTS and stage.cues_in("rumoured.anywhere", start, end):
        return True
    if _lone_rumour(stage, start, anchor.start):
        return True
    if anchor.wording.kind in _RESULTS or not stage.scene.in_headline(anchor.start):
        return False
    if stage.scene.names_in(start, anchor.start):
        return False
    return _lone_rumour(stage, sentence.start, anchor.start)  # 傳福斯降成本 CEO有意裁員


def announced(stage: Stage, anchor: Anchor) -> bool:
    """Whether the sentence says that it was announced or resolved: 宣布，擬以… is no mere talk."""
    sentence = stage.scene.document.sentences[anchor.number]
    talk = stage.cues_in("rumoured.sentence", sentence.start, sentence.end)
    return bool(not talk and stage.cues_in("rumoured.decided", sentence.start, anchor.start))


def planned(stage: Stage, anchor: Anchor) -> bool:
    """Whether its clause only says that somebody means to: 擬, plans to."""
    start = anchor.clause[0]
    plan = stage.cues_in("rumoured.planned", start, anchor.start)
    return bool(plan) and not stage.cues_in("rumoured.decided", start, anchor.start)


_DECIDED = frozenset(
    {"layoff", "mna", "investment", "leadership", "offering", "ipo", "capex", "buyback", "outage"}
)
_RESULTS = frozenset({"guidance", "dividend", "price_move", "earnings", "revenue"})


def _asked(stage: Stage, anchor: Anchor, start: int, end: int) -> bool:
    """Whether the clause asks whether it happened; 為何大跌? takes it for granted."""
    text = stage.scene.document.text
    if text[end : end + 1] != "?" or anchor.wording.kind not in _DECIDED:
        return False
    return not stage.cues_in("rumoured.granted", start, end)


def _denied_before(stage: Stage, anchor: Anchor, start: int) -> bool:
    text = stage.scene.document.text
    cues = stage.cues_in(
        "denied.before", max(start, anchor.start - _DENIAL_REACH * 2), anchor.start
    )
    return any(_filler().fullmatch(_nameless(stage, c.end, anchor.start, text)) for c in cues)


def _nameless(stage: Stage, start: int, end: int, text: str) -> str:
    """``text[start:end]`` without the names of companies in it."""
    names = stage.scene.names_in(start, end)
    if not names:
        return text[start:end]
    places = zip((start, *(n.end for n in names)), (*(n.start for n in names), end), strict=True)
    return "".join([text[left:right] for left, right in places])


@lru_cache(maxsize=1)
def _filler() -> re.Pattern[str]:
    words = sorted(vocabulary().lists["denied.filler"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}|[\s“”「」'\"])*")


def _lone_rumour(stage: Stage, start: int, end: int) -> bool:
    """Whether a lone 傳 opens the clause, stands beside a name, or right before the event."""
    text, scene = stage.scene.document.text, stage.scene
    for cue in stage.cues_in("rumoured.alone", start, end):
        near = scene.names_in(cue.start - 20, cue.end + 20)
        if any(n.start <= cue.start and cue.end <= n.end for n in near):
            continue  # 遠傳
        if cue.end == end or any(cue.start in {n.end, n.end + 1} for n in near):
            return True
        if any(n.start - cue.end in {0, 1} for n in near) or cue.start == start:
            return True
        before = text[start : cue.start].rstrip()
        if not before.strip("〈[【「") or before[-1] in "〉]】」":
            return True
    return False


def is_background(stage: Stage, anchor: Anchor) -> bool:
    """Whether the event is told as history: 曾, a past year, 三個月前, the last round."""
    if anchor.number not in stage.dated:
        return False
    sentence = stage.scene.document.sentences[anchor.number]
    if anchor.wording.kind == "price_move":
        return bool(stage.cues_in("background.results_words", sentence.start, anchor.start))
    results = anchor.wording.kind in vocabulary().lists["background.results"]
    start = _since(stage, anchor, sentence)
    clause = anchor.clause[0]
    category = "background.results_words" if results else "background.words"
    if stage.cues_in(category, max(start, clause), anchor.start):
        return True
    if not results and not _opens_anew(stage, clause):
        earlier = stage.cues_in(category, start, clause)
        if any(not _dates_results(stage, cue) for cue in earlier):
            return True
    return _past_year(stage, anchor, start, results)


def _dates_results(stage: Stage, cue: Cue) -> bool:
    """Whether it only says which year's results are meant: 通過去年盈餘分派案."""
    results = vocabulary().lists["background.results"]
    return any(a.wording.kind in results for a in stage.anchors_near(cue.end, cue.end + 3))


def _opens_anew(stage: Stage, clause: int) -> bool:
    """Whether the clause follows a blank, as the parts of a headline do, and not a comma."""
    return clause > 0 and stage.scene.document.text[clause - 1] == " "


def _since(stage: Stage, anchor: Anchor, sentence: Sentence) -> int:
    """Where the present began again in this sentence, before the event."""
    now = stage.cues_in("background.now", sentence.start, anchor.start)
    words = stage.cues_in("background.words", sentence.start, anchor.start)
    latest: Cue | None = None
    text = stage.scene.document.text
    for cue in now:
        if text[cue.start : cue.end] == "计划" and text[cue.end : cue.end + 1] in _NOUN_ENDS:
            continue  # 一項合作計畫,
        if not any(w.start <= cue.start and cue.end <= w.end for w in words):
            latest = cue
    return latest.end if latest else sentence.start


def _past_year(stage: Stage, anchor: Anchor, start: int, results: bool) -> bool:
    at = stage.scene.document.article.at
    text = stage.scene.document.text
    found = None
    for match in _YEAR.finditer(text, start, anchor.start):
        found = match
    if found is None:
        return False
    year, month = int(found[1] or found[3]), int(found[2] or 12)
    before = text[max(start, found.start() - 2) : found.start()]
    if any(word in before for word in ("较", "比", "至", "到", "从")):
        return False
    age = (at.year - year) * 12 + at.month - month
    if results:
        return age > 18
    return age >= _OLD_MONTHS and year <= at.year


def direction(stage: Stage, anchor: Anchor) -> Direction | None:
    """Which way it went: by its own words, or by the nearest word of direction in its clause."""
    if anchor.wording.direction is not None:
        return anchor.wording.direction
    if anchor.wording.kind not in vocabulary().lists["direction.kinds"]:
        return None
    key = (anchor.start, anchor.end, id(anchor.wording))
    if key not in stage.directions:
        stage.directions[key] = _direction(stage, anchor)
    return stage.directions[key]


def _direction(stage: Stage, anchor: Anchor) -> Direction | None:
    kind = anchor.wording.kind
    start, end = anchor.clause
    following = next(
        (a.start for a in stage.anchors_near(anchor.end, end) if a.wording.kind != kind), end
    )
    latin = stage.scene.document.text[anchor.start].isascii()
    reach = _DIRECTION_REACH * (2 if latin else 1)  # English says the same in twice the letters
    names = stage.scene.names_in  # A設廠、B下修展望: a name parts what is said of others
    near = stage.ways_in(max(start, anchor.start - reach), min(end, anchor.end + reach))
    if stage.scene.named:
        near = [w for w in near if not names(*_between(anchor, w))]
    if not near:
        return _direction_after(stage, anchor, end) or anchor.wording.usually
    best = min(near, key=lambda way: (_cost(anchor, way, following), _ORDER[way.direction]))
    return best.direction


def _between(anchor: Anchor, way: Way) -> tuple[int, int]:
    """The range between the event's words and a word of direction after them; else nothing."""
    return (anchor.end, way.start) if way.start >= anchor.end else (way.end, way.end)


_ORDER = {way: number for number, way in enumerate(Direction)}


def _direction_after(stage: Stage, anchor: Anchor, end: int) -> Direction | None:
    """The direction that the next clause opens with: 营收2134亿美元,年增14%."""
    scene = stage.scene
    sentence = scene.document.sentences[anchor.number]
    if end >= sentence.end:
        return None
    if any(a.wording.kind != anchor.wording.kind for a in stage.anchors_near(anchor.end, end + 4)):
        return None
    latin = scene.document.text[anchor.start].isascii()
    limit = min(sentence.end, end + _NEXT_CLAUSE * (2 if latin else 1))
    if scene.document.text[end] == " ":  # a headline's next part, of the same thing if of no other
        part = scene.clause(end + 1)[1]
        if scene.names_in(end, part) or stage.anchors_near(end, part):
            return None
        limit = min(sentence.end, part)
    found = stage.ways_in(end, limit)
    return min(found, key=lambda way: (way.start, -way.end)).direction if found else None


def _cost(anchor: Anchor, cue: Way, following: int) -> int:
    """Nearness; what follows the event's words says more than what comes before them."""
    if cue.start >= anchor.end:
        return (
            2 * (cue.start - anchor.end)
            + (20 if cue.start >= following else 0)
            - (cue.end - cue.start)
        )
    if cue.end <= anchor.start:
        return 2 * (anchor.start - cue.end) + 6 - (cue.end - cue.start)
    return -10 - (cue.end - cue.start)
