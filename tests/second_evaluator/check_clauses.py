"""Every case of every clause of tests/conformance: the second evaluator answers as the case expects.

It knows no cohorts: clauses that ask for a place among others are counted, and left to the engines.

check_clauses.py --huiyu build/bin/huiyu
"""

import argparse
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from expressions import Evaluator
from facts import Record, give_inputs
from policies import answer
from program import Program
from selection import select

CLAUSES = Path(__file__).resolve().parents[1] / "conformance" / "clauses"


def cases_of(folder):
    for name in ("cases.jsonl", "more.jsonl"):
        if (folder / name).exists():
            for line in (folder / name).read_text(encoding="utf-8").splitlines():
                yield json.loads(line)


def fen(amount):
    return int(amount.replace(".", ""))


def as_expectation(key, row):
    """An answer in the shape of an expectation: colours of alerts are a value, parts and shares are both parts_fen."""
    shape = {"key": key, "outcome": row["outcome"], "amount_fen": fen(row["amount"]) if "amount" in row else None}
    if "value" in row:
        shape["value"] = row["value"]
    if "alerts" in row and None not in row["alerts"].values():
        shape["value"] = "".join(colour.removesuffix("色") for colour in row["alerts"].values()) or "无"
    if "needs" in row:
        shape["needs"] = row["needs"]
    for parts in ("parts", "shares"):
        if parts in row and "amount" in row:
            shape["parts_fen"] = {name: fen(amount) for name, amount in row[parts].items()}
    return shape


def expectation(expected):
    shape = dict(expected)
    if "needs" in shape:
        shape["needs"] = sorted(set(shape["needs"]), key=lambda name: name.encode())
    return shape


def check(text, case):
    """The differences of one case, each with what was expected and what was answered."""
    program = Program(text)
    policy = program.policies[0]
    fields = {program.fields[number]["name"] for number in program.schemas[policy["subject"]]["fields"]}
    definitions = {one["name"] for one in program.definitions}
    application_year = give_inputs(program, case.get("tables", {}))
    records = {one["key"]: one["facts"] for one in case["records"]}
    given = {name for facts in records.values() for name in facts if name in definitions - fields}
    evaluator = Evaluator(program, date.fromisoformat(case["as_of"]), application_year, given)
    population = {key: Record(program, policy["subject"], facts) for key, facts in records.items()}
    answers = {key: answer(evaluator, policy, record) for key, record in population.items()}
    answers = select(evaluator, policy, population, answers)
    for expected in case["expect"]:
        key = expected["key"]
        found = as_expectation(key, answers[key])
        if found != expectation(expected):
            yield f"{case['clause']} {case['name']} {key}:\n  expected {expectation(expected)}\n  answered {found}"


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--huiyu", required=True)
    huiyu = options.parse_args().huiyu
    compared, left_out, differences = 0, [], []
    for folder in sorted(one for one in CLAUSES.iterdir() if one.is_dir()):
        command = [huiyu, "dump", "--stage", "tir", "--format", "json", str(folder / "rules.hui")]
        text = subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
        if any(field.get("computed") for field in Program(text).fields):
            left_out.append(folder.name)
            continue
        for case in cases_of(folder):
            compared += len(case["expect"])
            differences += check(text, case)
    print(*differences, sep="\n")
    print(f"{compared} expectations compared, {len(differences)} differ; with cohorts: {', '.join(left_out) or 'none'}")
    return 1 if differences or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
