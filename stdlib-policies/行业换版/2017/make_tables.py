#!/usr/bin/env python3
"""Writes 新行业代码.hui from the lists of both editions; --check tells whether it is as it would be written.

A class of 2011 has a successor when exactly one class of 2017 bears its name. A residual class (其他…) has none: what it
held may have got a class of its own."""

import csv
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
NEW_EDITION = FOLDER.parents[1] / "industries" / "gbt4754-2017.csv"
TABLE = FOLDER / "新行业代码.hui"


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def successors():
    """(code of 2011, code of 2017 or None) of every class, in order."""
    by_name = {}
    for row in rows(NEW_EDITION):
        if row["level"] == "class":
            by_name.setdefault(row["name"], []).append(row["code"])
    for row in rows(FOLDER / "gbt4754-2011.csv"):
        found = by_name.get(row["name"], [])
        yield row["code"], found[0] if len(found) == 1 and not row["name"].startswith("其他") else None


def text():
    """The rule file, laid out as huiyu fmt lays it out."""
    lines = [
        "# 由 make_tables.py 写出，请不要改这个文件",
        "# 2011 年版的小类：2017 年版里只有一个小类与它同名的，是那一个；别的没有行",
        "公开 参照表 新行业代码（文本）： 行业代码",
    ]
    lines += [f'  | "{old}" | {new} |' for old, new in successors() if new]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(0 if TABLE.read_text(encoding="utf-8") == text() else f"{TABLE}: run {pathlib.Path(__file__).name}")
    TABLE.write_text(text(), encoding="utf-8")
    pairs = list(successors())
    same = sum(old == new for old, new in pairs)
    none = sum(new is None for _, new in pairs)
    print(f"{len(pairs)} classes of 2011: {same} kept their code, {len(pairs) - same - none} got another, {none} without a row")
