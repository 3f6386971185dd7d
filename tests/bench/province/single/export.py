"""What the peers of one record at a time read, in its simplest form: OUT/columns.txt, policies.txt and records.txt.

    export.py DATA OUT [--policies K] [--records 2000]      DATA has raw/ (raw.py)

Numbers become rank codes, 1 + how many of the column's constants are at or below them, and ratios columns of such, so that
an engine sees small whole numbers alone. A policy is a line: its position and its condition in prefix order,
`A n …` all of n, `O n …` any of n, `F` never; `R column low high` (both inside, -1 open), `S column v,v` one of,
`N column v,v` known and none of, `H list v` has, `X list v` known and has not. A record is a line: its position and
its values in the order of the columns, `-` unknown, of lists `,v,v`. Records are spread evenly.
"""
import argparse
import bisect
import pathlib
import sys
from fractions import Fraction

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from neutral import LEAST, MOST, Kind, Tree, Workload, atoms_of  # noqa: E402
from peers.columns import Records  # noqa: E402

NUMBERS = ("int64", "int32", "date")
Bound = tuple[Fraction, bool]  # above it, or at or above it


class Export:
    def __init__(self, workload: Workload):
        self.workload = workload
        self.bounds: dict[str, list[int]] = {}
        self.ratios: dict[tuple[str, str], list[Bound]] = {}
        for atom in (workload.atoms[i] for i in sorted({a for tree in workload.trees for a in atoms_of(tree)})):
            if atom.kind == Kind.RATIO:
                self.ratios.setdefault((atom.column, atom.payload[0]), []).append(bound(atom.payload))
            elif atom.kind == Kind.RANGE and workload.kinds[atom.column] in NUMBERS:
                low, high = atom.payload
                self.bounds.setdefault(atom.column, []).extend([low] * (low != LEAST) + [high + 1] * (high != MOST))
        self.bounds = {column: sorted(set(some)) for column, some in self.bounds.items()}
        self.ratios = {pair: sorted(set(some)) for pair, some in sorted(self.ratios.items())}

    def atom(self, number: int) -> str:
        atom = self.workload.atoms[number]
        if atom.kind == Kind.SET:
            return f"{'N' if atom.negated else 'S'} {atom.column} {','.join(map(str, atom.payload))}"
        if atom.kind == Kind.HAS:
            return f"{'X' if atom.negated else 'H'} {atom.column} {atom.payload}"
        if atom.kind == Kind.RATIO:
            divisor, op = atom.payload[:2]
            at = self.ratios[atom.column, divisor].index(bound(atom.payload))
            name = f"q_{atom.column}_{divisor}"
            return f"R {name} {at + 2} -1" if op in (">=", ">") else f"R {name} 1 {at + 1}"
        return self.range(atom.column, *atom.payload, atom.negated)

    def range(self, column: str, low: int, high: int, negated: bool) -> str:
        least, most = 0, len(self.workload.dictionaries.get(column, (0, 0))) - 1
        if column in self.bounds:
            bounds = self.bounds[column]
            least, most = 1, len(bounds) + 1
            low = -1 if low == LEAST else bisect.bisect_right(bounds, low) + 1
            high = -1 if high == MOST else bisect.bisect_right(bounds, high) + 1
        if not negated:
            return f"R {column} {low} {high}"
        low, high = (least if low == -1 else low), (most if high == -1 else high)
        parts = [f"R {column} -1 {low - 1}"] * (low > least) + [f"R {column} {high + 1} -1"] * (high < most)
        return "F" if not parts else parts[0] if len(parts) == 1 else "O 2 " + " ".join(parts)

    def program(self, tree: Tree) -> str:
        if not isinstance(tree, tuple):
            return self.atom(tree)
        return f"{'A' if tree[0] == 'and' else 'O'} {len(tree[1])} " + " ".join(map(self.program, tree[1]))

    def columns(self, records: Records, rows: list[int]) -> dict[str, list]:
        """Of each column its values at the rows, None where unknown."""
        values = {}
        for name in self.workload.names:
            if name in records.offsets:
                offsets, tags = records.offsets[name], records.values[name]
                values[name] = [None if records.null[name][r] else sorted({*tags[offsets[r]:offsets[r + 1]].tolist()})
                                for r in rows]
            else:
                values[name] = [None if records.null[name][r] else int(records.values[name][r]) for r in rows]
        ranked = {f"q_{a}_{b}": [quotient_rank(x, y, bounds) for x, y in zip(values[a], values[b])]
                  for (a, b), bounds in self.ratios.items()}
        for column, bounds in self.bounds.items():
            values[column] = [None if x is None else bisect.bisect_right(bounds, x) + 1 for x in values[column]]
        return values | ranked


def bound(payload) -> Bound:
    _, op, num, den = payload
    return Fraction(num, den), op in (">", "<=")


def quotient_rank(dividend: int | None, divisor: int | None, bounds: list[Bound]) -> int | None:
    if dividend is None or divisor is None or divisor <= 0:
        return None
    quotient = Fraction(dividend, divisor)
    return 1 + sum(quotient > at if above else quotient >= at for at, above in bounds)


def written(value) -> str:
    if isinstance(value, list):
        return "," + ",".join(map(str, value))
    return "-" if value is None else str(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--policies", type=int)
    parser.add_argument("--records", type=int, default=2000)
    options = parser.parse_args()
    workload = Workload(options.data, options.policies)
    records = Records(options.data, workload)
    export = Export(workload)
    rows = [k * (records.count // options.records) for k in range(options.records)]
    columns = export.columns(records, rows)
    options.out.mkdir(parents=True, exist_ok=True)

    def write(name: str, lines) -> None:
        (options.out / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    write("columns.txt", (f"{name} {'L' if name in records.offsets else 'I'}" for name in columns))
    write("policies.txt", (f"{i} {export.program(tree)}" for i, tree in enumerate(workload.trees)))
    write("records.txt", (f"{row} " + " ".join(written(values[k]) for values in columns.values())
                          for k, row in enumerate(rows)))


if __name__ == "__main__":
    main()
