"""The national code tables, read from the files that the engine's are generated from, and how texts name codes."""

import csv
import re
from functools import cache
from itertools import combinations
from pathlib import Path

POLICIES = Path(__file__).resolve().parents[2] / "stdlib-policies"
FILES = {"region": "regions/gbt2260.csv", "industry": "industries/gbt4754-2017.csv"}
# Names that no address holds, so that a path names their parent when it means them.
GROUPINGS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


class Table:
    def __init__(self, system):
        with open(POLICIES / FILES[system], encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.system = system
        self.names = {row["code"]: row["name"] for row in rows}
        self.parents = {row["code"]: row["parent"] or None for row in rows}
        self.levels = {row["code"]: row["level"] for row in rows}

    def line(self, code):
        """The code and all above it, from below."""
        line = []
        while code is not None:
            line.append(code)
            code = self.parents[code]
        return line

    def within(self, x, y):
        """属于: true at or below, None (unknown) if x is above y, else false."""
        if y in self.line(x):
            return True
        return None if x in self.line(y) else False

    @cache
    def paths(self):
        """Every unspaced path, ancestors left out at will, with the codes that it can mean."""
        found = {}
        for code in self.names:
            above = self.line(code)[1:]
            for count in range(len(above) + 1):
                for kept in combinations(above, count):
                    if self.is_grouping(code) and self.parents[code] not in kept:
                        if self.parents[code] is not None and count:
                            continue
                    text = "".join(self.names[one] for one in reversed(kept)) + self.names[code]
                    found.setdefault(folded(text), set()).add(code)
        return found

    def is_grouping(self, code):
        return self.system == "region" and self.names[code] in GROUPINGS

    def display(self, code):
        """As people are shown it: an address, or the code and its name."""
        if self.system == "industry":
            return f"{code} {self.names[code]}"
        line = [one for one in reversed(self.line(code)) if one == code or not self.is_grouping(one)]
        return "".join(self.names[one] for one in line)


def folded(text):
    return text.translate(str.maketrans("（）", "()"))


@cache
def table(system):
    return Table(system)


def read(system, text):
    """The code that the text of a fact means, or the smallest listed one that surely holds it; None if unclear."""
    codes = table(system)
    text = text.strip()
    # Of codes for the same set of things (a section with one division) the widest is meant.
    meant = codes.paths().get(folded(re.sub(r"[ .]", "", text)), set())
    widest = [one for one in meant if not any(other != one and other in codes.line(one) for other in meant)]
    if len(widest) == 1:
        return widest[0]
    return read_region(codes, text) if system == "region" else read_industry(codes, text.upper())


def read_region(codes, text):
    """By its digits: a town as its county, a withdrawn code as what it became, an unlisted one as its prefecture."""
    if not re.fullmatch("[0-9]{6}([0-9]{3}){0,2}", text):
        return None
    code = text[:6]
    if code in codes.names:
        return code
    became = [line for line in (codes.line(one) for one in followed(code, codes)) if line]
    if became:
        return next((one for one in became[0] if all(one in line for line in became)), None)
    prefecture = code[:4] + "00"
    return prefecture if prefecture in codes.names else None


def read_industry(codes, text):
    """With or without its letter; an unlisted class as its group, an unlisted group as its division."""
    found = re.fullmatch("([A-Z]?)([0-9]{0,4})", text)
    if not found or not text:
        return None
    letter, digits = found.groups()
    for end in range(len(digits), 1, -1):
        for section in [letter] if letter else "ABCDEFGHIJKLMNOPQRST":
            if section + digits[:end] in codes.names:
                return section + digits[:end]
    return letter if letter in codes.names and not digits else None


@cache
def withdrawn():
    """Code -> rows (year, new code) of the history table by which it ended, oldest first."""
    found = {}
    with open(POLICIES / "regions/gbt2260-history.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["kind"] == "withdrawn":
                found.setdefault(row["old_code"], []).append((int(row["year"]), row["new_code"]))
    return {code: sorted(rows) for code, rows in found.items()}


def followed(code, codes, since=0):
    """What a withdrawn code means today: what it last meant, followed through all later changes."""
    rows = [row for row in withdrawn().get(code, []) if row[0] >= since]
    if not rows:
        return {code} if code in codes.names else set()
    last = max(year for year, _ in rows) if since == 0 else min(year for year, _ in rows)
    became = set()
    for year, new in rows:
        if year == last:
            became |= followed(new, codes, year + 1) if new else below(code, codes)
    return became


def below(code, codes):
    """What the codes below one became that ended without a successor of its own."""
    stem = code.rstrip("0")
    return set().union(*(followed(old, codes) for old in withdrawn() if old != code and old.startswith(stem)))
