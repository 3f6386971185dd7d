"""A single comparison of a policy. Which draws are made, and in what order, is part of the format."""
import datetime
import random
from typing import Any

from .columns import EPOCH, GROWTH, LISTS, RATIO, Columns
from .pools import ROUND_NUMBERS, Pools, pick, zipf

Node = dict[str, Any]
SCATTER = 2_654_435_761  # spreads what is frequent over the order of values
COPIED_ENUM_LISTS, COPIED_INDUSTRY_LISTS = 40, 200
GROWTH_PERCENTS = [-20, -10, -5, 0, 3, 5, 8, 10, 15, 20, 30, 50]
RATIO_PERCENTS = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 50, 60, 80, 100, 150, 200, 300]


class Atoms:
    def __init__(self, columns: Columns, pools: Pools, draw: random.Random):
        self.columns, self.pools, self.draw = columns, pools, draw
        self.by_column = zipf(len(pools.scalars), 0.9)
        self.by_number = zipf(ROUND_NUMBERS, 0.7)
        self.by_enum_list = zipf(COPIED_ENUM_LISTS, 0.7)
        self.by_industry_list = zipf(COPIED_INDUSTRY_LISTS, 0.7)
        self.by_tag = zipf(columns.profile.vocabulary, 0.8)

    def scalar(self, lean: float) -> Node:
        """`lean`: how often a bound is put where most firms are beyond it."""
        name = self.pools.scalars[pick(self.draw, self.by_column)]
        if name[0] == "b":
            return {"col": name, "op": "=", "val": self.draw.random() < 0.5}
        return self.enum(name) if name[0] == "e" else self.number(name, lean)

    def enum(self, name: str) -> Node:
        draw, i = self.draw, int(name[1:])
        kind = draw.random()
        if kind < 0.3:
            value = self.columns.enums[i][self.columns.enum_tables[i][draw.randrange(65_536)]]
            return {"col": name, "op": "=", "val": value}
        excluded = kind < 0.5
        wanted = (pick(draw, self.by_enum_list) * 7) % COPIED_ENUM_LISTS
        atom = {"col": name, "op": "in", "val": self.pools.enum_list(name, excluded, wanted)}
        return {"not": atom} if excluded else atom

    def number(self, name: str, lean: float) -> Node:
        draw, pool = self.draw, self.pools.numbers[name]
        at = (pick(draw, self.by_number) * SCATTER) % len(pool)
        if draw.random() < 0.1:
            end = min(len(pool) - 1, at + max(2, len(pool) // 2))
            return {"col": name, "op": "between", "val": [written(name, pool[at]), written(name, pool[end])]}
        at_least = draw.random() < 0.5
        if draw.random() < lean:
            at_least = self.pools.shares[name][at] < 0.5
        usual = draw.random() < (0.75 if at_least else 0.55)
        op = (">=" if usual else ">") if at_least else ("<" if usual else "<=")
        return {"col": name, "op": op, "val": written(name, pool[at])}

    def industry(self) -> Node:
        draw = self.draw
        kind, code = draw.random(), self.columns.industries[self.columns.industry_table[draw.randrange(65_536)]]
        for below, digits in ((0.2, 1), (0.5, 3), (0.7, 4)):
            if kind < below:
                return {"col": "industry", "op": "prefix", "val": code[:digits]}
        if kind < 0.8:
            return {"col": "industry", "op": "=", "val": code}
        wanted = (pick(draw, self.by_industry_list) * 7) % COPIED_INDUSTRY_LISTS
        return {"col": "industry", "op": "in", "val": self.pools.industry_list(wanted)}

    def derived(self) -> Node:
        draw = self.draw
        op = draw.choice([">=", ">=", ">=", "<", ">", "<="])
        kind, pairs, percents = (("growth", GROWTH, GROWTH_PERCENTS) if draw.random() < 0.4
                                 else ("ratio", RATIO, RATIO_PERCENTS))
        a, b = draw.choice(pairs)
        return {kind: [f"m{a:02d}", f"m{b:02d}"], "op": op, "num": draw.choice(percents), "den": 100}

    def tag(self) -> Node:
        """Any tag; `frequent_tag` draws one as records have them."""
        j = self.draw.randrange(LISTS)
        tags = self.columns.tags[j]
        return {"col": f"t{j:02d}", "op": "contains", "val": tags[(pick(self.draw, self.by_tag) * 7919) % len(tags)]}

    def frequent_tag(self) -> Node:
        j = self.draw.randrange(LISTS)
        tag = self.columns.tags[j][self.columns.tag_tables[j][self.draw.randrange(65_536)]]
        return {"col": f"t{j:02d}", "op": "contains", "val": tag}


def written(name: str, value: int) -> int | str:
    return (EPOCH + datetime.timedelta(value)).isoformat() if name[0] == "d" else value
