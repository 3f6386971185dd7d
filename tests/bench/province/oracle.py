"""What a neutral workload means, word for word: three-valued, on strings and fractions, without a line in common with
neutral.py, the references or the engine. Slow.

    oracle.py DATA POLICIES RECORDS     the first so many of each; prints what the references print. Needs pyarrow
"""
import datetime
import json
import pathlib
import sys
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b}


def truth(node: dict[str, Any], row: Row) -> bool | None:
    """True, False or None: strong Kleene."""
    if "not" in node:
        inner = truth(node["not"], row)
        return None if inner is None else not inner
    if "and" in node or "or" in node:
        decides, unknown = "or" in node, False
        for child in node.get("and") or node["or"]:
            part = truth(child, row)
            if part is decides:
                return decides
            unknown |= part is None
        return None if unknown else not decides
    if "ratio" in node or "growth" in node:
        a, b = (row[column] for column in node.get("ratio") or node["growth"])
        if a is None or b is None or b <= 0:
            return None
        return COMPARED[node["op"]](Fraction(a if "ratio" in node else a - b, b), Fraction(node["num"], node["den"]))
    return compared(row[node["col"]], node["op"], node["val"])


def compared(value: Any, op: str, stated: Any) -> bool | None:
    if value is None:
        return None
    if isinstance(value, datetime.date):
        value = value.isoformat()
    if op == "prefix":
        return value.startswith(stated)
    if op == "in":
        return value in stated
    if op == "contains":
        return stated in value
    if op == "between":
        return stated[0] <= value <= stated[1]
    return COMPARED[op](value, stated)


def amount(formula: dict[str, Any], row: Row) -> int | None:
    """In fen."""
    base = row[formula["base"]]
    if base is None:
        return None
    tiers = formula.get("tiers", [])
    if formula["mode"] == "flat":
        exact = base * formula["rate_bp"]
    elif formula["mode"] == "slab":
        begun = [tier for tier in tiers if tier["from"] <= base] or tiers[:1]
        exact = base * begun[-1]["rate_bp"]
    else:
        ends = [tier["from"] for tier in tiers[1:]] + [base]
        exact = sum(max(0, min(base, end) - tier["from"]) * tier["rate_bp"] for tier, end in zip(tiers, ends))
    fen = (exact + 5_000) // 10_000
    fen = min(fen, formula.get("cap", fen))
    return max(fen, formula.get("floor", fen))


def matches(policies: list[dict[str, Any]], rows: Iterable[Row]) -> Iterator[tuple[int, int, int | None]]:
    """Positions of policy and record, and the amount."""
    for record, row in enumerate(rows):
        for number, policy in enumerate(policies):
            if row["county"].startswith(policy["region"]) and truth(policy["condition"], row) is True:
                yield number, record, amount(policy["formula"], row)


def summed(found: Iterable[tuple[int, int, int | None]]) -> dict[str, Any]:
    count = digest = paid = 0
    for policy, record, fen in found:
        count += 1
        digest += mixed((policy << 40) + record + 0x9E3779B97F4A7C15)
        paid += fen or 0
    return {"matches": count, "digest": f"{digest % 2**64:016x}", "fsum": str(paid % 2**64)}


def mixed(x: int) -> int:
    x %= 2**64
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    x = (x ^ x >> 27) * 0x94D049BB133111EB % 2**64
    return x ^ x >> 31


def main() -> None:
    import pyarrow.parquet

    data, policies, records = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    stated = json.loads((data / "policies.json").read_text(encoding="utf-8"))["policies"][:policies]
    rows = pyarrow.parquet.ParquetFile(data / "records.parquet").read_row_group(0).slice(0, records).to_pylist()
    print(json.dumps({"engine": "oracle", "policies": len(stated), "records": len(rows),
                      **summed(matches(stated, rows))}))


if __name__ == "__main__":
    main()
