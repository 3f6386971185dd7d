"""Of the runs of peers.py a table for each part, and a chart."""
import collections
import datetime
import json
import math
import os
import pathlib
import platform
import re
import statistics
from xml.sax.saxutils import escape

Runs = dict[str, dict[str, list[dict]]]  # by part and engine, in the order of their first run
LEFT, WIDTH, BAR, GAP = 190, 430, 18, 6
OURS, REFERENCE, PEER = "#2f6f9f", "#7a7a7a", "#b8860b"
# The part that is drawn, and how its engines are called.
DRAWN = "P-46K-s"


def read(runs: pathlib.Path) -> Runs:
    parts: Runs = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in runs.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        parts[said["part"]][said["name"]].append(said)
    return parts


def differing(parts: Runs) -> list[str]:
    """Runs with other matches than the part's reference, if they had the same records."""
    wrong = []
    for part, engines in parts.items():
        reference = next((runs[0] for name, runs in engines.items() if name.startswith("ref_")), None)
        for name, runs in engines.items():
            for one in runs:
                same = not reference or "digest" not in one or one["records"] != reference["records"]
                if not same and one["digest"] != reference["digest"]:
                    wrong.append(f"{part}: {name} found {one['matches']} matches, the reference {reference['matches']}")
    return sorted(set(wrong))


def spread(values: list[float], digits: int) -> str:
    """Median, and of several the least and the most."""
    digits = 0 if min(values) >= 1000 else digits
    if len(values) == 1:
        return f"{values[0]:,.{digits}f}"
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def figure(value) -> float:
    """bench_portal prints the median of its repetitions, the least and the most."""
    return value[0] if isinstance(value, list) else value


def batch_table(engines: dict[str, list[dict]]) -> list[str]:
    def cpu(runs):
        return statistics.median(run["cpu"] for run in runs)

    lines = ["| engine | by the clock, s: median (least–most) | of the processors, s: median (least–most) | times Huiyu's, of the"
             " processors | repetitions |", "|---|---|---|---|---|"]
    ours = engines.get("huiyu")
    for name, runs in engines.items():
        if "not_run" in runs[-1]:
            lines.append(f"| {name} | not run: {runs[-1]['not_run']} | | | |")
            continue
        clock, processor = ([run[key] for run in runs] for key in ("s", "cpu"))
        ratio = f"{cpu(runs) / cpu(ours):.1f}" if ours else ""
        lines.append(f"| {name} | {spread(clock, 2)} | {spread(processor, 2)} | {ratio} | {len(runs)} |")
    return lines


def single_table(engines: dict[str, list[dict]]) -> list[str]:
    """`load_cpu_s` is told apart only by Drools, which compiles in other threads."""
    lines = ["| engine | loaded in, s (of the processors) | p50, µs: median (least–most) | p99, µs: median | records | repetitions |",
             "|---|---|---|---|---|---|"]
    for name, runs in engines.items():
        if "not_run" in runs[-1]:
            lines.append(f"| {name} | not run: {runs[-1]['not_run']} | | | | |")
            continue
        loaded = spread([run.get("load_s", run.get("built_s", run["process_s"])) for run in runs], 2)
        processor = [run.get("load_cpu_s", run["process_cpu"]) for run in runs
                     if "load_cpu_s" in run or "p50_us" not in run]
        if processor:
            loaded += f" ({spread(processor, 2)})"
        row = f"| {name} | {loaded} "
        if "p50_us" in runs[0]:
            p50, p99 = ([figure(run[key]) for run in runs] for key in ("p50_us", "p99_us"))
            row += f"| {spread(p50, 1)} | {statistics.median(p99):.0f} | {runs[0]['records']:,} "
        else:
            row += "| | | 1 "
        lines.append(f"{row}| {len(runs)} |")
    return lines


def machine() -> list[str]:
    words = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = next(line.partition(": ")[2] for line in words.splitlines() if line.startswith("model name"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [f"- date: {datetime.date.today()}", f"- processor: {model}", f"- processors: {os.cpu_count()}",
            f"- memory: {memory:.0f} GiB", f"- system: {platform.system()} {platform.release()}"]


def versions() -> list[str]:
    """Of the peers, as they are pinned."""
    here = pathlib.Path(__file__).resolve().parent
    pinned = (line.split()[0].replace("==", " ") for line in
              (here / "peers/requirements.txt").read_text(encoding="utf-8").splitlines() if "==" in line)
    wanted = ("numpy", "polars", "duckdb", "chdb", "openfisca-core", "zen-engine")
    wheels = [one for one in pinned if one.split()[0] in wanted]
    files = (("a-tree", "atree/Cargo.toml", r'a-tree = "=(.*)"'), ("cel-go", "celgo/go.mod", r"cel-go v(\S+)"),
             ("Drools", "drools/pom.xml", r"<version>(\d\S+)</version>\s+</dependency>"))
    return wheels + [f"{name} {re.search(pattern, (here / 'single' / path).read_text(encoding='utf-8'))[1]}"
                     for name, path, pattern in files]


def svg(engines: dict[str, list[dict]], title: str) -> str:
    """A bar for the median time of the processors, the scale logarithmic, and a line from the least to the most."""
    figures = {name: [run["cpu"] for run in runs] for name, runs in engines.items() if "cpu" in runs[-1]}
    least, most = min(map(min, figures.values())) / 2, max(map(max, figures.values()))

    def length(value: float) -> float:
        return WIDTH * math.log(value / least) / math.log(most / least)

    parts, y = [], 44
    for name, values in figures.items():
        colour = OURS if name == "huiyu" else REFERENCE if name.startswith("ref_") else PEER
        middle, median = y + BAR / 2, statistics.median(values)
        parts += [f'<text x="{LEFT - 10}" y="{middle + 4:.0f}" text-anchor="end">{escape(name)}</text>',
                  f'<rect x="{LEFT}" y="{y}" width="{length(median):.1f}" height="{BAR}" fill="{colour}"/>',
                  f'<line x1="{LEFT + length(min(values)):.1f}" x2="{LEFT + length(max(values)):.1f}" y1="{middle}"'
                  f' y2="{middle}" stroke="#222"/>',
                  f'<text x="{LEFT + length(max(values)) + 8:.1f}" y="{middle + 4:.0f}">{median:.1f} s</text>']
        y += BAR + GAP
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 80}" height="{y + 14}" font-family="sans-serif"'
        ' font-size="13">', '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="16" y="22">{escape(title)}</text>', *parts, "</svg>", ""])


def write(folder: pathlib.Path, runs: pathlib.Path) -> list[str]:
    """figures.md and figures.svg; what differs, in which case neither is written."""
    parts = read(runs)
    wrong = differing(parts)
    if wrong:
        return wrong
    lines = [*machine(), f"- {', '.join(versions())}"]
    for part, engines in sorted(parts.items()):
        first = next((r for some in engines.values() for r in some if "policies" in r), {"policies": 0, "records": 0})
        is_batch = any("cpu" in run for some in engines.values() for run in some)
        lines += ["", f"**{part}**: {first['policies']:,} policies"
                  + (f", {first['records']:,} records, {first['matches']:,} matches" if is_batch else ""), ""]
        lines += batch_table(engines) if is_batch else single_table(engines)
    (folder / "figures.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if DRAWN in parts:
        title = f"{DRAWN}: seconds of the processors from columns to matches, logarithmic, median and spread"
        (folder / "figures.svg").write_text(svg(parts[DRAWN], title), encoding="utf-8")
    return []
