"""The records as peers get them: raw arrays with dictionary codes, and a column of truth for each tag that is asked for."""
import pathlib

import numpy as np

from neutral import LEAST, MOST, Kind, Workload, atoms_of

TYPES = {"bool": np.int8, "enum": np.int16, "code": np.int16, "int64": np.int64, "date": np.int32, "int32": np.int32}


def tag_column(column: str, tag: int) -> str:
    return f"{column}_{tag}"


def known_column(column: str) -> str:
    """Of a list: whether it is known at all."""
    return f"{column}_known"


class Records:
    """`values` of each plain column with `null`, and of each list its members and where they begin."""

    def __init__(self, data: pathlib.Path, workload: Workload):
        self.raw, self.workload = data / "raw", workload
        self.count = int((self.raw / "meta.txt").read_text(encoding="utf-8").split()[0])
        self.values: dict[str, np.ndarray] = {}
        self.null: dict[str, np.ndarray] = {}
        self.offsets: dict[str, np.ndarray] = {}
        for name, kind in workload.kinds.items():
            if kind == "list":
                lengths = np.fromfile(self.raw / f"{name}.len", np.int16)
                self.values[name] = np.fromfile(self.raw / f"{name}.val", np.uint16)
                self.offsets[name] = np.concatenate(([0], np.cumsum(np.maximum(lengths, 0), dtype=np.int64)))
                self.null[name] = lengths < 0
            else:
                self.values[name] = np.fromfile(self.raw / f"{name}.bin", TYPES[kind])
                self.null[name] = self.values[name] == np.iinfo(TYPES[kind]).min
        self.atoms = sorted({atom for tree in workload.trees for atom in atoms_of(tree)})
        asked = {(a.column, a.payload) for a in (workload.atoms[i] for i in self.atoms) if a.kind == Kind.HAS}
        self.tags = {name: sorted(tag for column, tag in asked if column == name) for name in self.offsets}

    def plain(self) -> list[str]:
        return [name for name in self.workload.names if name not in self.offsets]

    def who_has(self, name: str, first: int = 0, end: int | None = None) -> dict[int, np.ndarray]:
        """Of each tag that is asked for, which of the records have it. Null lists have none."""
        end = self.count if end is None else end
        offsets = self.offsets[name]
        tags = self.values[name][offsets[first]:offsets[end]]
        rows = np.repeat(np.arange(end - first), np.diff(offsets[first:end + 1]))
        order = np.argsort(tags, kind="stable")
        tags, rows = tags[order], rows[order]
        begins, ends = (np.searchsorted(tags, self.tags[name], side) for side in ("left", "right"))
        found = {}
        for tag, low, high in zip(self.tags[name], begins, ends):
            found[tag] = np.zeros(end - first, bool)
            found[tag][rows[low:high]] = True
        return found

    def limits(self, column: str) -> tuple[int, int]:
        """The least and the most that a column may hold; its type's least value is the null."""
        kind = self.workload.kinds[column]
        if kind == "bool":
            return 0, 1
        if kind in ("enum", "code"):
            return 0, 32_767
        return (LEAST + 1, MOST) if kind == "int64" else (-2**31 + 1, 2**31 - 1)

    def arrow(self):
        """As a table, with the record's position as `record`."""
        import pyarrow as pa

        made = {name: pa.array(self.values[name], mask=self.null[name] if self.null[name].any() else None)
                for name in self.plain()}
        for name in self.offsets:
            if self.tags[name]:
                made[known_column(name)] = pa.array(~self.null[name])
            made |= {tag_column(name, tag): pa.array(has) for tag, has in self.who_has(name).items()}
        made["record"] = pa.array(np.arange(self.count, dtype=np.int32))
        return pa.table(made)
