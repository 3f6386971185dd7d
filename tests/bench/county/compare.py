#!/usr/bin/env python3
"""Proves that Huiyu and DuckDB's SQL give every firm of the county the same outcome, amount and class.

    compare.py HUIYU [--firms 80000] [--seeds 1,2,3] [--folder FOLDER]

makes the register with so many firms, answers it by both, and prints a table of the differences by policy; its exit
code is 1 if there is one. With seeds it does the same for registers made harder, one for each (see perturb.py). DuckDB is the one inside Huiyu's data module: `huiyu data convert` runs any SQL.
"""
import argparse
import csv
import pathlib
import subprocess
import sys
import tempfile

import assemble
import perturb

EXAMPLE = pathlib.Path(__file__).resolve().parents[3] / "examples" / "county"
RULES = EXAMPLE / "rules"
AS_OF = "2024-12-31"
# So that DuckDB reads a register with both threads: it hands a thread one row group at a time.
ROW_GROUP = 10240


def quoted(path):
    return "'" + str(path).replace("'", "''") + "'"


def write_sql(path, sql):
    """SQL as a file that `huiyu data convert` takes: its last statement must give rows."""
    path.write_text(sql + "\nSELECT true AS done\n", encoding="utf-8")
    return path


def run_sql(huiyu, path):
    """Runs a file that write_sql wrote."""
    subprocess.run([huiyu, "data", "convert", str(path), str(path.with_suffix(".done.csv"))], check=True,
                   stderr=subprocess.DEVNULL)


def rows_of(huiyu, folder, sql):
    """The rows that a query gives, as dictionaries of text."""
    query, answer = folder / "query.sql", folder / "query.csv"
    query.write_text(sql, encoding="utf-8")
    answer.unlink(missing_ok=True)
    subprocess.run([huiyu, "data", "convert", str(query), str(answer)], check=True, stderr=subprocess.DEVNULL)
    with answer.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def make_register(huiyu, folder, firms):
    """The county's register with so many firms, in row groups small enough for several threads."""
    text = (EXAMPLE / "register.sql").read_text(encoding="utf-8")
    head, generator, tail = text.partition("range(80000)")
    if not generator:
        sys.exit("compare: register.sql no longer says range(80000)")
    source, whole, register = (folder / name for name in ("register.sql", "whole.parquet", "register.parquet"))
    source.write_text(f"{head}range({firms}){tail}", encoding="utf-8")
    subprocess.run([huiyu, "data", "convert", str(source), str(whole)], check=True, stderr=subprocess.DEVNULL)
    run_sql(huiyu, write_sql(folder / "groups.sql", f"COPY (FROM {quoted(whole)}) TO {quoted(register)} "
                                                    f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP});"))
    whole.unlink()
    return register


def make_harder(huiyu, folder, register, seed):
    """The register with facts missing and numbers at the bounds."""
    columns = rows_of(huiyu, folder, f"SELECT column_name AS name, column_type AS type FROM (DESCRIBE FROM {quoted(register)})")
    query = perturb.Perturbation(seed).sql(quoted(register), [(column["name"], column["type"]) for column in columns])
    harder = folder / "harder.parquet"
    run_sql(huiyu, write_sql(folder / "harder.sql", f"COPY ({query}) TO {quoted(harder)} (FORMAT parquet);"))
    return harder


def match_command(huiyu, register, out, *more):
    return [huiyu, "match", str(RULES), "--data", str(register), "--as-of", AS_OF, "-o", str(out), *more]


def differences(huiyu, folder, register):
    """How many pairs there are, and the differences by policy and outcomes."""
    ours, theirs = folder / "huiyu.parquet", folder / "duckdb.parquet"
    subprocess.run(match_command(huiyu, register, ours, "--all"), check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    run_sql(huiyu, write_sql(folder / "duckdb.sql", assemble.assemble(register, theirs)))
    pairs = int(rows_of(huiyu, folder, f"SELECT count(*) AS n FROM {quoted(ours)}")[0]["n"])
    return pairs, rows_of(huiyu, folder, f"""
SELECT policy, h.outcome AS huiyu, d.outcome AS duckdb, count(*) AS pairs, min(key) AS key,
       min_by(h.amount, key) AS huiyu_amount, min_by(d.amount, key) AS duckdb_amount,
       min_by(h.value, key) AS huiyu_value, min_by(d.value, key) AS duckdb_value
FROM {quoted(ours)} AS h
FULL JOIN (SELECT * REPLACE (policy::VARCHAR AS policy, outcome::VARCHAR AS outcome) FROM {quoted(theirs)}) AS d USING (key, policy)
WHERE (h.outcome, h.amount, h.value) IS DISTINCT FROM (d.outcome, d.amount, d.value)
GROUP BY ALL ORDER BY ALL""")


def report(pairs, different):
    """Prints the differences as a table; true if there is none."""
    if not different:
        print(f"Huiyu and DuckDB's SQL agree on all {pairs:,} pairs of firm and policy.")
        return pairs > 0
    print("| " + " | ".join(different[0]) + " |\n|" + "---|" * len(different[0]))
    for row in different:
        print("| " + " | ".join(row.values()) + " |")
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("huiyu")
    parser.add_argument("--firms", type=int, default=80000)
    parser.add_argument("--seeds", default="", help="harder registers too, one for each number")
    parser.add_argument("--folder", help="keep the files here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(given.folder or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        register = make_register(given.huiyu, folder, given.firms)
        equal = report(*differences(given.huiyu, folder, register))
        for seed in filter(None, given.seeds.split(",")):
            print(f"harder, seed {seed}:")
            equal &= report(*differences(given.huiyu, folder, make_harder(given.huiyu, folder, register, int(seed))))
        sys.exit(0 if equal else 1)


if __name__ == "__main__":
    main()
