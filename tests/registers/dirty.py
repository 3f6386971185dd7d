"""A register of ten columns as offices send them, with dirt at listed rates, and a ledger of every planted cell.

    python3 dirty.py ROWS SEED FOLDER      writes 企业.csv, 台账.csv (row, field, text, fault), 映射.toml and 规则.hui

Rows are drawn by a generator of its own (SplitMix64), so the same seed gives the same bytes everywhere.
"""

import csv
import pathlib
import sys

MASK = (1 << 64) - 1

RULES = """结构 企业 键 信用代码
  信用代码 ： 信用代码
  名称     ： 文本
  注册地   ： 地区
  行业     ： 行业代码
  成立日期 ： 日期
  员工人数 ： 人数 范围 0人 至 300万人
  注册资本 ： 金额
  营业收入 ： 金额
  划型     ： 规模
  上市     ： 真假

名录 规模 从高到低：大型、中型、小型、微型

政策 例 辖区 全国 有效 长期
  条件 员工人数 20人以上
  列入 名单
"""

MAPPING = """missing = ["-", "/", "不详"]

[columns]
信用代码 = "统一社会信用代码"
成立日期 = { column = "成立时间", format = ["YYYY-MM-DD", "YYYY年M月D日", "DD.MM.YYYY"] }
营业收入 = { column = "营业收入（万元）", unit = "万元" }

[currencies.美元]
rate = "7.1884"
date = "2024-12-31"
"""

HEADER = ["统一社会信用代码", "名称", "注册地", "行业", "成立时间", "员工人数", "注册资本", "营业收入（万元）", "划型", "上市"]

# Per ten thousand cells of the column: dirt that must be reported, by column and kind.
RATES = {
    "信用代码": [("check digit", 60), ("cut off", 20)],
    "注册地": [("no such region", 50)],
    "行业": [("no such industry", 50)],
    "成立日期": [("two-digit year", 40), ("no such day", 40), ("words", 20)],
    "员工人数": [("words", 60), ("beyond the range", 30), ("half a person", 30)],
    "注册资本": [("currency without a rate", 50), ("words", 30), ("thousandths", 30)],
    "营业收入": [("words", 50), ("two numbers", 30)],
    "划型": [("no entry", 60)],
    "上市": [("no truth value", 50)],
}
DUPLICATES = 30  # records that bear the key of an earlier one, per ten thousand
# Not reported: missing marks, blanks around, full-width digits, units in the cell, a currency with a rate.
CLEAN_VARIANTS = 1500

SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Random:
    def __init__(self, seed):
        self.state = seed & MASK

    def below(self, bound):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return (z ^ (z >> 31)) % bound

    def one(self, values):
        return values[self.below(len(values))]


WEIGHTS = [pow(3, i, 31) for i in range(17)]


def credit_code(number):
    body = "91331083" + f"{number:09d}"
    total = sum(SYMBOLS.index(c) * w for c, w in zip(body, WEIGHTS))
    return body + SYMBOLS[(31 - total % 31) % 31]


FULL_WIDTH = str.maketrans("0123456789,", "０１２３４５６７８９，")


def dirt(kind, random, value):
    """The planted text and how its report must call it."""
    if kind == "check digit":
        return value[:17] + SYMBOLS[(SYMBOLS.index(value[17]) + 1 + random.below(29)) % 31], "not_a_credit_code"
    if kind == "cut off":
        return value[: 9 + random.below(8)], "not_a_credit_code"
    if kind == "no such region":
        return random.one(["980000", "某某县", "玉环什么街道办"]), "unknown_code"
    if kind == "no such industry":
        return random.one(["Z9999", "造飞船业"]), "unknown_code"
    if kind == "two-digit year":
        return f"{random.below(28) + 1:02d}.{random.below(12) + 1:02d}.{random.below(90) + 10}", "unreadable"
    if kind == "no such day":
        return random.one(["2021-02-29", "2020年13月1日", "31.04.2022"]), "unreadable"
    if kind == "words":
        return random.one(["若干", "见附件", "约八十", "#REF!"]), "unreadable"
    if kind == "beyond the range":
        return random.one(["3000001", "-5", "99999999人"]), "out_of_range"
    if kind == "half a person":
        return f"{random.below(500)}.5", "too_many_decimals"
    if kind == "currency without a rate":
        return f"{random.below(900) + 1}(万{random.one(['欧元', '日元', '港元'])})", "foreign_currency"
    if kind == "thousandths":
        return f"{random.below(10**6)}.125元", "too_many_decimals"
    if kind == "two numbers":
        return f"{random.below(900)}/{random.below(900) + 1}", "unreadable"
    if kind == "no entry":
        return random.one(["特大型", "中小型", "大 型"]), "unknown_entry"
    return random.one(["也许", "已", "2"]), "unreadable"


def variant(field, random, value):
    """Another way to write the same or nothing, which must not be reported."""
    choice = random.below(4)
    if choice == 0:
        return random.one(["-", "/", "不详", "", " "]) if field not in ("信用代码", "名称") else value
    if choice == 1:
        return "\u3000" + value + " "
    if field == "员工人数":
        return value.translate(FULL_WIDTH) if choice == 2 else value + "人"
    if field == "注册资本":
        return f"{random.below(9000) + 1:,}(万元人民币)" if choice == 2 else f"{random.below(90) + 1}(万美元)"
    if field == "营业收入":
        return f"{random.below(9000) + 1}万元" if choice == 2 else value.translate(FULL_WIDTH)
    if field == "成立日期":
        year, month, day = value.split("-")
        return f"{int(year)}年{int(month)}月{int(day)}日" if choice == 2 else f"{day}.{month}.{year}"
    if field == "上市":
        return {"是": "true", "否": "0"}[value]
    return value


def rows(count, random):
    """Yields the cells of each record and what was planted in it."""
    fields = ["信用代码", "名称", "注册地", "行业", "成立日期", "员工人数", "注册资本", "营业收入", "划型", "上市"]
    regions = ["331083", "331081", "330106", "浙江省台州市玉环市", "310115"]
    industries = ["C3443", "C3670", "F5175", "F5292", "C3660"]
    sizes = ["大型", "中型", "小型", "微型"]
    clean_keys = []
    for number in range(count):
        cells = [
            credit_code(number),
            f"玉环示例{number}号有限公司",
            random.one(regions),
            random.one(industries),
            f"{1990 + random.below(35)}-{random.below(12) + 1:02d}-{random.below(28) + 1:02d}",
            str(random.below(2000)),
            f"{random.below(10**9)}.{random.below(100):02d}",
            f"{random.below(10**6)}.{random.below(10000):04d}",
            random.one(sizes),
            random.one(["是", "否"]),
        ]
        planted = []
        for at, field in enumerate(fields):
            roll = random.below(10000)
            for kind, rate in RATES.get(field, []):
                if roll < rate:
                    cells[at], fault = dirt(kind, random, cells[at])
                    planted.append((field, cells[at], fault))
                    break
                roll -= rate
            else:
                if roll < CLEAN_VARIANTS:
                    cells[at] = variant(field, random, cells[at])
        key_planted = any(field == "信用代码" for field, _, _ in planted)
        if not key_planted and clean_keys and random.below(10000) < DUPLICATES:
            cells[0] = random.one(clean_keys)
            planted.append(("信用代码", cells[0], "duplicate_key"))
        elif not key_planted:
            if len(clean_keys) < 1000:
                clean_keys.append(cells[0].strip(" \u3000"))
        yield cells, planted


def main():
    count, seed, folder = int(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "规则.hui").write_text(RULES, encoding="utf-8")
    (folder / "映射.toml").write_text(MAPPING, encoding="utf-8")
    random = Random(seed)
    with open(folder / "企业.csv", "w", encoding="utf-8", newline="") as data, open(
        folder / "台账.csv", "w", encoding="utf-8", newline=""
    ) as ledger:
        data_writer, ledger_writer = csv.writer(data), csv.writer(ledger)
        data_writer.writerow(HEADER)
        ledger_writer.writerow(["row", "field", "text", "fault"])
        for row, (cells, planted) in enumerate(rows(count, random), 1):
            data_writer.writerow(cells)
            for field, text, fault in planted:
                ledger_writer.writerow([row, field, text, fault])


if __name__ == "__main__":
    main()
