#!/usr/bin/env python3
"""Measures the county: reading, checking, compiling and matching its policies, beside DuckDB's SQL of the same policies.

    run.py BIN [--folder build/bench] [--rounds 7] [--firms 80000]

BIN is the folder with `huiyu` and `bench_frontend`. First Huiyu and the SQL must agree on every pair of firm and policy;
then the commands are run in turn, round after round, each a process of its own, so that a slow minute slows all of them.
Writes figures.json, figures.md and figures.svg into the folder and prints figures.md. Standard library only.
"""
import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "county"))
import assemble
import chart
import compare

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = 2000


class Trial:
    """A command that is run once in every round."""

    def __init__(self, name, command, cold=False):
        self.name, self.command, self.cold = name, [str(word) for word in command], cold
        self.wall, self.processor, self.memory, self.phases = [], [], 0, {}

    def run(self, caches):
        cache = caches / ("cold" if self.cold else "warm")
        if self.cold:
            shutil.rmtree(cache, ignore_errors=True)
        environment = dict(os.environ, HUIYU_CACHE_DIR=str(cache))
        begin = time.perf_counter()
        child = subprocess.Popen(self.command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = child.stderr.read()
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"run: {' '.join(self.command)} failed:\n{said.decode(errors='replace')}")
        self.wall.append(wall)
        self.processor.append(used.ru_utime + used.ru_stime)
        self.memory = max(self.memory, used.ru_maxrss)
        # What `match --profile` said: a phase's name and its milliseconds by the clock.
        for name, milliseconds in re.findall(r"^(\S.*?) +([0-9.]+) ms$", said.decode(errors="replace"), flags=re.MULTILINE):
            self.phases.setdefault(name, []).append(float(milliseconds))

    def forget(self):
        self.wall, self.processor, self.phases = [], [], {}


def trials(huiyu, folder, register):
    """What is measured, in the order of the rounds: what is compared stands side by side."""
    def sql(name, text):
        return [huiyu, "data", "convert", compare.write_sql(folder / f"{name}.sql", text), folder / f"{name}.done.csv"]

    sample, one, record = (folder / name for name in ("sample.parquet", "one.parquet", "one.json"))
    compare.run_sql(huiyu, compare.write_sql(folder / "samples.sql", "\n".join((
        f"COPY (FROM {compare.quoted(register)} LIMIT {SAMPLE}) TO {compare.quoted(sample)} (FORMAT parquet);",
        f"COPY (FROM {compare.quoted(register)} LIMIT 1) TO {compare.quoted(one)} (FORMAT parquet);",
        f"COPY (FROM {compare.quoted(register)} LIMIT 1) TO {compare.quoted(record)} (FORMAT json);"))))
    out = folder / "huiyu.parquet"
    told = subprocess.run([huiyu, "match", "--help"], capture_output=True, text=True, check=True).stdout
    profile = ["--profile"] if "--profile" in told else []

    def match(engine, data, *more):
        program, *words = compare.match_command(huiyu, data, out, "--engine", engine, *profile, *more)
        return [program, "--lang", "en", *words]

    rules = compare.RULES
    return [
        Trial("check", [huiyu, "check", rules]),
        Trial("eval, one JSON record", [huiyu, "eval", rules, "--records", record, "--as-of", compare.AS_OF]),
        Trial("one firm, interpreted", match("interpret", one)),
        Trial("one firm, native, warm", match("native", one)),
        Trial("one firm, native, cold", match("native", one), cold=True),
        Trial(f"{SAMPLE:,} firms, oracle", match("oracle", sample, "--all")),
        Trial(f"{SAMPLE:,} firms, interpreted", match("interpret", sample, "--all")),
        Trial("eligible, interpreted", match("interpret", register)),
        Trial("eligible, native, warm", match("native", register)),
        Trial("eligible, DuckDB", sql("eligible", assemble.assemble(register, folder / "duckdb.parquet", eligible=True))),
        Trial("eligible, native, cold", match("native", register), cold=True),
        # Without being asked: the interpreter at once, native code where it is kept (docs/decisions/0035).
        Trial("eligible, auto, warm", match("auto", register)),
        Trial("eligible, auto, cold", match("auto", register), cold=True),
        Trial("all pairs, interpreted", match("interpret", register, "--all")),
        Trial("all pairs, native, warm", match("native", register, "--all")),
        Trial("all pairs, DuckDB", sql("all", assemble.assemble(register, folder / "duckdb.parquet"))),
        Trial("DuckDB started, no data", sql("nothing", "")),
    ]


def first_match(pattern, path):
    found = re.search(pattern, path.read_text(encoding="utf-8"), flags=re.MULTILINE) if path.exists() else None
    return found.group(1) if found else "not known"


def machine(huiyu, folder, bin_folder):
    """What the figures depend on."""
    def git(*words):
        return subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False).stdout.strip()

    build = bin_folder.parent / "CMakeCache.txt"
    duckdb = compare.rows_of(huiyu, folder, "SELECT version() AS version, current_setting('threads') AS threads")[0]
    return {
        "date": datetime.date.today().isoformat(),
        "processor": first_match(r"^model name\s*:\s*(.*)$", pathlib.Path("/proc/cpuinfo")),
        "processors": len(os.sched_getaffinity(0)),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "commit": git("rev-parse", "--short=12", "HEAD") + (" with changes" if git("status", "--porcelain") else ""),
        "build": first_match(r"^CMAKE_BUILD_TYPE:STRING=(.*)$", build),
        "LLVM": first_match(r"^LLVM_DIR:PATH=.*llvm-(\d+)", build),
        "DuckDB": f"{duckdb['version']}, {duckdb['threads']} threads",
    }


def seconds(values):
    return f"{statistics.median(values):.3f} ({min(values):.3f}–{max(values):.3f})"


def ratio(figures, numerator, denominator, clock):
    """The median, and the spread, of the ratios within the rounds: a slow minute slows both sides of each."""
    values = [a / b for a, b in zip(figures[numerator][clock], figures[denominator][clock])]
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def phases(figures):
    """Where the time of the runs over all firms goes."""
    shown = {name: one["phases"] for name, one in figures.items() if one["phases"] and name.startswith(("eligible", "all pairs"))}
    if not shown:
        return []
    names = list(dict.fromkeys(phase for one in shown.values() for phase in one))
    return (["", "| phase, ms by the clock: median | " + " | ".join(shown) + " |", "|---|" + "---|" * len(shown)] +
            [f"| {phase} | " + " | ".join(f"{statistics.median(one[phase]):.1f}" for one in shown.values()) + " |" for phase in names])


def markdown(results):
    about, figures = results["machine"], results["trials"]
    load = [results["load_before"], results["load_after"]]
    lines = [f"- {name}: {value}" for name, value in about.items()]
    lines += [f"- load average (1 minute) before and after: {load[0]:.2f}, {load[1]:.2f}",
              f"- {results['firms']:,} firms, {results['pairs']:,} pairs of firm and policy, equal by Huiyu and by DuckDB; "
              f"{results['rounds']} rounds", "",
              "| what | by the clock, s: median (least–most) | of the processors, s: median | memory, MB |", "|---|---|---|---|"]
    lines += [f"| {name} | {seconds(one['wall'])} | {statistics.median(one['processor']):.3f} | {one['memory'] // 1024} |"
              for name, one in figures.items()]
    lines += ["", "| ratio, within the rounds: median (least–most) | by the clock | of the processors |", "|---|---|---|"]
    lines += [f"| {a} ÷ {b} | {ratio(figures, a, b, 'wall')} | {ratio(figures, a, b, 'processor')} |"
              for a, b in chart.COMPARED]
    lines += phases(figures)
    return "\n".join(lines + ["", "```text", results["front_end"].rstrip(), "```", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bin", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build" / "bench")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--firms", type=int, default=80000)
    given = parser.parse_args()
    folder, huiyu = given.folder.resolve(), str(given.bin / "huiyu")
    folder.mkdir(parents=True, exist_ok=True)

    register = compare.make_register(huiyu, folder, given.firms)
    pairs, different = compare.differences(huiyu, folder, register)
    if not compare.report(pairs, different):
        sys.exit("run: the answers differ, so no time counts")

    caches = folder / "caches"
    shutil.rmtree(caches, ignore_errors=True)
    measured = trials(huiyu, folder, register)
    for trial in measured:  # fills the warm cache and the system's file cache
        trial.run(caches)
        trial.forget()
    before = os.getloadavg()[0]
    for number in range(given.rounds):
        print(f"round {number + 1} of {given.rounds}", file=sys.stderr)
        for trial in measured:
            trial.run(caches)
    results = {
        "machine": machine(huiyu, folder, given.bin), "firms": given.firms, "pairs": pairs, "rounds": given.rounds,
        "load_before": before, "load_after": os.getloadavg()[0],
        "trials": {trial.name: {"wall": trial.wall, "processor": trial.processor, "memory": trial.memory, "phases": trial.phases}
                   for trial in measured},
        "front_end": subprocess.run([str(given.bin / "bench_frontend")], capture_output=True, text=True, check=True).stdout,
    }
    (folder / "figures.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "figures.md").write_text(markdown(results), encoding="utf-8")
    (folder / "figures.svg").write_text(chart.svg(results), encoding="utf-8")
    print(markdown(results), end="")


if __name__ == "__main__":
    main()
