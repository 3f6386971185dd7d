"""The generator makes the same of the same seed, and oracle, references and engine agree on what it makes.

    generated_test.py BIN     the build's folder of programs; exits with 77 where there is no numpy or pyarrow
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
POLICIES, RECORDS, SEED = 150, 1500, 3
# Whoever compares figures over time has the same policies: by their text, which no library writes.
KNOWN = "516e02e31bba939b5f9b4267373f4f8b89a1fbd6cb497740686dc5e856229155"


def said(*words) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{words}: {done.stderr[-2000:]}")
    return done.stdout


def script(name: str, *words) -> str:
    return said(sys.executable, "-B", HERE / name, *words)


def line(text: str) -> dict:
    made = json.loads(text.strip().splitlines()[-1])
    return {key: made[key] for key in ("matches", "digest", "fsum")}


def main() -> None:
    try:
        import numpy  # noqa: F401
        import pyarrow  # noqa: F401
    except ImportError as missing:
        print(f"not run: {missing}; `make bench-peers` installs it below build/")
        sys.exit(77)
    programs = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        folders = [pathlib.Path(folder) / name for name in ("one", "two")]
        for data in folders:
            script("generate.py", "C-4K", data, "--seed", SEED, "--records", RECORDS, "--policies", POLICIES)
        for name in ("policies.json", "records.parquet"):
            one, two = ((data / name).read_bytes() for data in folders)
            assert one == two, f"{name} is another one at the second time"
        digest = hashlib.sha256((folders[0] / "policies.json").read_bytes()).hexdigest()
        assert digest == KNOWN, f"policies.json is not what it was: {digest}"
        script("raw.py", folders[0])
        script("convert.py", folders[0], folders[1], "--records")
        raw = folders[0] / "raw"
        answers = {"oracle": script("oracle.py", folders[0], POLICIES, RECORDS),
                   "huiyu": said(programs / "bench_province", folders[1], 2, 1),
                   "ref_scan": said(programs / "ref_scan", raw, 2, 1),
                   "ref_percol": said(programs / "ref_percol", raw, 2, 1),
                   "ref_percol, partitioned": said(programs / "ref_percol", raw, 2, 1, "partitioned"),
                   "ref_limit": said(programs / "ref_limit", raw, 2, 1)}
        script("single/export.py", folders[0], folders[1] / "export", "--records", 100)
        some = [json.loads(said(programs / "ref_index", folders[1] / "export", 1)),
                json.loads(said(programs / "ref_scan", raw, 1, 1, "single=100"))]
    assert some[0]["digest"] == some[1]["digest"], f"one record at a time: {some}"
    answers = {name: line(text) for name, text in answers.items()}
    print(answers["oracle"])
    assert answers["oracle"]["matches"] > 10
    for name, answer in answers.items():
        assert answer == answers["oracle"], f"{name} says {answer}"


if __name__ == "__main__":
    main()
