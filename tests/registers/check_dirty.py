"""Every planted cell is reported with row, field, text and fault, and nothing else is.

    python3 check_dirty.py HUIYU ROWS SEED
"""

import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import dirty


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return collections.Counter(tuple(row) for row in list(csv.reader(file))[1:])


def main():
    huiyu, count, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.executable, dirty.__file__, str(count), seed, name], check=True)
        command = [huiyu, "data", "check", folder / "企业.csv", folder / "规则.hui", "--mapping", folder / "映射.toml"]
        done = subprocess.run(
            [*command, "--format", "json", "-o", folder / "报告.csv", "--lang", "en"], capture_output=True, text=True
        )
        if done.returncode != 0:
            sys.exit(f"exit code {done.returncode}: {done.stderr}")
        found, planted = table(folder / "报告.csv"), table(folder / "台账.csv")
        summary = json.loads(done.stdout)
        problems = [("not reported", cell) for cell in planted - found] + [("not planted", cell) for cell in found - planted]
        kinds = sum(len(kinds) for kinds in dirty.RATES.values()) + 1
        if summary["records"] != count:
            problems.append(("records", summary["records"]))
        if summary["reported"] != sum(planted.values()):
            problems.append(("reported", summary["reported"]))
        for fact in summary["fields"]:
            if fact["present"] + fact["missing"] != count:
                problems.append(("cells lost", fact["name"]))
        for problem in problems[:20]:
            print(*problem)
        if problems:
            sys.exit(f"{len(problems)} problems")
        if len({fault for _, _, _, fault in planted}) < 6:
            sys.exit("the register is too clean to show anything")
        print(f"{count} rows, {sum(planted.values())} planted cells of {kinds} kinds, all reported and nothing else")


if __name__ == "__main__":
    main()
