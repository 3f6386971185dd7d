"""The policies: a region, a condition, and a formula of one of 300 shapes."""
import json
import pathlib
import random
from typing import Any

from .atoms import Atoms
from .columns import Columns
from .conditions import shape
from .pools import Pools, pick, zipf

LEVELS = ("province", "city", "county")
PROVINCE = "33"
FORMULA_SHAPES = 300
FEN_PER_10_000_YUAN = 10_000 * 100


class Formulas:
    def __init__(self, pools: Pools, draw: random.Random):
        self.pools, self.draw = pools, draw
        self.by_shape = zipf(FORMULA_SHAPES, 1.0)
        self.shapes = [
            {"base": f"m{draw.randrange(0, 21):02d}", "mode": draw.choice(["flat", "slab", "marginal"]),
             "tiers": draw.randint(2, 6), "cap": draw.random() < 0.8, "floor": draw.random() < 0.3}
            for _ in range(FORMULA_SHAPES)]

    def formula(self) -> dict[str, Any]:
        """In whole fen; rates in hundredths of a percent."""
        draw, chosen = self.draw, self.shapes[pick(self.draw, self.by_shape)]
        made = {"base": chosen["base"], "mode": chosen["mode"], "round": "half_up", "unit": "fen"}
        if chosen["mode"] == "flat":
            made["rate_bp"] = draw.randint(1, 3000)
        else:
            numbers = draw.sample(self.pools.numbers[chosen["base"]], chosen["tiers"])
            starts = [0] + sorted({max(1, number) for number in numbers})
            made["tiers"] = [{"from": start, "rate_bp": draw.randint(1, 2000)} for start in starts]
        if chosen["cap"]:
            made["cap"] = draw.choice([10, 20, 30, 50, 100, 200, 300, 500, 1000]) * FEN_PER_10_000_YUAN
        if chosen["floor"]:
            made["floor"] = draw.choice([0, 1000, 5000, 10_000]) * 100
        return made


def region(columns: Columns, draw: random.Random) -> tuple[str, str]:
    """60 % of policies are a county's, 30 % a city's, 10 % the province's."""
    share = draw.random()
    level = "county" if share < 0.6 else "city" if share < 0.9 else "province"
    code = columns.profile.city
    if code is None:
        code = PROVINCE if level == "province" else draw.choice(columns.counties)
    return level, code[:2 * (LEVELS.index(level) + 1)]


def policies(columns: Columns, seed: int, count: int) -> list[dict[str, Any]]:
    pools, draw = Pools(columns), random.Random(seed * 7919 + 13)
    formulas = Formulas(pools, draw)
    condition = shape(Atoms(columns, pools, draw), pools)
    made = []
    for number in range(count):
        level, code = region(columns, draw)
        made.append({"id": f"P{number:06d}", "level": level, "region": code, "condition": condition(number),
                     "formula": formulas.formula()})
    return made


def write_policies(columns: Columns, profile: str, seed: int, count: int, path: pathlib.Path) -> None:
    """One policy a line."""
    head = {"version": 1, "profile": profile, "seed": seed, "columns": columns.kinds(),
            "dictionaries": columns.dictionaries()}
    lines = [json.dumps(policy, separators=(",", ":")) for policy in policies(columns, seed, count)]
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(head)[:-1] + ', "policies": [\n' + ",\n".join(lines) + "\n]}\n")
