"""What convert.py makes of a neutral workload means what the workload means: a small random one, converted, is matched by
huiyu and by the few lines below, which read the workload itself.

    convert_test.py HUIYU [SEED]
"""
import json
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import convert  # noqa: E402

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


# ---- what it means ----

def compare(a, op, b):
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b}[op]


def truth(node, row):
    """True, False or None: strong Kleene."""
    if "not" in node:
        inner = truth(node["not"], row)
        return None if inner is None else not inner
    if "and" in node or "or" in node:
        decides = "or" in node
        parts = [truth(part, row) for part in node.get("and") or node["or"]]
        return decides if decides in parts else None if None in parts else not decides
    if "ratio" in node or "growth" in node:
        a, b = (row[column] for column in node.get("ratio") or node["growth"])
        if a is None or b is None or b <= 0:
            return None
        return compare(Fraction(a if "ratio" in node else a - b, b), node["op"], Fraction(node["num"], node["den"]))
    value, wanted = row[node["col"]], node["val"]
    if value is None:
        return None
    if node["op"] == "prefix":
        return value.startswith(wanted)
    if node["op"] == "in":
        return value in wanted
    if node["op"] == "contains":
        return wanted in value
    if node["op"] == "between":
        return wanted[0] <= value <= wanted[1]
    return compare(value, node["op"], wanted)


def amount(rule, row):
    base = row[rule["base"]]
    if base is None:
        return None
    tiers = rule.get("tiers", [])
    if rule["mode"] == "flat":
        exact = base * rule["rate_bp"]
    elif rule["mode"] == "slab":
        exact = base * [tier for tier in tiers if tier["from"] <= base][-1]["rate_bp"]
    else:
        ends = [tier["from"] for tier in tiers[1:]] + [base]
        exact = sum(max(0, min(base, end) - tier["from"]) * tier["rate_bp"] for tier, end in zip(tiers, ends))
    fen = (exact + 5_000) // 10_000
    return max(min(fen, rule.get("cap", fen)), rule.get("floor", 0))


def expected(load, rows):
    found = {}
    for policy in load["policies"]:
        for i, row in enumerate(rows):
            if row["county"].startswith(policy["region"]) and truth(policy["condition"], row) is True:
                found[str(i), policy["id"]] = amount(policy["formula"], row)
    return found


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
    draw = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    load = workload(draw)
    rows = [record(draw) for _ in range(200)]
    wanted, found = expected(load, rows), matched(sys.argv[1], load, rows)
    wrong = [pair for pair in wanted.keys() | found.keys() if wanted.get(pair, "no") != found.get(pair, "no")]
    for pair in sorted(wrong)[:5]:
        print(pair, "wanted", wanted.get(pair, "no"), "found", found.get(pair, "no"), rows[int(pair[0])],
              next(policy for policy in load["policies"] if policy["id"] == pair[1]))
    print(f"{len(wanted)} matches, {len(wrong)} differ")
    assert len({policy for _, policy in wanted}) > 30, "too few policies match anybody"
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
