"""A neutral workload in the flat form that the references and the peers share.

policies.json: `columns` (name -> kind), `dictionaries` (name -> values in order) and `policies`, each
`{id, region, condition, formula}`.

- A policy fits a record when the county's code begins with the region and the condition is certainly true.
- Nodes are `{"and": [..]}`, `{"or": [..]}`, `{"not": x}`; comparisons `{"col", "op", "val"}` with `< <= > >= = in
  between contains prefix`; `{"ratio": [a, b], "op", "num", "den"}` compares a/b, `growth` (a-b)/b, with num/den,
  exactly.
- Strong Kleene. A comparison with a null is unknown, as is a ratio whose divisor is null, zero or negative. A null list
  is unknown, an empty one known.
- Formulas, in whole fen: `flat` base * rate; `slab` base * the rate of the last tier that begins at or below it;
  `marginal` the sum over tiers of the part of the base inside. One rounding, half up, of the exact value; then the cap,
  then the floor. No amount without a base.

Here a dictionary's values are their positions, which makes a prefix a range of codes; `not` is pushed down to the
comparisons, so that of each only where it is certainly true matters, and unknown is as good as false.
"""
import bisect
import datetime
import enum
import json
import pathlib
from collections.abc import Iterator
from typing import Any, NamedTuple

LEAST, MOST = -(1 << 63), (1 << 63) - 1
EPOCH = datetime.date(1970, 1, 1)
FLIPPED = {">=": "<", "<": ">=", ">": "<=", "<=": ">"}


class Kind(enum.IntEnum):
    RANGE = 0  # payload (low, high), both inside
    SET = 1  # codes in order
    HAS = 2  # the code of a tag
    RATIO = 3  # (divisor's column, op, num, den)


class Atom(NamedTuple):
    """Certainly true where the column is known and is, or with `negated` is not, what the payload says."""
    kind: Kind
    column: str
    negated: bool
    payload: Any


# An atom's number, or ("and" | "or", children).
Tree = int | tuple[str, tuple["Tree", ...]]


class Workload:
    def __init__(self, folder: pathlib.Path | str, count: int | None = None):
        """`count`: only the first so many policies."""
        with open(pathlib.Path(folder) / "policies.json", encoding="utf-8") as file:
            self._read(json.load(file), count)

    @classmethod
    def of(cls, stated: dict[str, Any]) -> "Workload":
        made = cls.__new__(cls)
        made._read(stated, None)
        return made

    def _read(self, stated: dict[str, Any], count: int | None) -> None:
        self.kinds: dict[str, str] = stated["columns"]
        self.dictionaries: dict[str, list[str]] = stated["dictionaries"]
        self.names = list(self.kinds)
        self.codes = {name: {v: i for i, v in enumerate(values)} for name, values in self.dictionaries.items()}
        self.policies = stated["policies"][:count]
        self.atoms: list[Atom] = []
        self._numbers: dict[Atom, int] = {}
        self.trees: list[Tree] = []
        self.region_atoms: list[int] = []
        self.regions: list[tuple[int, int]] = []  # the first and the last code of a county
        for policy in self.policies:
            region = self._prefix("county", policy["region"])
            atom = self._number(Kind.RANGE, "county", False, region)
            tree = self._tree(policy["condition"], False)
            children = tree[1] if isinstance(tree, tuple) and tree[0] == "and" else (tree,)
            self.trees.append(("and", tuple(dict.fromkeys((atom, *children)))))
            self.region_atoms.append(atom)
            self.regions.append(region)

    def _number(self, kind: Kind, column: str, negated: bool, payload: Any) -> int:
        atom = Atom(kind, column, negated, payload)
        if atom not in self._numbers:
            self._numbers[atom] = len(self.atoms)
            self.atoms.append(atom)
        return self._numbers[atom]

    def _prefix(self, column: str, start: str) -> tuple[int, int]:
        values = self.dictionaries[column]
        return bisect.bisect_left(values, start), bisect.bisect_left(values, start + "\x7f") - 1

    def value(self, column: str, stated: Any) -> int:
        kind = self.kinds[column]
        if kind == "date":
            return (datetime.date.fromisoformat(stated) - EPOCH).days
        if kind == "bool":
            return int(stated)
        return self.codes[column][stated] if kind in ("enum", "code") else stated

    def _tree(self, node: dict[str, Any], negated: bool) -> Tree:
        if "not" in node:
            return self._tree(node["not"], not negated)
        if "and" not in node and "or" not in node:
            return self._atom(node, negated)
        word = "and" if ("and" in node) != negated else "or"
        children: dict[Tree, None] = {}
        for child in node.get("and") or node["or"]:
            tree = self._tree(child, negated)
            children |= dict.fromkeys(tree[1] if isinstance(tree, tuple) and tree[0] == word else (tree,))
        return next(iter(children)) if len(children) == 1 else (word, tuple(children))

    def _atom(self, node: dict[str, Any], negated: bool) -> int:
        if "ratio" in node or "growth" in node:
            dividend, divisor = node.get("ratio") or node["growth"]
            # (a-b)/b against n/d is a/b against (n+d)/d.
            bound = node["num"] + (node["den"] if "growth" in node else 0)
            op = FLIPPED[node["op"]] if negated else node["op"]
            return self._number(Kind.RATIO, dividend, False, (divisor, op, bound, node["den"]))
        column, op, stated = node["col"], node["op"], node["val"]
        if op == "contains":
            return self._number(Kind.HAS, column, negated, self.codes[column][stated])
        if op == "in":
            codes = tuple(sorted({self.value(column, one) for one in stated}))
            if codes[-1] - codes[0] + 1 != len(codes):
                return self._number(Kind.SET, column, negated, codes)
            low, high = codes[0], codes[-1]
        elif op == "prefix":
            low, high = self._prefix(column, stated)
        elif op == "between":
            low, high = self.value(column, stated[0]), self.value(column, stated[1])
        else:
            x = self.value(column, stated)
            low, high = {"=": (x, x), ">=": (x, MOST), ">": (x + 1, MOST), "<": (LEAST, x - 1), "<=": (LEAST, x)}[op]
        if negated and low == LEAST:
            return self._number(Kind.RANGE, column, False, (high + 1, MOST))
        if negated and high == MOST:
            return self._number(Kind.RANGE, column, False, (LEAST, low - 1))
        return self._number(Kind.RANGE, column, negated, (low, high))


def atoms_of(tree: Tree) -> Iterator[int]:
    if isinstance(tree, tuple):
        for child in tree[1]:
            yield from atoms_of(child)
    else:
        yield tree
