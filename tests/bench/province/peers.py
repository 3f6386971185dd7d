"""Measures Huiyu on a province's workload beside the references and other engines, in turn, each command a process of its
own. No time counts before the matches are the same.

    peers.py BIN PYTHON FOLDER [--parts D-85,C-4K,X-adv,P-46K-s,single-3000,single-46000,district]
             [--engines a,b] [--repetitions 7] [--slow-repetitions 2] [--around COMMAND] [--render]

BIN is the build's folder of programs, PYTHON one with peers/requirements.txt installed. FOLDER keeps data, what is built
of the peers, and runs.jsonl, to which every run is added; of all that is there figures.md and figures.svg are made, with
--render without running anything. --around is put before each command, as `nice -n -5`.
"""
import argparse
import json
import os
import pathlib
import resource
import shlex
import shutil
import subprocess
import sys
import time

import plan
import prepare
import report

PARTS = ("D-85", "C-4K", "X-adv", "P-46K-s", "single-3000", "single-46000", "district")
HOURS = 3600


def measured(engine: plan.Engine, around: list[str]) -> dict:
    """The line of JSON that it prints, or why there is none."""
    if not engine.command:
        tools = {"a-tree": "cargo", "cel-go": "go", "drools": "mvn or javac"}
        return {"not_run": f"no {tools[engine.name]}"}
    if not pathlib.Path(engine.command[0]).exists() and "/" in engine.command[0]:
        return {"not_run": f"no {pathlib.Path(engine.command[0]).name}"}
    if "HUIYU_CACHE_DIR" in engine.environment:
        shutil.rmtree(engine.environment["HUIYU_CACHE_DIR"], ignore_errors=True)
    begin, used = time.perf_counter(), processor()
    try:
        done = subprocess.run([*around, *engine.command], env={**os.environ, **engine.environment}, capture_output=True,
                              text=True, check=False, timeout=2 * HOURS)
        line = {} if engine.whole and done.returncode == 0 else json.loads(done.stdout.strip().splitlines()[-1])
    except (subprocess.TimeoutExpired, json.JSONDecodeError, IndexError) as error:
        return {"not_run": f"failed: {type(error).__name__}"}
    line |= {"process_s": round(time.perf_counter() - begin, 2), "process_cpu": round(processor() - used, 2)}
    return line


def processor() -> float:
    """Seconds of the processors that finished commands took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def engines_of(places: plan.Places, part: str, options: argparse.Namespace) -> list[plan.Engine]:
    prepare.workload(places, "D-85" if part == "district" else "P-46K-s" if part.startswith("single") else part)
    if part == "district":
        prepare.district_export(places)
        return plan.district_single(places)
    if not part.startswith("single"):
        return plan.batch(places, part, options.slow_repetitions)
    count = int(part.partition("-")[2])
    prepare.first_policies(places, count)
    prepare.compiled(places, count)
    return plan.single(places, count)


def run(places: plan.Places, part: str, options: argparse.Namespace, runs: pathlib.Path) -> None:
    engines = engines_of(places, part, options)
    if options.engines:
        engines = [engine for engine in engines if engine.name in options.engines.split(";")]
    for repetition in range(options.repetitions):
        for engine in engines:
            if repetition >= engine.most:
                continue
            line = measured(engine, shlex.split(options.around))
            said = {"part": part, "name": engine.name, "load": os.getloadavg()[0], **line}
            with open(runs, "a", encoding="utf-8") as file:
                file.write(json.dumps(said) + "\n")
            figures = " ".join(f"{key}={line[key]}" for key in ("s", "cpu", "load_s", "p50_us", "process_cpu", "digest") if key in line)
            print(f"{part} {engine.name}: {figures or 'not run: ' + line.get('not_run', '?')}", flush=True)
            if "not_run" in line:
                engine.most = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=pathlib.Path)
    parser.add_argument("python")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--engines", help="only these, separated by semicolons")
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--slow-repetitions", type=int, default=2)
    parser.add_argument("--around", default="")
    parser.add_argument("--render", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    places = plan.Places(options.programs.resolve(), options.python, options.folder.resolve())
    runs = places.folder / "runs.jsonl"
    if not options.render:
        for part in options.parts.split(","):
            run(places, part, options, runs)
    wrong = report.write(places.folder, runs)
    for one in wrong:
        print(f"DIFFERS: {one}", file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
