"""A neutral workload as the C++ references and the peers read it: RAW/meta.txt, an array a column, policies.bin.

    raw.py DATA [--policies K] [--only policies]     writes DATA/raw; needs numpy and pyarrow

Arrays are little-endian. Null is the least value of the type; of a list, a length of -1. meta.txt has the number of
records and of columns, then each column's name, kind, bytes a value and size of dictionary.
"""
import argparse
import array
import pathlib
import struct

from neutral import LEAST, MOST, Kind, Workload

KINDS = ("bool", "enum", "code", "int64", "date", "int32", "list")
WIDTHS = {"bool": 1, "enum": 2, "code": 2, "int64": 8, "date": 4, "int32": 4, "list": 2}
OPS = (">=", ">", "<", "<=")
MODES = ("flat", "slab", "marginal")
MAGIC = 0x31595548
# What a word of a condition's program begins with; an atom's number stands above the two bits.
ATOM, AND, OR = 0, 1, 2


def write_meta(raw: pathlib.Path, workload: Workload, records: int) -> None:
    lines = [f"{name} {KINDS.index(kind)} {WIDTHS[kind]} {len(workload.dictionaries.get(name, []))}"
             for name, kind in workload.kinds.items()]
    (raw / "meta.txt").write_text(f"{records} {len(lines)}\n" + "\n".join(lines) + "\n", encoding="utf-8")


class Program:
    """Conditions in prefix order: an atom is a word; a group is a word, where it ends, and its children."""

    def __init__(self) -> None:
        self.words = array.array("i")

    def add(self, tree) -> None:
        if not isinstance(tree, tuple):
            self.words.append(tree << 2 | ATOM)
            return
        at = len(self.words)
        self.words.extend((AND if tree[0] == "and" else OR, 0))
        for child in tree[1]:
            self.add(child)
        self.words[at + 1] = len(self.words)


def write_policies(raw: pathlib.Path, workload: Workload) -> None:
    column = {name: i for i, name in enumerate(workload.names)}
    sets, atoms = array.array("i"), bytearray()
    for atom in workload.atoms:
        divisor = op = start = length = low = high = num = den = 0
        if atom.kind == Kind.RANGE:
            low, high = atom.payload
        elif atom.kind == Kind.SET:
            start, length = len(sets), len(atom.payload)
            sets.extend(atom.payload)
        elif atom.kind == Kind.HAS:
            low = high = atom.payload
        else:
            divisor, op, num, den = atom.payload
            divisor, op = column[divisor], OPS.index(op)
        atoms += struct.pack("<8i4q", atom.kind, column[atom.column], atom.negated, divisor, op, start, length, 0,
                             low, high, num, den)
    program, policies, tiers = Program(), bytearray(), array.array("q")
    for number, tree in enumerate(workload.trees):
        start = len(program.words)
        program.add(tree)
        formula = workload.policies[number]["formula"]
        steps = [(0, formula["rate_bp"])] if formula["mode"] == "flat" else [
            (tier["from"], tier["rate_bp"]) for tier in formula["tiers"]]
        policies += struct.pack("<8i2q", start, len(program.words), *workload.regions[number],
                                workload.region_atoms[number], column[formula["base"]],
                                MODES.index(formula["mode"]) | len(steps) << 8, len(tiers) // 2,
                                formula.get("cap", MOST), formula.get("floor", LEAST))
        for step in steps:
            tiers.extend(step)
    counts = struct.pack("<6i", MAGIC, len(workload.atoms), len(workload.trees), len(sets), len(program.words),
                         len(tiers) // 2)
    parts = (counts, atoms, policies, sets.tobytes(), program.words.tobytes(), tiers.tobytes())
    (raw / "policies.bin").write_bytes(b"".join(parts))


def write_columns(raw: pathlib.Path, workload: Workload, records: pathlib.Path) -> int:
    """How many records there are."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"bool": np.int8, "enum": np.int16, "code": np.int16, "int64": np.int64, "date": np.int32, "int32": np.int32}

    def codes(name, values):
        values = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
        known = workload.codes[name]
        table = np.array([known[one] for one in values.dictionary.to_pylist()] or [0], np.int64)
        return table[values.indices.fill_null(0).to_numpy(zero_copy_only=False)]

    def numbers(name, kind, column):
        if kind in ("enum", "code"):
            values = codes(name, column)
        else:
            cast = {"bool": pa.int8(), "date": pa.int32()}
            values = (column.cast(cast[kind]) if kind in cast else column).fill_null(0).to_numpy()
        values = values.astype(types[kind])
        values[np.asarray(column.is_null())] = np.iinfo(types[kind]).min
        return values

    file = pq.ParquetFile(records)
    for name, kind in workload.kinds.items():
        endings = ("len", "val") if kind == "list" else ("bin",)
        outs = [open(raw / f"{name}.{ending}", "wb") for ending in endings]
        for group in range(file.num_row_groups):
            column = file.read_row_group(group, columns=[name]).column(0).combine_chunks()
            if kind == "list":
                lengths = np.where(np.asarray(column.is_valid()), column.value_lengths().fill_null(0), -1)
                outs[0].write(lengths.astype(np.int16).tobytes())
                outs[1].write(codes(name, column.flatten()).astype(np.uint16).tobytes())
            else:
                outs[0].write(numbers(name, kind, column).tobytes())
        for out in outs:
            out.close()
    return file.metadata.num_rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--policies", type=int)
    parser.add_argument("--only", choices=["policies"])
    options = parser.parse_args()
    raw = options.data / "raw"
    raw.mkdir(exist_ok=True)
    workload = Workload(options.data, options.policies)
    write_policies(raw, workload)
    if options.only != "policies":
        write_meta(raw, workload, write_columns(raw, workload, options.data / "records.parquet"))


if __name__ == "__main__":
    main()
