"""Polars, three ways: `expressions` (a truth column for each policy, 500 policies a query, whose optimiser shares what is
common), `atoms` (first a truth column for each comparison, then the ANDs of them) and `filters` (a filter for each policy,
64 collected together). A frame for each county, with the policies of its region alone, took six times as long, since each
policy is planned for many frames."""
import operator

import numpy as np
import polars as pl

from neutral import Kind, Tree, Workload

from .columns import TYPES, Records, known_column, tag_column

CHUNK = 500
FILTERS = 64
DTYPES = {np.int8: pl.Int8, np.int16: pl.Int16, np.int32: pl.Int32, np.int64: pl.Int64}
COMPARE = {">=": operator.ge, ">": operator.gt, "<": operator.lt, "<=": operator.le}


class Expressions:
    def __init__(self, workload: Workload, records: Records):
        self.workload, self.records = workload, records

    def atom(self, number: int) -> pl.Expr:
        atom = self.workload.atoms[number]
        column = pl.col(atom.column)
        if atom.kind == Kind.HAS:
            has = pl.col(tag_column(atom.column, atom.payload))
            return ~has & pl.col(known_column(atom.column)) if atom.negated else has
        if atom.kind == Kind.SET:
            inside = column.is_in(pl.Series(list(atom.payload), dtype=pl.Int16).implode())
            return ~inside if atom.negated else inside
        if atom.kind == Kind.RATIO:
            divisor, op, num, den = atom.payload
            return (pl.col(divisor) > 0) & COMPARE[op](column * den, pl.col(divisor) * num)
        (low, high), (least, most) = atom.payload, self.records.limits(atom.column)
        dtype = DTYPES[TYPES[self.workload.kinds[atom.column]]]
        if low > most or high < least or low > high:
            return column.is_not_null() if atom.negated else pl.lit(False)
        if low == high:
            return column != pl.lit(low, dtype) if atom.negated else column == pl.lit(low, dtype)
        if high >= most:
            return column < pl.lit(low, dtype) if atom.negated else column >= pl.lit(low, dtype)
        if low <= least:
            return column > pl.lit(high, dtype) if atom.negated else column <= pl.lit(high, dtype)
        low, high = pl.lit(low, dtype), pl.lit(high, dtype)
        return (column < low) | (column > high) if atom.negated else (column >= low) & (column <= high)

    def tree(self, tree: Tree, leaf) -> pl.Expr:
        if not isinstance(tree, tuple):
            return leaf(tree)
        children = [self.tree(child, leaf) for child in tree[1]]
        return pl.all_horizontal(children) if tree[0] == "and" else pl.any_horizontal(children)


def prepare(workload: Workload, records: Records, mode: str, threads: int):
    frame = pl.from_arrow(records.arrow())
    made = Expressions(workload, records)

    def selected(source: pl.LazyFrame, leaf):
        found = []
        for start in range(0, len(workload.trees), CHUNK):
            some = range(start, min(start + CHUNK, len(workload.trees)))
            truths = source.select([made.tree(workload.trees[p], leaf).alias(str(p)) for p in some]).collect()
            found += [(p, truths[str(p)].fill_null(False).arg_true().to_numpy()) for p in some]
        return found

    def expressions():
        return selected(frame.lazy(), made.atom)

    def atoms():
        columns = [made.atom(a).fill_null(False).alias(f"a{a}") for a in records.atoms]
        truths = frame.lazy().select(columns).collect()
        return selected(truths.lazy(), lambda a: pl.col(f"a{a}"))

    def filters():
        found = []
        for start in range(0, len(workload.trees), FILTERS):
            trees = workload.trees[start:start + FILTERS]
            queries = [frame.lazy().filter(made.tree(tree, made.atom)).select("record") for tree in trees]
            for p, rows in enumerate(pl.collect_all(queries), start):
                found.append((p, rows["record"].to_numpy()))
        return found

    return {"expressions": expressions, "atoms": atoms, "filters": filters}[mode]
