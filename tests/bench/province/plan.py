"""What is measured beside what: the engines of each part of peers.py, and their commands."""
import pathlib
import shutil
from dataclasses import dataclass, field

HERE = pathlib.Path(__file__).resolve().parent
THREADS = "2"
# Batch peers, each in its best formulations; the slow ones are repeated less.
BATCH = ("numpy", "polars-atoms", "polars-filters", "duckdb-filters", "chdb-expressions")
DISTRICT = ("openfisca",)
SLOW = ("chdb-expressions",)




def records_of(count: int) -> int:
    """How many records the engines that take one at a time are asked: all of them the same, in a minute or two of the
    slowest."""
    return 250 if count <= 3000 else 100


@dataclass
class Engine:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    most: int = 1_000_000  # repetitions
    whole: bool = False  # the process itself is what is timed, whatever it prints


@dataclass
class Places:
    programs: pathlib.Path  # the build's bin
    python: str  # with the peers installed
    folder: pathlib.Path  # data, projects, exports and what is built of the peers

    def data(self, profile: str) -> pathlib.Path:
        return self.folder / profile

    def project(self, profile: str) -> pathlib.Path:
        return self.folder / f"w-{profile}"

    def single(self, count: int) -> pathlib.Path:
        """Of the first so many policies of P-46K-s: the workload, its project `w` and the export `x`."""
        return self.folder / f"single-{count}"


def batch(places: Places, profile: str, slow_repetitions: int) -> list[Engine]:
    raw = str(places.data(profile) / "raw")

    def reference(name: str, *words: str) -> list[str]:
        return [str(places.programs / name), raw, THREADS, "1", *words]

    engines = [
        Engine("huiyu", [str(places.programs / "bench_province"), str(places.project(profile)), THREADS, "1", "keep"]),
        Engine("ref_limit", reference("ref_limit")),
        Engine("ref_percol, partitioned", reference("ref_percol", "partitioned")),
        Engine("ref_percol", reference("ref_percol")),
    ]
    for peer in BATCH + (DISTRICT if profile == "D-85" else ()):
        command = [places.python, "-B", str(HERE / "peers/batch.py"), peer, str(places.data(profile)), "--threads", THREADS]
        engines.append(Engine(peer, command, {"POLARS_MAX_THREADS": THREADS},
                              slow_repetitions if peer in SLOW else 1_000_000))
    return engines


def java(places: Places) -> list[str]:
    classes = (places.folder / "drools/classpath.txt").read_text(encoding="utf-8").strip()
    return ["java", "-Xmx6g", "-cp", f"{places.folder / 'drools/classes'}:{classes}", "bench.Single"]


def single(places: Places, count: int) -> list[Engine]:
    folder = places.single(count)
    export = str(folder / "x")
    engines = [
        Engine("huiyu", [str(places.programs / "bench_portal"), str(folder / "w"), str(records_of(count)), "1"]),
        Engine("huiyu, from text to one answer",
               [str(places.programs / "huiyu"), "eval", str(folder / "w/rules"), "--records", str(folder / "w/records.jsonl"),
                "--as-of", "2024-06-30", "--format", "json"], {"HUIYU_CACHE_DIR": str(folder / "cache")}, whole=True),
        Engine("ref_scan", [str(places.programs / "ref_scan"), str(folder / "raw"), "1", "1",
                            f"single={records_of(count)}"]),
        Engine("ref_index", [str(places.programs / "ref_index"), export, "1"]),
        Engine("a-tree", [str(places.folder / "atree/target/release/single_atree"), export]),
        Engine("cel-go", [str(places.folder / "celgo/single_cel"), export]),
    ]
    if count <= 3000:  # more takes Drools minutes and all of the memory
        drools = places.folder / "drools/classpath.txt"
        engines.append(Engine("drools", [*java(places), export] if drools.exists() else []))
    tools = {"a-tree": "cargo", "cel-go": "go", "drools": "mvn"}
    for engine in engines:
        tool = tools.get(engine.name)
        if tool and shutil.which(tool) is None:
            engine.command = []
    return engines


DISTRICT_RECORDS = 500


def district_single(places: Places) -> list[Engine]:
    """The district's records one after the other."""
    count = str(DISTRICT_RECORDS)
    return [
        Engine("huiyu", [str(places.programs / "bench_portal"), str(places.project("D-85")), count, "1"]),
        Engine("ref_scan", [str(places.programs / "ref_scan"), str(places.data("D-85") / "raw"), "1", "1", f"single={count}"]),
        Engine("zen-engine", [places.python, "-B", str(HERE / "single/with_zen.py"), str(places.folder / "x-D-85")]),
    ]
