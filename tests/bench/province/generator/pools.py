"""What drafters take their constants from: round numbers and lists that are copied from policy to policy."""
import datetime
import random

import numpy as np

from .columns import EPOCH, Columns
from .records import chunk

ROUND_NUMBERS = 160


def zipf(count: int, exponent: float) -> list[float]:
    """Cumulative weights for `random.choices`."""
    return list(np.cumsum(1.0 / np.arange(1, count + 1) ** exponent))


def rounded(number: int) -> int:
    """To two digits."""
    if abs(number) < 100:
        return number
    unit = 10 ** (len(str(abs(number))) - 2)
    return int(round(number / unit)) * unit


def first_of_month(day: int) -> int:
    date = EPOCH + datetime.timedelta(day)
    return (date.replace(day=1) - EPOCH).days


class Pools:
    """Of each column of numbers or dates its round numbers, and the share of records below each of them."""

    def __init__(self, columns: Columns):
        sample = chunk(columns, 424_242, 0, np.zeros(100_000, np.int32))
        self.numbers: dict[str, list[int]] = {}
        self.shares: dict[str, list[float]] = {}
        for name in columns.names:
            if name[0] not in "mdn":
                continue
            values, valid, _ = sample[name]
            ordered = np.sort(values[valid]) if valid.any() else np.sort(values)
            round_one = first_of_month if name[0] == "d" else rounded
            pool = sorted({round_one(int(ordered[int((i + 0.5) / ROUND_NUMBERS * len(ordered))]))
                           for i in range(ROUND_NUMBERS)})
            self.numbers[name] = pool
            self.shares[name] = (np.searchsorted(ordered, pool) / len(ordered)).tolist()
        # The columns that policies like best come first; the same for every seed, as are the lists.
        self.of_lists = random.Random(77)
        self.scalars = [name for name in columns.names if name[0] in "bemdn"]
        self.of_lists.shuffle(self.scalars)
        self.columns = columns
        self.enum_lists: dict[tuple[str, bool], list[list[str]]] = {}
        self.industry_lists: list[list[str]] = []

    def enum_list(self, name: str, short: bool, wanted: int) -> list[str]:
        """The `wanted`-th list of a column: a short one to exclude, or a long one to be in. They are made in order."""
        draw, i = self.of_lists, int(name[1:])
        values, table = self.columns.enums[i], self.columns.enum_tables[i]
        lists = self.enum_lists.setdefault((name, short), [])
        while len(lists) <= wanted:
            if short:
                lists.append(sorted({values[table[draw.randrange(65_536)]] for _ in range(3)}))
            else:
                size = min(max(2, int(len(values) * draw.choice([0.15, 0.3, 0.5, 0.7]))), 12, len(values))
                lists.append(sorted(draw.sample(values, size)))
        return lists[wanted]

    def industry_list(self, wanted: int) -> list[str]:
        draw, lists = self.of_lists, self.industry_lists
        while len(lists) <= wanted:
            lists.append(sorted({self.columns.industries[self.columns.industry_table[draw.randrange(65_536)]]
                                 for _ in range(draw.randint(2, 40))}))
        return lists[wanted]


def pick(draw: random.Random, cumulative: list[float]) -> int:
    return draw.choices(range(len(cumulative)), cum_weights=cumulative)[0]
