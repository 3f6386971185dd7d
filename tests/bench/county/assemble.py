#!/usr/bin/env python3
"""Assembles the county's policies as one SQL query for DuckDB, from the expressions in sql/.

    assemble.py REGISTER.parquet OUT.parquet [--eligible]

prints SQL that reads the register in one scan and writes one row for each firm and policy: key, policy, outcome,
amount and value, as `huiyu match --all` has them. With --eligible only what is eligible is written, as `huiyu match`
does.

A file of sql/ holds, for each policy, expressions under these headings; 企业.sql holds the facts they use, by stages.

    -- 政策 SW-1 出口增量奖励    the id that Huiyu knows it by
    -- 宏       macros of its own
    -- 适用     whether it applies at all: region, validity, whom it is meant for
    -- 条件     whether the conditions hold, and there is a row or an item that gives something; NULL is not known
    -- 差错     true where the conditions cannot be computed (a division by zero), if nothing else decides
    -- 金额     the amount, in yuan; NULL is not known
    -- 结论     the class or disposal that is given instead of an amount; NULL is not known
"""
import argparse
import pathlib
import re

FOLDER = pathlib.Path(__file__).parent / "sql"
HEADINGS = ("宏", "适用", "条件", "差错", "金额", "结论")
STAGES = ("宏", "事实", "推出", "再推出")


def sections(text, headings):
    """The text under each heading, by heading; a comment that is no heading is left out."""
    parts, current = {}, None
    for line in text.splitlines():
        if line.startswith("--"):
            if line[3:] in headings:
                current = line[3:]
                parts[current] = []
        elif current is not None:
            parts[current].append(line)
    return {heading: "\n".join(lines).strip() for heading, lines in parts.items()}


def policies():
    """Each policy's expressions by heading, in the order of the files' names."""
    found = {}
    for path in sorted(FOLDER.glob("*.sql")):
        for text in re.split(r"^-- 政策 ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            found[text.split(maxsplit=1)[0]] = sections(text, HEADINGS)
    return found


def outcome(policy, parts):
    """Section 5 of the language: applies, then the conditions, then whether there is anything to give."""
    lines = [f'CASE WHEN NOT "{policy} 适用" THEN \'not_applicable\' WHEN "{policy} 适用" IS NULL THEN \'unknown\'',
             f'WHEN NOT "{policy} 条件" THEN \'ineligible\' WHEN "{policy} 条件" IS NULL THEN \'unknown\'']
    if "差错" in parts:
        lines.append(f"WHEN {parts['差错']} THEN 'error'")
    if "结论" in parts:
        lines.append(f'WHEN "{policy} 结论" IS NULL THEN \'unknown\'')
    return "\n         ".join(lines) + f" ELSE 'eligible' END::outcome AS \"{policy}\""


def assemble(register, out, eligible=False):
    register, out = (str(path).replace("'", "''") for path in (register, out))
    common = sections((FOLDER / "企业.sql").read_text(encoding="utf-8"), STAGES)
    used = policies()
    macros = [common["宏"]] + [parts["宏"] for parts in used.values() if "宏" in parts]
    tests = ",\n  ".join(f'({parts[heading]}) AS "{name} {heading}"' for name, parts in used.items()
                         for heading in ("适用", "条件", "结论") if heading in parts)
    outcomes = ",\n  ".join(outcome(name, parts) for name, parts in used.items())
    amounts = ",\n  ".join(f'CASE WHEN "{name}" = \'eligible\' THEN round({parts["金额"]}, 2)::DECIMAL(18, 2) END AS "{name} 金额"'
                           for name, parts in used.items() if "金额" in parts)
    ids = ", ".join(f"'{name}'" for name in used)
    given = {
        "outcome": [f'"{name}"' for name in used],
        "amount": [f'"{name} 金额"' if "金额" in parts else "NULL" for name, parts in used.items()],
        "value": [f'CASE WHEN "{name}" = \'eligible\' THEN "{name} 结论" END' if "结论" in parts else "NULL"
                  for name, parts in used.items()],
    }
    rows = ",\n  ".join([f"unnest([{ids}]::policy[]) AS policy"] +
                        [f"unnest([{', '.join(columns)}]) AS {name}" for name, columns in given.items()])
    only = "WHERE outcome = 'eligible'" if eligible else ""
    return f"""CREATE TYPE outcome AS ENUM ('eligible', 'ineligible', 'unknown', 'error', 'not_applicable');
CREATE TYPE policy AS ENUM ({ids});
{chr(10).join(macros)}
COPY (
WITH 事实 AS (SELECT {common['事实']}
FROM '{register}'),
推出 AS (SELECT {common['推出']}
FROM 事实),
再推出 AS (SELECT {common['再推出']}
FROM 推出),
判断 AS (SELECT *,
  {tests}
FROM 再推出),
结果 AS (SELECT *,
  {outcomes}
FROM 判断),
金额 AS (SELECT *,
  {amounts}
FROM 结果),
各行 AS (SELECT 统一社会信用代码 AS key,
  {rows}
FROM 金额)
SELECT * FROM 各行 {only}
) TO '{out}' (FORMAT parquet, COMPRESSION zstd);
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("register")
    parser.add_argument("out")
    parser.add_argument("--eligible", action="store_true", help="only what is eligible")
    given = parser.parse_args()
    print(assemble(given.register, given.out, given.eligible), end="")


if __name__ == "__main__":
    main()
