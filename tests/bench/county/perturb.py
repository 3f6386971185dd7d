"""Makes a register harder: facts missing everywhere, numbers at and around the bounds of the policies, zero divisors,
firms of every age, longer lists. For the comparison only; decided by a seed and each firm's key, so always the same.
"""
import re

KEY = "统一社会信用代码"
# Bounds of the county's policies and what lies beside them. A quotient of two stays within what 比率 can hold.
MONEY = ("0", "100000", "199999.99", "200000", "500000", "999999.99", "1000000", "1000000.01", "2999999.99", "3000000",
         "3000000.01", "5000000", "5000000.01", "9999999.99", "10000000", "19999999.99", "20000000", "20000000.01",
         "49999999.99", "50000000", "50000000.01", "99999999.99", "100000000", "200000000", "200000000.01", "400000000")
SMALL_MONEY = ("0", "0.01", "999.99", "1000", "4999.99", "5000", *MONEY)
COUNTS = ("0", "1", "2", "3", "4", "5", "9", "10", "11", "19", "20", "29", "30", "31", "49", "50", "99", "100", "101", "199",
          "200", "299", "300", "301", "999", "1000", "9999", "10000")
VALUES = {
    "DECIMAL(18,2)": SMALL_MONEY, "INTEGER": COUNTS, "BOOLEAN": ("true", "false"),
    "DECIMAL(12,3)": ("0", "1.499", "1.5", "1.501", "4.999", "5", "50", "50.001"),
    "BIGINT": ("0", "9999", "10000", "10001", "49999", "50000", "59999", "60000", "10000000"),
    "DATE": tuple(f"DATE '{day}'" for day in ("2019-06-30", "2020-01-01", "2020-12-31", "2021-01-01", "2021-12-31", "2022-12-31",
                                              "2023-01-01", "2023-12-31", "2024-01-01", "2024-01-02", "2024-12-31")),
}
YEARS = tuple(str(year) for year in range(2019, 2026))
MONTHS = ("0", "2", "3", "6", "11", "12", "13", "24", "25", "36")
BY_NAME = {
    "首次认定高新年度": YEARS, "首次上规年度": YEARS, "首贷年度": YEARS, "发布年度": YEARS, "连续缴费月数": MONTHS, "期限": MONTHS,
    "合同期限": MONTHS, "转贷天数": ("9", "10", "11"), "人数": ("1", "2", "8", "9", "15"),
} | {name: tuple(f"'{word}'" for word in words.split("、")) for name, words in {
    "行业代码": "A0411、C1361、C1512、C3443、C3630、C3670、C3752、F5127、G5437、G5949、G5990、H6110、I6513、K7010、K7020、L7291、M7519、N7861、R8890、R9011",
    "绿色工厂等级": "国家级绿色工厂、省级绿色工厂、市级绿色工厂、未获评绿色工厂", "首台套等级": "国际首台套、国内首台套、省内首台套、没有首台套",
    "亩均评价": "甲类、乙类、丙类、丁类", "上市进程": "已上市、已过会、已受理、已辅导备案、未启动",
    "龙头级别": "国家级龙头、省级龙头、市级龙头、县级龙头、不是龙头", "旅馆等级": "五星、四星、三星、未评星",
    "信用评级": "守信甲、守信乙、守信丙、失信", "申报类别": "投入类、产出类、荣誉类",
}.items()}
KEEP = (KEY, "企业名称")
NAMED = ("高新技术企业", "科技型中小企业", "创新型中小企业", "专精特新中小企业", "专精特新小巨人", "单项冠军")


class Perturbation:
    """The SQL that makes each column harder, for one seed; one value in `rare` goes missing."""

    def __init__(self, seed):
        self.seed, self.rare = seed, (40, 15, 8)[seed % 3]

    def draw(self, what, sides):
        """A whole number below `sides`, by SQL; `what` is SQL text that tells the places apart."""
        return f"(hash({KEY} || {what} || '{self.seed}') % {sides})::BIGINT"

    def value(self, name, type_name, what, otherwise):
        """One value in three is drawn from the bounds."""
        values = BY_NAME.get(name, VALUES.get(type_name))
        if values is None:
            return otherwise
        drawn = f"([{', '.join(values)}])[1 + {self.draw(what + ' || 1', len(values))}]::{type_name}"
        return f"CASE {self.draw(what, 3)} WHEN 0 THEN {drawn} ELSE {otherwise} END"

    def missing(self, what, otherwise):
        return f"CASE {self.draw(what + ' || 2', self.rare)} WHEN 0 THEN NULL ELSE {otherwise} END"

    def column(self, name, type_name):
        what = f"'{name}'"
        if name in KEEP:
            return name
        if type_name.startswith("MAP"):
            kind = type_name[type_name.index(",") + 1:-1].strip()
            values = BY_NAME.get(name, VALUES["BIGINT"] if kind == "BIGINT" else MONEY)
            drawn = f"([{', '.join(values)}])[1 + {self.draw(what + ' || e.key || 1', len(values))}]::{kind}"
            one = self.missing(what + " || e.key", f"CASE {self.draw(what + ' || e.key', 3)} WHEN 0 THEN {drawn} ELSE e.value END")
            return self.missing(what, f"map(map_keys({name}), [{one} FOR e IN map_entries({name})])")
        if type_name.startswith("STRUCT"):
            fields = re.findall(r'"([^"]+)" ([A-Z]+(?:\([0-9,]+\))?)', type_name)
            harder = ", ".join(f"'{field}': " + self.missing(f"{what} || '{field}' || i",
                                                             self.value(field, kind, f"{what} || '{field}' || i", f"x.{field}"))
                               for field, kind in fields)
            longer = f"CASE WHEN len({name}) = 0 AND {self.draw(what, 4)} > 0 THEN others.{name} ELSE {name} END"
            return self.missing(what, f"[{{{harder}}} FOR x, i IN {longer}]")
        if type_name == "VARCHAR[]":
            named = ", ".join(f"'{one}'" for one in NAMED)
            return self.missing(what, f"[x FOR x IN [{named}] IF {self.draw(what + ' || x', 3)} = 0]")
        return self.missing(what, self.value(name, type_name, what, name))

    def sql(self, register, columns):
        """A query over the register; `columns` are its names and types. An empty list may get another firm's."""
        lists = [name for name, type_name in columns if type_name.startswith("STRUCT")]
        pools = ", ".join(f"(SELECT list({name} ORDER BY {KEY}) FROM {register} WHERE len({name}) > 0) AS pool_{name}" for name in lists)
        others = ", ".join(f"'{name}': pool_{name}[1 + {self.draw(repr(name + '别'), f'len(pool_{name})')}]" for name in lists)
        harder = ",\n  ".join(f"{self.column(name, type_name)} AS {name}" for name, type_name in columns)
        return (f"SELECT {harder}\nFROM (SELECT *, {{{others}}} AS others FROM {register}, (SELECT {pools}))")
