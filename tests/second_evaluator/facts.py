"""Records as JSON states them: texts are read by the type of their field; what cannot be read is missing."""

import re
from datetime import date
from fractions import Fraction

import codes
from references import WHY
from values import Code, Entry, Month, Year

MAGNITUDES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
# One of each in the base unit of its type.
UNITS = {
    "元": {"元": Fraction(1)},
    "人": dict.fromkeys("人名位", Fraction(1)),
    "个": dict.fromkeys("个家项件台套次户笔种辆间条份", Fraction(1)),
    None: {"%": Fraction(1, 100), "‰": Fraction(1, 1000)},
    "分": {"分": Fraction(1)},
    "亩": {"亩": Fraction(1), "平方米": Fraction(15, 10000), "公顷": Fraction(15)},
    "千瓦时": {"千瓦时": Fraction(1), "度": Fraction(1), "兆瓦时": Fraction(1000)},
    "天": dict.fromkeys("天日", Fraction(1)),
    "个工作日": {"个工作日": Fraction(1), "工作日": Fraction(1)},
    "美元": {"美元": Fraction(1), "USD": Fraction(1)},
    "个月": {"个月": Fraction(1), "月": Fraction(1), "年": Fraction(12)},
}
YES, NO = {"是", "真", "true"}, {"否", "假", "false"}


class Unreadable(Exception):
    """A text that is no value of its type: the fact is missing."""


def number(text, stored):
    text = text.replace("％", "%")
    found = re.fullmatch(r"([+-]?[0-9][0-9,_]*(?:\.[0-9]+)?)(.*)", text)
    if not found:
        raise Unreadable(text)
    value = Fraction(re.sub("[,_]", "", found[1]))
    rest = found[2].strip()
    unit = stored["type"].get("unit")
    # A rate per day or the like is written as a ratio or bare.
    units = dict(UNITS[None] if unit is not None and unit.startswith("1/") else UNITS.get(unit, {}))
    units[""] = Fraction(1)
    for magnitude, factor in MAGNITUDES.items():
        if rest.startswith(magnitude) and rest[len(magnitude) :] in units:
            value *= factor * units[rest[len(magnitude) :]]
            break
    else:
        raise Unreadable(text)
    kept = value * 10 ** stored["scale"]
    if kept.denominator != 1 or not stored["low"] <= kept <= stored["high"]:
        raise Unreadable(text)
    return value


def year(text):
    found = re.fullmatch("([0-9]{4})年?(度)?", text)
    if not found:
        raise Unreadable(text)
    return Year(int(found[1]))


def month(text):
    found = re.fullmatch("([0-9]{4})(?:-|年)([0-9]{1,2})月?", text)
    if not found or not 1 <= int(found[2]) <= 12:
        raise Unreadable(text)
    return Month(int(found[1]) * 12 + int(found[2]) - 1)


def value(program, raw, stored):
    """One value of the type; Unreadable if it is none."""
    kind = stored["type"]
    text = ("true" if raw else "false") if isinstance(raw, bool) else str(raw).strip()
    match kind["kind"]:
        case "number":
            return number(text, stored)
        case "truth":
            if text not in YES | NO:
                raise Unreadable(text)
            return text in YES
        case "date":
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise Unreadable(text) from None
        case "year":
            return year(text)
        case "month":
            return month(text)
        case "enumeration":
            entries = program.enumerations[kind["enumeration"]]["entries"]
            if text not in entries:
                raise Unreadable(text)
            return Entry(kind["enumeration"], entries.index(text))
        case "code":
            code = codes.read(kind["system"], text)
            if code is None:
                raise Unreadable(text)
            return Code(kind["system"], code)
    return text


class Record:
    """The facts of one record, or of one row of a list. `prefix` is how needs call them, `why` what keeps some of them
    from being read of another record."""

    def __init__(self, program, schema, raw, prefix="", why=None):
        self.program, self.schema, self.raw, self.prefix = program, schema, raw, prefix
        self.why = why or raw.get(WHY, {})

    def lacks(self, name):
        """What a missing fact is called, or what keeps it from being read of another record."""
        return self.why.get(name, frozenset({self.prefix + name}))

    def given(self, name, stored):
        """(value, whether all of it could be read), or None where it is missing."""
        raw = self.raw.get(name)
        if raw is None:
            return None
        kind = stored["type"]
        if kind["kind"] == "set":
            members, whole = set(), True
            for one in raw:
                try:
                    members.add(value(self.program, one, {"type": kind["element"]}))
                except Unreadable:
                    whole = False
            return frozenset(members), whole
        if kind["kind"] == "list":
            return [Record(self.program, kind["schema"], one, f"{self.prefix}{name}.") for one in raw], True
        try:
            return value(self.program, raw, stored), True
        except Unreadable:
            return None

    def series(self, field):
        """Period number -> value, those that are there and can be read; None where there is no series."""
        raw = self.raw.get(field["name"])
        if raw is None:
            return None
        read = year if field["series"] == "yearly" else month
        found = {}
        for period, one in raw.items():
            try:
                found[read(period).number] = None if one is None else value(self.program, one, field)
            except Unreadable:
                pass
        return found


def give_inputs(program, inputs):
    """`--inputs`: puts values in place of what the rules state. Returns 申报年度 where it is given."""
    application_year = None
    for name, raw in inputs.items():
        parameter = program.named(program.parameters, name)
        table = program.named(program.tables, name)
        if name == "申报年度":
            application_year = year(raw)
        elif parameter is not None:
            parameter["values"] = dated(program, raw, parameter)
        elif table is not None:
            table["rows"] = dict(rows(program, raw, table, ()))
        else:
            raise KeyError(name)
    return application_year


def constant(program, raw, stored):
    if stored["type"]["kind"] == "set":
        return frozenset(value(program, one, {"type": stored["type"]["element"]}) for one in raw)
    return value(program, raw, stored)


def dated(program, raw, parameter):
    if raw is None:
        return []
    if not isinstance(raw, dict):
        return [(None, None, constant(program, raw, parameter))]
    days = sorted((date.fromisoformat(text), one) for text, one in raw.items())
    ends = [start for start, _ in days[1:]] + [None]
    return [
        (start, None if end is None else date.fromordinal(end.toordinal() - 1), constant(program, one, parameter))
        for (start, one), end in zip(days, ends)
        if one is not None
    ]


def rows(program, raw, table, keys):
    if raw is None:
        return
    if len(keys) == len(table["keys"]):
        yield keys, constant(program, raw, table)
        return
    key = table["keys"][len(keys)]
    stored = {"type": key["type"], "scale": 0, "low": -(10**18), "high": 10**18}
    for text, one in raw.items():
        yield from rows(program, one, table, (*keys, value(program, text, stored)))
