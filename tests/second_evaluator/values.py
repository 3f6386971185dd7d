"""Values that are not plain numbers, dates, truths or texts, and the arithmetic of days and months."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import total_ordering


@total_ordering
@dataclass(frozen=True)
class Year:
    number: int

    def __lt__(self, other):
        return self.number < other.number


@total_ordering
@dataclass(frozen=True)
class Month:
    number: int  # year × 12 + month − 1

    def __lt__(self, other):
        return self.number < other.number


@total_ordering
@dataclass(frozen=True)
class Entry:
    """Of an enumeration; in an ordered one the first entry is the greatest."""

    enumeration: int
    index: int

    def __lt__(self, other):
        return self.index > other.index


@dataclass(frozen=True)
class Code:
    system: str
    code: str


def add_months(day, months):
    """The corresponding day, in a shorter month its last; None outside the years 1 to 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            pass
    return date(year, month + 1, day.day)


def add_days(day, days):
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def full_years(start, end):
    """How often the corresponding day has come: the greatest n with start + n years not later than end."""
    years = end.year - start.year
    reached = add_months(start, 12 * years)
    return years if reached is not None and reached <= end else years - 1


def rounded(value, mode, digits):
    unit = Fraction(10) ** -digits
    scaled = value / unit
    below = scaled.numerator // scaled.denominator
    rest = scaled - below
    if mode == "half_up":
        whole = below + (rest >= Fraction(1, 2))
    elif mode == "down":
        whole = below + (scaled < 0 and rest > 0)
    elif mode == "up":
        whole = below + (scaled > 0 and rest > 0)
    elif mode == "half_even":
        whole = round(scaled)  # of a Fraction: to the nearest, of two equally near to the even one
    else:
        raise ValueError(mode)
    return whole * unit


def floor_to_fen(yuan):
    fen = yuan * 100
    return Fraction(fen.numerator // fen.denominator, 100)


def decimal_text(value):
    """All its digits where they end, else a fraction."""
    rest = value.denominator
    places = {2: 0, 5: 0}
    for prime in places:
        while rest % prime == 0:
            rest //= prime
            places[prime] += 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = max(places.values())
    text = str(abs(value.numerator) * 10**digits // value.denominator).rjust(digits + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (text[:-digits] + "." + text[-digits:] if digits else text)
