"""What convert.py makes of a neutral workload means what the workload means, and the references know it too: a small random
one is matched by huiyu, by the references, and by oracle.py, which reads the workload word for word.

    convert_test.py HUIYU REFERENCES [SEED]     REFERENCES: the folder with ref_scan, ref_percol and ref_limit
"""
import array
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import convert  # noqa: E402
import neutral  # noqa: E402
import oracle  # noqa: E402
import raw  # noqa: E402

COUNTIES = ["110101", "110102", "110201"]
INDUSTRIES = ["A0111", "C1311", "C1312", "C1411", "I6510"]
KINDS = {"county": "code", "industry": "code", "b00": "bool", "e00": "enum", "m00": "int64", "m01": "int64",
         "m21": "int64", "d00": "date", "n00": "int32", "t00": "list"}
DICTIONARIES = {"county": COUNTIES, "industry": INDUSTRIES, "e00": ["甲等", "乙等", "丙等"], "t00": ["红标", "蓝标", "绿标"]}
MONEY = [0, 1, 99, 100, 1_000_000, 50_000_001, 100_000_000]
DAYS = ["2020-02-29", "2023-12-31", "2024-01-01"]
OPS = ["<", "<=", ">", ">="]


# ---- a workload ----

def atom(draw):
    kind = draw.choice(["bool", "code", "enum", "money", "count", "date", "list", "between", "prefix", "in", "ratio", "growth"])
    if kind == "bool":
        return {"col": "b00", "op": "=", "val": draw.random() < 0.5}
    if kind == "code":
        return {"col": "industry", "op": "=", "val": draw.choice(INDUSTRIES)}
    if kind == "enum":
        return {"col": "e00", "op": "=", "val": draw.choice(DICTIONARIES["e00"])}
    if kind == "money":
        return {"col": draw.choice(["m00", "m21"]), "op": draw.choice(OPS + ["="]), "val": draw.choice(MONEY)}
    if kind == "count":
        return {"col": "n00", "op": draw.choice(OPS + ["="]), "val": draw.randrange(5)}
    if kind == "date":
        return {"col": "d00", "op": draw.choice(OPS), "val": draw.choice(DAYS)}
    if kind == "list":
        return {"col": "t00", "op": "contains", "val": draw.choice(DICTIONARIES["t00"])}
    if kind == "between":
        return {"col": "m00", "op": "between", "val": sorted(draw.sample(MONEY, 2))}
    if kind == "prefix":
        return {"col": "industry", "op": "prefix", "val": draw.choice(["C", "C13", "I"])}
    if kind == "in":
        return {"col": "industry", "op": "in", "val": draw.sample(INDUSTRIES, 2)}
    return {kind: ["m00", draw.choice(["m01", "m21"])], "op": draw.choice(OPS), "num": draw.randrange(-5, 12), "den": 10}


def condition(draw, depth):
    if depth == 0 or draw.random() < 0.3:
        return atom(draw)
    word = draw.choice(["and", "or", "not"])
    if word == "not":
        return {"not": condition(draw, depth - 1)}
    return {word: [condition(draw, depth - 1) for _ in range(draw.randrange(2, 4))]}


def formula(draw):
    made = {"base": "m00", "mode": draw.choice(["flat", "slab", "marginal"])}
    if made["mode"] == "flat":
        made["rate_bp"] = draw.randrange(1, 2_000)
    else:
        made["tiers"] = [{"from": start, "rate_bp": draw.randrange(1, 2_000)} for start in (0, 1_000_000, 50_000_000)]
    if draw.random() < 0.5:
        made["cap"] = draw.choice([100, 5_000_000])
    if draw.random() < 0.3:
        made["floor"] = 50
    return made


def workload(draw):
    policies = [{"id": f"p{i}", "region": draw.choice(["11", "1101", "1102", *COUNTIES]), "condition": condition(draw, 2),
                 "formula": formula(draw)} for i in range(60)]
    return {"columns": KINDS, "dictionaries": DICTIONARIES, "policies": policies}


def record(draw):
    made = {"county": draw.choice(COUNTIES)}
    values = {"industry": INDUSTRIES, "b00": [True, False], "e00": DICTIONARIES["e00"], "m00": MONEY, "m01": MONEY,
              "m21": [*MONEY, -1, -1_000_000], "d00": DAYS, "n00": range(5)}
    for column, choices in values.items():
        made[column] = None if draw.random() < 0.15 else draw.choice(list(choices))
    made["t00"] = None if draw.random() < 0.15 else draw.sample(DICTIONARIES["t00"], draw.randrange(3))
    return made


# ---- what the references make of it ----

ARRAYS = {"bool": "b", "enum": "h", "code": "h", "int64": "q", "date": "i", "int32": "i"}


def write_raw(folder, load, rows):
    """What raw.py writes of a Parquet file."""
    flat = neutral.Workload.of(load)
    for name, kind in KINDS.items():
        if kind == "list":
            members = [row[name] for row in rows]
            array_of("h", [-1 if tags is None else len(tags) for tags in members], folder / f"{name}.len")
            array_of("H", [flat.codes[name][tag] for tags in members for tag in tags or []], folder / f"{name}.val")
        else:
            null = -(1 << (8 * raw.WIDTHS[kind] - 1))
            array_of(ARRAYS[kind], [null if row[name] is None else flat.value(name, row[name]) for row in rows],
                     folder / f"{name}.bin")
    raw.write_meta(folder, flat, len(rows))
    raw.write_policies(folder, flat)


def array_of(letter, values, path):
    path.write_bytes(array.array(letter, values).tobytes())


def referenced(programs, load, rows):
    """Of each reference what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        write_raw(pathlib.Path(folder), load, rows)
        commands = {"ref_scan": [], "ref_percol": [], "ref_percol partitioned": ["partitioned"], "ref_limit": []}
        said = {}
        for name, words in commands.items():
            command = [os.path.join(programs, name.split()[0]), folder, "2", "1", *words]
            said[name] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return said


# ---- what huiyu makes of it ----

def stated(row, key, where):
    made = {"key": key, **{column: value for column, value in row.items() if value is not None}}
    made["county"] = where.county[row["county"]]
    for column, value in made.items():
        if KINDS.get(column) == "int64":
            made[column] = convert.money(value)
    return made


def matched(huiyu, load, rows):
    where = convert.Places(load["dictionaries"]["county"], HERE)
    with tempfile.TemporaryDirectory() as folder:
        convert.write_rules(load, where, folder, load["policies"])
        records = os.path.join(folder, "records.jsonl")
        with open(records, "w", encoding="utf-8") as file:
            for i, row in enumerate(rows):
                file.write(json.dumps(stated(row, str(i), where), ensure_ascii=False) + "\n")
        done = subprocess.run([huiyu, "eval", os.path.join(folder, "rules"), "--records", records, "--as-of",
                               "2024-06-30", "--format", "json"], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"huiyu: {done.stderr[:2000]}")
    found = {}
    for line in done.stdout.splitlines():
        row = json.loads(line)
        if row["outcome"] == "eligible":
            fen = row.get("amount")
            found[row["key"], row["policy"]] = None if fen is None else int(fen.replace(".", ""))
    return found


def main():
    draw = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    load = workload(draw)
    rows = sorted((record(draw) for _ in range(700)), key=lambda row: row["county"])
    pairs = list(oracle.matches(load["policies"], rows))
    wanted = {(str(record), f"p{policy}"): fen for policy, record, fen in pairs}
    found = matched(sys.argv[1], load, rows)
    wrong = [pair for pair in wanted.keys() | found.keys() if wanted.get(pair, "no") != found.get(pair, "no")]
    for pair in sorted(wrong)[:5]:
        print(pair, "wanted", wanted.get(pair, "no"), "found", found.get(pair, "no"), rows[int(pair[0])],
              next(policy for policy in load["policies"] if policy["id"] == pair[1]))
    print(f"{len(wanted)} matches, {len(wrong)} differ")
    summed = oracle.summed(pairs)
    for name, said in referenced(sys.argv[2], load, rows).items():
        if any(said[key] != value for key, value in summed.items()):
            print(name, "says", said, "and should", summed)
            wrong.append(name)
    assert len({policy for _, policy in wanted}) > 30, "too few policies match anybody"
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
