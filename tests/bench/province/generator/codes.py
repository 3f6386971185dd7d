"""The made-up counties and industries."""
import numpy as np

# The sections of GB/T 4754 with the first and the last of their divisions.
SECTIONS = (("A", 1, 5), ("B", 6, 12), ("C", 13, 43), ("D", 44, 46), ("E", 47, 50), ("F", 51, 52), ("G", 53, 60),
            ("H", 61, 62), ("I", 63, 65), ("J", 66, 69), ("K", 70, 70), ("L", 71, 72), ("M", 73, 75), ("N", 76, 79),
            ("O", 80, 82), ("P", 83, 83), ("Q", 84, 85), ("R", 86, 90), ("S", 91, 96), ("T", 97, 97))


def random(*seed: int) -> np.random.Generator:
    return np.random.Generator(np.random.SFC64(seed[0] if len(seed) == 1 else list(seed)))


def counties() -> list[str]:
    """90 codes of six digits in order: two of province 33, two of one of its 11 cities, two of the county."""
    return [f"33{city + 1:02d}{county + 2:02d}" for city in range(11) for county in range(9 if city < 2 else 8)]


def industries(count: int = 1400) -> list[str]:
    """Codes like C1311 in order: a section, two digits of a division, one of a group, one of a class."""
    divisions = [(section, d) for section, first, last in SECTIONS for d in range(first, last + 1)]
    share = np.full(len(divisions), 1 / len(divisions))
    sizes = random(4754).multinomial(count - len(divisions), share) + 1
    codes: list[str] = []
    for (section, division), size in zip(divisions, sizes):
        inside = [f"{section}{division:02d}{group}{kind}" for group in range(1, 10)
                  for kind in range(4 + (group + division) % 6)]
        codes += inside[:size]
    return sorted(codes)[:count]


def zipf_table(count: int, exponent: float, shuffled_by: int | None = None, size: int = 65_536) -> np.ndarray:
    """Which of `count` values sixteen random bits mean, so that the values' frequencies follow Zipf's law."""
    weights = 1.0 / np.arange(1, count + 1) ** exponent
    shares = np.cumsum(weights) / weights.sum()
    table = np.searchsorted(shares, (np.arange(size) + 0.5) / size).astype(np.int32)
    if shuffled_by is None:
        return table
    return random(shuffled_by).permutation(count).astype(np.int32)[table]


def quantile_table(sample: np.ndarray, size: int = 65_536) -> np.ndarray:
    """Which value sixteen random bits mean, so that the values are distributed as the sample's."""
    return np.sort(sample)[(np.arange(size) * len(sample)) // size].astype(np.int32)
