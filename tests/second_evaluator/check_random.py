"""Random programs and records: the oracle's answers against the second evaluator's. The first difference ends the run.

Every program that the generator prints is judged, none is left out; the share of nodes that were answered is printed.

check_random.py --generator build/bin/random_project [--programs N] [--records K] [--seed S] [--keep FOLDER] [--all]
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from compare import first_difference
from expressions import Evaluator
from facts import Record
from judged import Judged
from policies import answer
from program import Program
from references import joined
from values import Year

# Each kind of answer is met once in so many pairs at least; a run that meets one too rarely tests little of it.
LEAST_SHARE = 100
# Of all programs asked for, so many are judged (the checker refused every policy of the others); and of the nodes that
# their policies reach, so many: rows of a ladder that no record met are not asked, nor what was given is computed.
LEAST_PROGRAMS, LEAST_NODES = 0.95, 0.8
KINDS = ("eligible", "ineligible", "unknown", "not_applicable", "error", "pending", "parts", "shares", "value", "disposal", "alerts")


def answers(evaluator, records):
    """(key, policy id) -> what the second evaluator answers."""
    program, found = evaluator.program, {}
    for policy in program.policies:
        schema = program.schemas[policy["subject"]]
        for raw, why in joined(program, policy["subject"], records):
            record = Record(program, policy["subject"], raw, why=why)
            key = raw[program.fields[schema["key"]]["name"]]
            found[key, policy["id"]] = answer(evaluator, policy, record)
    return found


def kinds(answer):
    pending = answer["outcome"] == "eligible" and "needs" in answer
    yield "pending" if pending else answer["outcome"]
    yield from (name for name in ("parts", "shares", "value", "disposal", "alerts") if answer.get(name))


def check(project, judged):
    """(what differs or None, the answers)"""
    year = Year(project["application_year"]) if "application_year" in project else None
    as_of = date.fromisoformat(project["as_of"])
    evaluator = Evaluator(Program(project["tir"]), as_of, year, project["given"])
    found = answers(evaluator, json.loads(project["records"]))
    judged.add(evaluator.program, evaluator)
    return first_difference([json.loads(row) for row in project["rows"].splitlines()], found), found


def keep(project, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in (("rules", "rules.hui"), ("records", "records.json"), ("tir", "tir.json")):
        (folder / file).write_text(project[name], encoding="utf-8")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--generator", required=True)
    options.add_argument("--programs", default="100")
    options.add_argument("--records", default="20")
    options.add_argument("--seed", default="1")
    options.add_argument("--keep", type=Path, default=Path("build/differences/second_evaluator"))
    options.add_argument("--all", action="store_true", help="go on after a difference")
    given = options.parse_args()

    command = [given.generator, "--programs", given.programs, "--records", given.records, "--seed", given.seed]
    met, judged, programs, pairs, different = Counter(), Judged(), 0, 0, 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as generator:
        for line in generator.stdout:
            project = json.loads(line)
            difference, found = check(project, judged)
            programs += 1
            pairs += len(found)
            for one in found.values():
                met.update(kinds(one))
            if difference:
                different += 1
                print(f"seed {given.seed} program {project['number']} as of {project['as_of']}: {difference}")
                print(f"given {project['given']}, 申报年度 {project.get('application_year')}")
                if not given.all:
                    keep(project, given.keep)
                    print(project["rules"])
                    key = difference.split("'")[1] if "'" in difference else ""
                    records = json.loads(project["records"])
                    print(*[json.dumps(one, ensure_ascii=False) for one in records if key in one.values()])
                    print(f"kept in {given.keep}")
                    generator.terminate()
                    return 1
    if generator.returncode != 0:
        print(f"the generator ended with {generator.returncode}")
        return 1
    shares = " ".join(f"{kind} {100 * met[kind] / pairs:.1f} %" for kind in KINDS)
    print(f"{pairs} pairs, seed {given.seed}, {different} programs differ; {shares}")
    rare = [kind for kind in KINDS if met[kind] * LEAST_SHARE < pairs]
    if rare:
        print("met too rarely: " + ", ".join(rare))
    print("nodes that the policies reach, by kind: answered/all")
    judged.print()
    asked = int(given.programs)
    print(f"judged: {programs} of {asked} programs, {100 * judged.share():.1f} % of their nodes")
    if judged.never():
        print("never judged: " + ", ".join(judged.never()))
    little = programs < LEAST_PROGRAMS * asked or judged.share() < LEAST_NODES or judged.never()
    return 1 if different or rare or little else 0


if __name__ == "__main__":
    sys.exit(main())
