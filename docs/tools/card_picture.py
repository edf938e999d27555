"""Draws an alert as Telegram shows it, for the README: python docs/tools/card_picture.py

The article is written for this purpose, read by the real engine and rendered by the real code.
Needs Chromium and a Chinese font (Debian: chromium fonts-noto-cjk fonts-noto-color-emoji).
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.channels.html import to_html
from bot.delivery.render import Tokens, alert
from bot.messages import Message
from rules.engine import Engine
from rules.index import RuleIndex
from rules.language import parse
from rules.model import Article
from storage.rows import Chat, StoredArticle, StoredRule

PICTURES = Path(__file__).parents[1] / "pictures"
NOW = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
# The rule, the article, its outlet and address, and how high the picture is.
ARTICLES = {
    "zh-TW": (
        "AMZN 裁員",
        "亞馬遜證實全球裁員1.6萬人，今年資本支出估達2,000億美元",
        "亞馬遜（AMZN）週二證實，將在全球裁員1.6萬人，主要影響零售與人資部門，受影響員工本週內會接到通知。"
        "公司同時預估，今年資本支出約2,000億美元，多數投入雲端資料中心與自研晶片。"
        "上一季營收為1,801.7億美元，年增13%。",
        ("島嶼財經", "https://news.example/amzn-2026"),
        418,
    ),
    "en": (
        "AMZN layoff",
        "Amazon to lay off 16,000 employees in a second round of job cuts",
        "Amazon (AMZN) said on Tuesday it will lay off 16,000 employees, mostly in retail and human"
        " resources. The company expects capital expenditures of about $200 billion this year, most"
        " of it for data centers and its own chips. Revenue was $180.17 billion last quarter.",
        ("Island Finance", "https://news.example/amzn-2026-en"),
        442,
    ),
}
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; width: 560px; background: #c5d6c1; padding: 18px;
  font: 16px/1.42 "Noto Sans CJK TC", "Noto Sans", "Noto Color Emoji", sans-serif; color: #111; }}
.bubble {{ background: #fff; border-radius: 14px; padding: 10px 14px 6px; white-space: pre-wrap; }}
.bubble a {{ color: #2678b6; text-decoration: none; }}
.time {{ text-align: right; font-size: 12px; color: #8a9a86; }}
.row {{ display: flex; gap: 4px; margin-top: 4px; }}
.row div {{ flex: 1; text-align: center; padding: 8px 4px; border-radius: 9px; color: #fff;
  background: rgba(70, 95, 65, .62); font-weight: 500; }}
</style><div class="bubble">{text}<div class="time">14:06</div></div>{rows}"""


def card(lang: str) -> Message:
    """The alert that a chat of this language gets for the article."""
    typed, title, text, (outlet, url), _ = ARTICLES[lang]
    article = Article("1", title, text, "feed", NOW, outlet=outlet, url=url, published_at=NOW)
    analysis = Engine().analyse(article)
    rule = parse(typed)
    index = RuleIndex()
    index.add(1, rule.term)
    [match] = index.match(analysis.document, analysis.reading)
    return alert(
        StoredArticle(1, article, analysis.reading, 1),
        (StoredRule(1, 1, typed, rule.canonical, NOW),),
        match.evidence,
        Chat(1, "telegram", "1", "", lang, "Asia/Taipei", "active"),
        NOW,
        buttons=Tokens("m", "s", not_relevant="n", judge="j"),
    )


def page(message: Message) -> str:
    """The message in a bubble with its buttons below."""
    rows = "".join(
        '<div class="row">' + "".join(f"<div>{escape(b.label)}</div>" for b in row) + "</div>"
        for row in message.buttons
    )
    return PAGE.format(text=to_html(message), rows=rows)


def draw(lang: str) -> Path:
    """Write ``docs/pictures/alert.<lang>.png`` and return its path."""
    PICTURES.mkdir(exist_ok=True)
    target = PICTURES / f"alert.{lang}.png"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "card.html")
        source.write_text(page(card(lang)), encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        size = [f"--window-size=596,{ARTICLES[lang][-1]}", "--force-device-scale-factor=1.5"]
        command = ["chromium", *options, *size, f"--screenshot={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    return target


if __name__ == "__main__":
    for lang in ARTICLES:
        draw(lang)
