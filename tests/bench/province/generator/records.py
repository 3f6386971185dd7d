"""The records, a row group at a time, each from the seed and its number alone."""
import pathlib
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .codes import random
from .columns import BOOLS, COUNTS, DATES, ENUM_SIZES, GROWTH, LISTS, MONEYS, SIGNED, Columns

GROUP = 262_144
# What 64 random numbers mean for the size of a firm: 0 micro, 1 small, 2 medium, 3 large.
SIZES = np.array([0] * 46 + [1] * 13 + [2] * 4 + [3], dtype=np.int8)
MISSING_BY_SIZE = np.array([1.15, 0.8, 0.5, 0.3])


class Values(NamedTuple):
    """A column of a group: dictionary codes or numbers; of a list its members, whose ends are in `offsets`. A null list
    keeps members, which the writer drops."""
    values: np.ndarray
    valid: np.ndarray | None
    offsets: np.ndarray | None = None


def chunk(columns: Columns, seed: int, number: int, county_codes: np.ndarray) -> dict[str, Values]:
    """One row group. The order of the draws is part of the format."""
    count = len(county_codes)
    draw = random(seed, number)

    def bits() -> np.ndarray:
        return draw.integers(0, 65_536, count, dtype=np.uint16)

    size = SIZES[bits() & 63]
    rarely = MISSING_BY_SIZE[size]

    def known(name: str) -> np.ndarray:
        share = columns.missing[name]
        return np.zeros(count, bool) if share >= 1 else bits() >= (65_536 * share * rarely)

    made = {"county": Values(county_codes.astype(np.int32), None)}

    def take(name: str, values: np.ndarray) -> None:
        made[name] = Values(values, known(name))

    take("industry", columns.industry_table[bits()])
    for i in range(BOOLS):
        take(f"b{i:02d}", bits() < 65_536 * columns.bool_shares[i] * (1 + 0.3 * size))
    for i in range(len(ENUM_SIZES)):
        take(f"e{i:02d}", columns.enum_tables[i][bits()])
    for i, amount in enumerate(amounts(draw, size)):
        fen = np.minimum(amount, 1e14).astype(np.int64)
        take(f"m{i:02d}", np.where(bits() < 20_000, -fen, fen) if i in SIGNED else fen)
    for i in range(DATES):
        take(f"d{i:02d}", columns.date_tables[i][bits()])
    for i in range(COUNTS):
        take(f"n{i:02d}", columns.count_tables[i][bits()])
    for j in range(LISTS):
        offsets = np.zeros(count + 1, np.int32)
        np.cumsum(columns.length_table[bits()], out=offsets[1:])
        tags = columns.tag_tables[j][draw.integers(0, 65_536, int(offsets[-1]), dtype=np.uint16)]
        made[f"t{j:02d}"] = Values(tags, known(f"t{j:02d}"), offsets)
    return made


def amounts(draw: np.random.Generator, size: np.ndarray) -> list[np.ndarray]:
    """Log-normal, around what a firm's size has; of last year's columns a change of this year's."""
    base = (13.6 + 1.3 * size).astype(np.float32) + draw.standard_normal(len(size), dtype=np.float32)
    this_year = {last: this for this, last in GROWTH}
    made: list[np.ndarray] = []
    for i in range(MONEYS):
        noise = draw.standard_normal(len(size), dtype=np.float32)
        if i in this_year:
            made.append(made[this_year[i]] * np.exp(-0.06 + 0.3 * noise.astype(np.float64)))
        else:
            made.append(np.exp((base + np.float32(1.5) * noise).astype(np.float64)))
    return made


def ends_of_counties(columns: Columns, count: int, seed: int) -> np.ndarray:
    """Records are in the order of their counties, as the registers of counties arrive."""
    if columns.profile.city:
        sizes = np.zeros(90, np.int64)
        sizes[columns.counties.index(columns.profile.city)] = count
    else:
        weights = (1.0 / np.arange(1, 91) ** 0.8)[random(5).permutation(90)]
        sizes = random(seed, 999).multinomial(count, weights / weights.sum())
    return np.cumsum(sizes)


def dictionary_array(codes: np.ndarray, valid: np.ndarray | None, values: list[str]) -> pa.DictionaryArray:
    indices = pa.array(codes.astype(np.int16), mask=None if valid is None else ~valid)
    return pa.DictionaryArray.from_arrays(indices, pa.array(values))


def list_array(column: Values, values: list[str]) -> pa.ListArray:
    lengths = np.diff(column.offsets)
    offsets = np.zeros(len(column.offsets), np.int32)
    np.cumsum(np.where(column.valid, lengths, 0), out=offsets[1:])
    kept = column.values[np.repeat(column.valid, lengths)]
    members = pa.DictionaryArray.from_arrays(pa.array(kept.astype(np.int16)), pa.array(values))
    return pa.ListArray.from_arrays(pa.array(offsets, mask=np.append(~column.valid, False)), members)


def table(columns: Columns, group: dict[str, Values]) -> pa.Table:
    dictionaries, kinds = columns.dictionaries(), columns.kinds()
    arrays = []
    for name in columns.names:
        column, kind = group[name], kinds[name]
        if kind == "list":
            arrays.append(list_array(column, dictionaries[name]))
        elif kind in ("code", "enum"):
            arrays.append(dictionary_array(column.values, column.valid, dictionaries[name]))
        elif kind == "date":
            arrays.append(pa.array(column.values.astype(np.int32), mask=~column.valid).cast(pa.date32()))
        elif kind == "int32":
            arrays.append(pa.array(column.values.astype(np.int32), mask=~column.valid))
        else:
            arrays.append(pa.array(column.values, mask=~column.valid))
    return pa.table(arrays, names=columns.names)


def write_records(columns: Columns, seed: int, count: int, path: pathlib.Path) -> None:
    ends = ends_of_counties(columns, count, seed)
    writer = None
    for number, first in enumerate(range(0, count, GROUP)):
        rows = np.arange(first, min(count, first + GROUP))
        codes = np.searchsorted(ends, rows, side="right").astype(np.int32)
        made = table(columns, chunk(columns, seed, number, codes))
        writer = writer or pq.ParquetWriter(path, made.schema, compression="zstd", compression_level=1,
                                            write_statistics=True)
        writer.write_table(made, row_group_size=GROUP)
    writer.close()
