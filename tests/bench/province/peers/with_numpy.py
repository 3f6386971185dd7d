"""NumPy: every comparison once a block of records, as packed bits that the policies share; ANDs with early exit, policies
of regions without a record in the block left out. Written as an expert would."""
import builtins
import multiprocessing

import numpy as np

from neutral import Atom, Kind, Tree, Workload

from .columns import Records

BLOCK = 65_536
SAMPLE = 2048
EXIT_EVERY = 4  # conditions between two looks whether anybody is left


class Shared:
    def __init__(self, workload: Workload, records: Records):
        self.workload, self.records = workload, records
        middle = records.count // 2
        block = self.block(max(0, middle - SAMPLE), max(middle, min(SAMPLE, records.count)), packed=False)
        share = {number: truth.mean() for number, truth in block.items()}
        self.conditions = []
        for tree, region in zip(workload.trees, workload.region_atoms):
            rank = {child: -1 if child == region else 2 if isinstance(child, tuple) else share[child] for child in tree[1]}
            self.conditions.append(sorted(tree[1], key=rank.__getitem__))

    def block(self, first: int, end: int, packed: bool = True) -> dict[int, np.ndarray]:
        """Of each comparison who meets it."""
        lists = {name: self.records.who_has(name, first, end) for name in self.records.offsets}
        truths = {number: self.truth(self.workload.atoms[number], first, end, lists) for number in self.records.atoms}
        if not packed:
            return truths
        return {number: np.packbits(truth, bitorder="little") for number, truth in truths.items()}

    def truth(self, atom: Atom, first: int, end: int, lists) -> np.ndarray:
        null = self.records.null[atom.column][first:end]
        if atom.kind == Kind.HAS:
            has = lists[atom.column][atom.payload]
            return ~has & ~null if atom.negated else has
        values = self.records.values[atom.column][first:end]
        if atom.kind == Kind.SET:
            table = np.full(len(self.workload.dictionaries[atom.column]) + 1, atom.negated)
            table[list(atom.payload)] = not atom.negated
            table[-1] = False
            return table[np.where(null, -1, values)]
        if atom.kind == Kind.RATIO:
            column, op, num, den = atom.payload
            divisors = self.records.values[column][first:end]
            known = ~(null | self.records.null[column][first:end]) & (divisors > 0)
            with np.errstate(over="ignore"):
                left, right = values * den, divisors * num
            compare = {">=": np.greater_equal, ">": np.greater, "<": np.less, "<=": np.less_equal}[op]
            return compare(left, right) & known
        return self.inside(atom, values, null)

    def inside(self, atom: Atom, values: np.ndarray, null: np.ndarray) -> np.ndarray:
        (low, high), (least, most) = atom.payload, self.records.limits(atom.column)
        if atom.negated:
            outside = values < low if low > least else np.zeros(len(values), bool)
            return (outside | (values > high) if high < most else outside) & ~null
        if low > most or high < least:
            return np.zeros(len(values), bool)
        if high >= most:
            return values >= max(low, least)
        if low <= least:
            return (values <= high) & ~null
        return values == low if low == high else (values >= low) & (values <= high)

    def matches(self, first: int) -> list[tuple[int, np.ndarray]]:
        end = min(self.records.count, first + BLOCK)
        bits = self.block(first, end)
        some = {region: bool(bits[region].any()) for region in set(self.workload.region_atoms)}

        def of(tree: Tree) -> np.ndarray:
            if not isinstance(tree, tuple):
                return bits[tree]
            join = np.bitwise_and if tree[0] == "and" else np.bitwise_or
            made = join(of(tree[1][0]), of(tree[1][1]))
            for child in tree[1][2:]:
                join(made, of(child), out=made)
            return made

        found = []
        for policy, conditions in enumerate(self.conditions):
            if not some[self.workload.region_atoms[policy]]:
                continue
            left = of(conditions[0]).copy()
            for number, condition in enumerate(conditions[1:]):
                if number % EXIT_EVERY == 2 and not left.any():
                    break
                np.bitwise_and(left, of(condition), out=left)
            if left.any():
                who = np.flatnonzero(np.unpackbits(left, count=end - first, bitorder="little"))
                found.append((policy, (who + first).astype(np.int32)))
        return found

    def part(self, process: int, processes: int) -> list[tuple[int, np.ndarray]]:
        return [pair for first in range(process * BLOCK, self.records.count, processes * BLOCK)
                for pair in self.matches(first)]


def _part(numbers: tuple[int, int]):
    return builtins.shared_atoms.part(*numbers)


def prepare(workload: Workload, records: Records, mode: str, threads: int):
    """As many processes as threads are asked for, forked, since NumPy holds the interpreter's lock."""
    def run():
        shared = Shared(workload, records)
        if threads == 1:
            return shared.part(0, 1)
        builtins.shared_atoms = shared  # reached by the fork, not pickled
        with multiprocessing.get_context("fork").Pool(threads) as pool:
            parts = pool.map(_part, [(process, threads) for process in range(threads)])
        return [pair for part in parts for pair in part]

    return run
