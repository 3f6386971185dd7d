"""Conditions as SQL on integer columns and a Boolean column a tag."""
from neutral import Kind, Tree, Workload

from .columns import Records, known_column, tag_column


class Sql:
    def __init__(self, workload: Workload, records: Records):
        self.workload, self.records = workload, records

    def atom(self, number: int) -> str:
        atom = self.workload.atoms[number]
        column = atom.column
        if atom.kind == Kind.HAS:
            has = tag_column(column, atom.payload)
            return f"({known_column(column)} AND NOT {has})" if atom.negated else has
        if atom.kind == Kind.SET:
            return f"{column} {'NOT ' if atom.negated else ''}IN ({','.join(map(str, atom.payload))})"
        if atom.kind == Kind.RATIO:
            divisor, op, num, den = atom.payload
            return f"({divisor}>0 AND {column}*{den}{op}{divisor}*{num})"
        (low, high), (least, most) = atom.payload, self.records.limits(column)
        if low > most or high < least or low > high:
            return f"({column} IS NOT NULL)" if atom.negated else "(1=0)"
        if low == high:
            return f"{column}{'<>' if atom.negated else '='}{low}"
        if high >= most:
            return f"{column}{'<' if atom.negated else '>='}{low}"
        if low <= least:
            return f"{column}{'>' if atom.negated else '<='}{high}"
        return f"({column}<{low} OR {column}>{high})" if atom.negated else f"({column}>={low} AND {column}<={high})"

    def tree(self, tree: Tree) -> str:
        if not isinstance(tree, tuple):
            return self.atom(tree)
        return "(" + (" AND " if tree[0] == "and" else " OR ").join(map(self.tree, tree[1])) + ")"

    def where(self, policy: int) -> str:
        return " AND ".join(map(self.tree, self.workload.trees[policy][1]))
