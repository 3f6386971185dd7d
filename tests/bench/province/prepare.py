"""Makes what peers.py measures with: data, projects, exports, and the peers that are compiled. What is there stays."""
import pathlib
import shutil
import subprocess
import sys

from plan import DISTRICT_RECORDS, HERE, Places, records_of


def run(*words, cwd: pathlib.Path | None = None, out: pathlib.Path | None = None) -> None:
    words = [str(word) for word in words]
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    if out:
        out.write_text(done.stdout, encoding="utf-8")


def python(places: Places, script: str, *words, out: pathlib.Path | None = None) -> None:
    run(places.python, "-B", HERE / script, *words, out=out)


def workload(places: Places, profile: str) -> None:
    """DATA with raw arrays, the project in Huiyu, and its Plan."""
    data, project = places.data(profile), places.project(profile)
    if not (data / "raw/meta.txt").exists():
        print(f"making {profile}", flush=True)
        python(places, "generate.py", profile, data)
        python(places, "raw.py", data)
    if not (project / "register.parquet").exists():
        python(places, "convert.py", data, project, "--records")


def first_policies(places: Places, count: int) -> None:
    """The first so many policies of P-46K-s, for the engines that take one record at a time."""
    data, folder = places.data("P-46K-s"), places.single(count)
    if (folder / "x/records.txt").exists():
        return
    (folder / "raw").mkdir(parents=True, exist_ok=True)
    for path in (data / "policies.json", data / "records.parquet", *(data / "raw").iterdir()):
        link = folder / path.relative_to(data)
        if path.name != "policies.bin" and not link.exists():
            link.symlink_to(path.resolve())
    python(places, "raw.py", folder, "--policies", count, "--only", "policies")
    python(places, "convert.py", data, folder / "w", "--policies", count, "--json", 1)
    register = folder / "w/register.parquet"
    if not register.exists():
        register.symlink_to((places.project("P-46K-s") / "register.parquet").resolve())
    python(places, "single/export.py", folder, folder / "x", "--policies", count, "--records", records_of(count))


def district_export(places: Places) -> None:
    if not (places.folder / "x-D-85/records.txt").exists():
        python(places, "single/export.py", places.data("D-85"), places.folder / "x-D-85", "--records", DISTRICT_RECORDS)


def copied(places: Places, name: str) -> pathlib.Path:
    folder = places.folder / name
    shutil.copytree(HERE / "single" / name, folder, dirs_exist_ok=True)
    return folder


def compiled(places: Places, count: int) -> None:
    """a-tree, cel-go and Drools, where there are the tools to build them."""
    if shutil.which("cargo"):
        run("cargo", "build", "--release", "--quiet", cwd=copied(places, "atree"))
    if shutil.which("go"):
        run("go", "build", "-o", "single_cel", ".", cwd=copied(places, "celgo"))
    if shutil.which("mvn") and shutil.which("javac"):
        folder = copied(places, "drools")
        if not (folder / "classpath.txt").exists():
            run("mvn", "-q", "-B", "dependency:build-classpath", "-Dmdep.outputFile=classpath.txt", cwd=folder)
        python(places, "single/drools/record.py", places.single(count) / "x", out=folder / "Rec.java")
        classes = (folder / "classpath.txt").read_text(encoding="utf-8").strip()
        run("javac", "-nowarn", "-cp", classes, "-d", "classes", "Single.java", "Rec.java", cwd=folder)
