"""The 64 columns: what of them does not depend on the record."""
import datetime

import numpy as np

from .codes import counties, industries, quantile_table, random, zipf_table
from .profiles import Profile

EPOCH = datetime.date(1970, 1, 1)
BOOLS, MONEYS, DATES, COUNTS, LISTS = 6, 24, 8, 8, 2
ENUM_SIZES = (3, 4, 5, 6, 8, 10, 12, 16, 20, 30, 50, 80, 120, 200)
SIGNED = {21, 22, 23}  # money like a profit, which may be negative
GROWTH = ((0, 1), (2, 3), (4, 5))  # of this year over the last
RATIO = ((6, 0), (7, 0), (8, 2), (9, 0), (10, 4), (11, 0), (12, 2), (13, 14), (15, 0))
KINDS = {"b": "bool", "e": "enum", "m": "int64", "d": "date", "n": "int32", "t": "list"}


def day_number(year: int, month: int, day: int) -> int:
    return (datetime.date(year, month, day) - EPOCH).days


class Columns:
    """Names, dictionaries, and of each column the table that makes a value of sixteen random bits. Dates are days since
    1970, money is whole fen. The order of the draws is part of the format: other figures rest on it."""

    def __init__(self, profile: Profile):
        draw = random(20260)
        self.profile = profile
        self.counties, self.industries = counties(), industries()
        self.industry_table = zipf_table(len(self.industries), 0.8, 11)
        self.enums = [[f"E{i:02d}V{k:03d}" for k in range(size)] for i, size in enumerate(ENUM_SIZES)]
        self.enum_tables = [zipf_table(size, 1.0, 100 + i) for i, size in enumerate(ENUM_SIZES)]
        self.bool_shares = np.linspace(0.05, 0.6, BOOLS)
        days, newest = 25 * 365, day_number(2026, 1, 1)
        self.date_tables = [
            quantile_table(newest - (draw.random(200_000) ** (1 + 0.25 * i) * days).astype(np.int64))
            for i in range(DATES)]
        self.count_tables = [
            quantile_table(draw.negative_binomial(0.6 + 0.2 * i, 0.6 / (10 + 20 * i), 200_000)) for i in range(COUNTS)]
        self.length_table = quantile_table(draw.poisson(profile.tags, 200_000))
        self.tags = [[f"T{j}{k:04d}" for k in range(profile.vocabulary)] for j in range(LISTS)]
        self.tag_tables = [zipf_table(profile.vocabulary, 1.1, 200 + j) for j in range(LISTS)]
        self.names = ["county", "industry"] + [
            f"{letter}{i:02d}" for letter, count in (("b", BOOLS), ("e", len(ENUM_SIZES)), ("m", MONEYS), ("d", DATES),
                                                     ("n", COUNTS), ("t", LISTS)) for i in range(count)]
        self.missing = dict(zip(self.names, (0.02 + 0.28 * draw.random(64) ** 2).tolist()))
        self.missing |= {"county": 0.0, "industry": 0.02}
        if profile.shape == "adversarial":
            self.missing |= {"m20": 1.0, "d07": 1.0}

    def kinds(self) -> dict[str, str]:
        return {name: "code" if name in ("county", "industry") else KINDS[name[0]] for name in self.names}

    def dictionaries(self) -> dict[str, list[str]]:
        return {"county": self.counties, "industry": self.industries,
                **{f"e{i:02d}": values for i, values in enumerate(self.enums)},
                **{f"t{j:02d}": values for j, values in enumerate(self.tags)}}
