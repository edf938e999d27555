"""Whether a headline says in words what is expected of a business, as an analyst reads it.

The yardstick of the recall of outlooks; made without looking at what the program finds. A part of
a headline counts where it has a word of expecting (EXPECTS, BARE), says how far orders reach
(REACH), or joins a time that can only be to come with how it will be (TIME, TREND). 今年 and Q3
alone are as often of results. What speaks of another kind of event (OTHER: a plant, a listing, an
approval, results of the past) is that event's.
"""

from __future__ import annotations

import re

EXPECTS = (
    "可望|有望|可期|預期|預計|預估|預告|預料|料將|看好|看旺|看俏|看淡|看增|看減|看升|看漲|上看"
    "|挑戰|力拚|力拼|力爭|拚|拼(?!圖|裝|板)|目標(?!價)|樂觀|保守|審慎|謹慎|正向|悲觀|展望|財測|指引"
    "|能見度|放眼|瞄準|期待|期許|期盼|喊衝|喊出"
)
BARE = (
    "(?<![評低高市推])估(?![值計價]|算)|估計|(?:將|恐|續|再|可).{0,6}?(?:成長|增|減|升|揚|旺|強|弱|淡|溫"
    "|新高|高峰|好轉|改善|放量|爆發|貢獻|轉盈|翻|衰退|下滑|滿載|發酵|加速|突破|超越|優於)"
)
REACH = "(?:看|排|滿|接|塞|爆|訂)(?:到|至|抵)|滿手|滿載到|已到(?:明|年|第|Q)"
TIME = "明年|後年|明後年|今、明兩?年|今明年|來年|下半年|下季|次季|下月|未來|[3三5五]年內"
TREND = (
    "成長|年增|季增|月增|逐季|逐月|倍增|翻倍|倍數|新高|高峰|走高|走揚|走升|攀升|攀高|回溫|回升|回穩"
    "|升溫|加溫|轉強|轉旺|續旺|更旺|最旺|更好|不淡|不旺|旺$|動能|強勁|好轉|改善|轉盈|轉正|放量"
    "|爆發|發酵|滿載|貢獻|突破|優於|優今年|優去年|勝今年|勝去年|超越|占比|達[一二三四五六七八九\\d]|逾"
    "|衝|雙位數|落底|谷底|復甦|衰退|下滑|放緩|趨緩|減|疲|持平|加速|看|無虞|利多|大增|續增|續揚|續強"
)
OTHER = (
    "資本支出|擴產|新廠|建廠|設廠|廠房|投產|產能(?!滿|利用)|IPO|上市|上櫃|興櫃|掛牌|藥證|取證|臨床"
    "|審查|私募|增資|募資|融資|公司債|配息|股利|殖利率|收購|併購|入股|持股|標案|簽約|簽長約|認證"
    "|漲價|漲幅|招募|淨零|綠電|RE100|去年|前三季|EPS \\d"
)
_PAST = re.compile("去年|上季|上月")
_SAID = re.compile(f"{EXPECTS}|{BARE}|{REACH}")
_AHEAD = re.compile(f"(?:{TIME}).{{0,14}}?(?:{TREND})")


def tells_outlook(headline: str) -> bool:
    """Whether a part of ``headline`` says what is expected of a business."""
    parts = re.split("[ 、,,]", headline)
    return any(_is_outlook(part) and not re.search(OTHER, part) for part in parts)


def _is_outlook(part: str) -> bool:
    return bool(_SAID.search(part) or (_AHEAD.search(part) and not _PAST.search(part)))
