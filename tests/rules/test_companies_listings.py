"""Each entry of the listings, in whatever file: strong names alone, weak ones with help."""

from __future__ import annotations

from functools import lru_cache

import pytest

from rules import companies
from rules.companies.names import Name, is_code
from rules.companies.records import FILES, Record, merge, packaged
from rules.text import folded
from tests.rules.companies_found import symbols

NEUTRAL = "大家最近都在談 {} 。"
INSIDE = "昨天有人說起{}的事"  # neither opens a clause nor stands beside a company's words
OWN_WORDS = "{}營收創新高，法人看好股價"
HELPED = -4.0  # a weaker name is nobody's but with its code beside it


@lru_cache(maxsize=1)
def records() -> dict[str, Record]:
    return merge(packaged())


def names() -> dict[str, Name]:
    return dict(companies.directory().names)


def owner(name: str, record: Record) -> bool:
    """Whether ``record`` is the likeliest company of the name: a few share one."""
    return names()[folded(name)].symbols[0] == record.symbol


def strong() -> list[tuple[str, str]]:
    return [
        (record.symbol, name)
        for record in records().values()
        for name in record.strong
        if not is_code(name) and folded(name) in names() and owner(name, record)
    ]


def weak() -> list[tuple[Record, str, float]]:
    found = []
    for record in records().values():
        for entry in record.weak:
            name = entry.rpartition(":")[0] or entry
            known = names().get(folded(name))
            if known and owner(name, record):
                found.append((record, name, known.prior))
    return found


def test_every_strong_name_finds_its_company_alone() -> None:
    missed = [
        (symbol, name) for symbol, name in strong() if symbol not in symbols(NEUTRAL.format(name))
    ]

    assert len(strong()) > 4500
    assert not missed


def test_every_weak_name_alone_is_nobody() -> None:
    false = [
        (record.symbol, name)
        for record, name, prior in weak()
        if prior < 0 and record.symbol in symbols(INSIDE.format(name.lower()))
    ]

    assert len(weak()) > 400
    assert not false


def test_every_weak_name_is_the_company_beside_its_code() -> None:
    missed = []
    for record, name, _ in weak():
        if record.symbol.endswith((".PA", ".DE", ".L", ".SW", ".NZ")):
            continue  # European codes are read by nobody but the rule language
        marked = record.symbol if record.symbol[:1].isdigit() else f"NASDAQ: {record.symbol}"
        if record.symbol not in symbols(f"{name}({marked})的最新消息"):
            missed.append((record.symbol, name))

    assert not missed


def test_a_weak_name_is_the_company_with_a_companys_own_words() -> None:
    missed = [
        (record.symbol, name)
        for record, name, prior in weak()
        if prior >= HELPED and record.symbol not in symbols(OWN_WORDS.format(name))
    ]

    assert not missed


def test_every_listed_share_is_found_by_its_name_and_code() -> None:
    missed = [
        record.symbol
        for record in records().values()
        if record.taiwanese
        and record.symbol not in symbols(f"{record.name}({record.company.code})公告")
    ]

    assert not missed


@pytest.mark.parametrize("file", FILES)
def test_every_file_of_listings_is_there_and_not_empty(file: str) -> None:
    number = FILES.index(file)

    assert len(merge([list(packaged())[number]])) > 50


def test_no_company_is_listed_on_two_taiwanese_markets() -> None:
    codes = [record.company.code for record in records().values() if record.taiwanese]

    assert len(codes) == len(set(codes))


def test_the_emerging_board_holds_nobody_that_an_exchange_lists() -> None:
    emerging, former, listed = (merge([text]) for text in list(packaged())[:3])
    codes = {symbol.partition(".")[0] for symbol in listed}

    assert len(emerging) > 300
    assert not [symbol for symbol in emerging if symbol.partition(".")[0] in codes]
    assert not [symbol for symbol in former if symbol.partition(".")[0] in codes]
    assert not emerging.keys() & former.keys()


@pytest.mark.parametrize(
    ("headline", "symbol"),
    [
        # renamed: the old name is the company of today
        ("光磊感測元件滿載", "2340.TW"),
        ("英特磊上調全年展望", "4971.TWO"),
        ("瑞磁檢測試劑出貨旺", "6598.TW"),
        ("超眾越南廠投產", "6230.TW"),
        ("浩鑫轉投資醫材廠", "2405.TW"),
        ("展旺抗生素供不應求", "4167.TWO"),
        ("美喆-KY去年營收年增", "8466.TW"),
        ("新日光與昱晶合併", "3576.TW"),
        ("開發金收購中壽", "2883.TW"),
        # now a holding, under another code
        ("日月光第三季獲利創高", "3711.TW"),
        ("定穎擴產車用板", "3715.TW"),
        ("聯嘉打入新車款", "3717.TW"),
        ("中化製藥取得藥證", "3716.TW"),
        # gone from the exchange: its last symbol
        ("矽品大舉擴廠", "2325.TW"),
        ("富邦金擬併日盛金", "5820.TWO"),
        ("亞太電股東會改選", "3682.TW"),
        ("奇力新1月營收月減", "2456.TW"),
        ("鎧勝-KY併入和碩", "5264.TW"),
        ("晶電與隆達換股", "2448.TW"),
        ("晶電與隆達換股", "3698.TW"),
        ("永大經營權之爭", "1507.TW"),
        ("台微體公布新藥數據", "4152.TWO"),
        ("金可-KY同意私有化", "8406.TWO"),
        ("新光金臨時股東會", "2888.TW"),
        ("元富證獲利創高", "2856.TW"),
        ("京城銀配息", "2809.TW"),
        ("推特公司裁員一半", "TWTR"),
        ("動視暴雪財報優於預期", "ATVI"),
        ("賽靈思股東同意合併", "XLNX"),
    ],
)
def test_old_names_lead_to_the_company_of_then_or_today(headline: str, symbol: str) -> None:
    assert symbol in symbols(headline)


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("輝達|英偉達|英伟达", "NVDA"),
        ("網飛|奈飛", "NFLX"),
        ("超微|超威", "AMD"),
        ("波克夏|伯克希爾", "BRK.B"),
        ("輝瑞|辉瑞", "PFE"),
        ("莫德納|莫德纳", "MRNA"),
        ("艾司摩爾|阿斯麥|阿斯麦", "ASML"),
        ("馬士基|快桅", "MAERSK-B.CO"),
        ("沙烏地阿美|沙特阿美", "2222.SR"),
        ("海康威視|海康威视", "002415.SZ"),
        ("傑富瑞|富瑞集團", "JEF"),
        ("日本電產|尼得科|日電產", "6594.T"),
    ],
)
def test_taiwans_and_the_mainlands_wording_are_one_company(written: str, symbol: str) -> None:
    for name in written.split("|"):
        assert symbols(f"{name}公布財報") == {symbol}, name


@pytest.mark.parametrize(
    "text",
    [
        "兩市值互補，因華為遭制裁而轉單",  # 因華
        "族群運動會登場",  # 群運
        "物聯網裝置數量大增",  # 物聯
        "提高福利預算",  # 高福
        "市府宣布悠遊卡優惠延長",  # 悠遊卡
        "他在台視新聞受訪",  # 台視
        "北京站前人潮湧現",  # 京站
        "景美站周邊房價上漲",  # 景美
        "創新服務帶動體驗升級",  # 創新服務
        "OLED面板滲透率提升",  # OLED
        "從集中航線到區域配送",  # 中航
        "明年台產能比重拉升",  # 台產
        "聯準會官員羅森格倫發言",  # 羅森
        "打算海底撈魚的散戶",  # 海底撈
        "敦南商圈人潮回流",  # 敦南
        "美股盤後BOE按兵不動",  # BOE
        "美國4月ADP新增就業人數",  # ADP
        "最大銀行提列準備",  # 大銀
    ],
)
def test_new_short_names_are_not_found_inside_other_words(text: str) -> None:
    assert not symbols(text)


@pytest.mark.parametrize(
    ("post", "symbol"),
    [
        ("GG今天又收黑，外資提款機", "2330.TW"),
        ("不想追高，GG法說之後再說", "2330.TW"),
        ("發哥營收創高，股價還在原地", "2454.TW"),
        ("皮衣教主財報又超標", "NVDA"),
        ("昨晚QQQ跌2%，TQQQ更慘", "TQQQ"),
        ("存VOO還是0050好", "VOO"),
    ],
)
def test_what_a_forum_calls_them(post: str, symbol: str) -> None:
    assert symbol in symbols(post)


@pytest.mark.parametrize("post", ["打到一半又GG了", "蔣經國GG之後", "這場比賽GG"])
def test_a_lost_game_is_no_company(post: str) -> None:
    assert not symbols(post)


def test_bare_digits_are_a_taiwanese_code_only() -> None:
    assert symbols("今天放空2400口，停損設2432點") == set()
    assert symbols("豐田(7203.T)上修財測") == {"7203.T"}
    assert [company.symbol for company in companies.directory().resolve("7203")] == ["7203.T"]
