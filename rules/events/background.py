"""Whether an event is told as news or as history."""

from __future__ import annotations

import re
from functools import lru_cache

from rules.events.catalogue import vocabulary
from rules.events.stage import Anchor, Cue, Stage
from rules.sentences import Sentence

_OLD_MONTHS = 2
_PLANS = frozenset({"计划", "计画"})
_OLD_RESULTS = 18  # months; results are about a past period by nature
_AFTER = 60  # folded characters between an event and an English word of time after it
_NOUN_ENDS = frozenset(",。;的 、")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?年(?:\s?(\d{1,2})\s?月)?"
    r"|(?:in|since|of|until|during) (?:(?:early|mid|late)[- ])?"
    r"(?:([a-z]{3})[a-z]* )?((?:19|20)\d\d)(?!\d)"
)
_MANY = "[一二两三四五六七八九十数多几]"
_AGO = re.compile(rf"(?:(?<!\d)\d{{1,2}}|{_MANY})(?:多|余|几)?$")
# 裁員風暴過後一年: so much time has gone by since.
_SINCE = re.compile(
    rf"[^,。;]{{0,6}}?(?:之后|过后)(?:约|近|逾)?(?:\d{{1,2}}|{_MANY}+)多?(?:年|个月)"
)
_COPULA = re.compile(r"(?:在|于|到|是)(?:约|近|了)?$")
_COMPARED = ("较", "比", "从")
_UP_TO = ("至", "到", "-", "~")


def is_background(stage: Stage, anchor: Anchor) -> bool:
    """Whether the event is told as history: 曾, a past year, 三個月前, the last round."""
    if anchor.number not in stage.dated:
        return False
    sentence = stage.scene.document.sentences[anchor.number]
    if anchor.wording.kind == "price_move":
        return bool(stage.cues_in("background.results_words", sentence.start, anchor.start))
    results = anchor.wording.kind in vocabulary().lists["background.results"]
    start = _since(stage, anchor, sentence)
    if _words_before(stage, anchor, start, results) or _past_year(stage, anchor, start, results):
        return True
    return not results and _dated_after(stage, anchor)


def _words_before(stage: Stage, anchor: Anchor, start: int, results: bool) -> bool:
    """Whether a word of an earlier time stands before it: 曾, 去年, previously."""
    clause = anchor.clause[0]
    category = "background.results_words" if results else "background.words"
    if _times(stage, category, max(start, clause), anchor.start):
        return True
    if results or _opens_anew(stage, clause):
        return False
    return any(not _dates_results(stage, c) for c in _times(stage, category, start, clause))


def _times(stage: Stage, category: str, start: int, end: int) -> list[Cue]:
    """The words of an earlier time there, 九年前 among them."""
    text = stage.scene.document.text
    ago = stage.cues_in("background.ago", start, end)
    numbered = [c for c in ago if _AGO.search(text, max(start, c.start - 4), c.start)]
    return [*stage.cues_in(category, start, end), *numbered]


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
        if text[cue.start : cue.end] in _PLANS and text[cue.end : cue.end + 1] in _NOUN_ENDS:
            continue  # 一項合作計畫,
        if not any(w.start <= cue.start and cue.end <= w.end for w in words):
            latest = cue
    return latest.end if latest else sentence.start


def _past_year(stage: Stage, anchor: Anchor, start: int, results: bool) -> bool:
    """Whether the last year named before it is past, not counting what it is compared with."""
    text = stage.scene.document.text
    end = anchor.start + (text[anchor.start] == "年")  # 2022年配發: a word may begin with the 年
    found = last = None
    for match in _YEAR.finditer(text, start, end):
        before = text[max(start, match.start() - 2) : match.start()]
        if any(word in before for word in _COMPARED):
            continue
        if any(word in before for word in _UP_TO) and (last is None or match.start() - last > 6):
            continue
        found, last = match, match.end()
    return found is not None and _is_past(stage, found, results)


def _is_past(stage: Stage, found: re.Match[str], results: bool) -> bool:
    at = stage.scene.document.article.at
    year, month = int(found[1] or found[4]), int(found[2] or 12)
    if found[3] in _MONTHS:
        month = _MONTHS.index(found[3]) + 1
    age = (at.year - year) * 12 + at.month - month
    return age > _OLD_RESULTS if results else age >= _OLD_MONTHS and year <= at.year


def _dated_after(stage: Stage, anchor: Anchor) -> bool:
    """Whether its time is told after it: cut jobs in April 2024, 收購三年後, 停電發生在兩年前."""
    text, end = stage.scene.document.text, anchor.clause[1]
    if stage.cues_in("background.now", stage.clause_start(anchor), anchor.start):
        return False
    if not stage.is_latin(anchor.start):
        return bool(_SINCE.match(text, anchor.end, end)) or any(
            _COPULA.search(text, anchor.end, place) for place in _told_times(stage, anchor, end)
        )
    end = min(end, anchor.end + _AFTER)
    return any(
        not stage.other_between(anchor, anchor.end, place)
        and not _subordinate().search(text, anchor.end, place)
        for place in _told_times(stage, anchor, end)
    )


def _told_times(stage: Stage, anchor: Anchor, end: int) -> list[int]:
    """Where words of an earlier time begin between the event and ``end``."""
    text = stage.scene.document.text
    years = [m for m in _YEAR.finditer(text, anchor.end, end) if _is_past(stage, m, False)]
    places = [c.start for c in stage.cues_in("background.words", anchor.end, end)]
    for cue in stage.cues_in("background.ago", anchor.end, end):
        match = _AGO.search(text, max(anchor.end, cue.start - 4), cue.start)
        places += [match.start()] if match else []
    return places + [m.start() for m in years]


@lru_cache(maxsize=1)
def _subordinate() -> re.Pattern[str]:
    """Words after which something else is told, with a time of its own."""
    words = sorted(vocabulary().lists["background.subordinate"])
    return re.compile("|".join(rf"\b{re.escape(w)}\b" for w in words))
