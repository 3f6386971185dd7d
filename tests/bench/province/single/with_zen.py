"""zen-engine, one record at a time: a decision with an expression for each policy. with_zen.py EXPORT, of export.py."""
import json
import pathlib
import sys
import time
from collections.abc import Iterator

import zen

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from digest import digest_of  # noqa: E402

SECONDS = 120


def condition(words: Iterator[str]) -> str:
    """In zen's words; what is not known is -1."""
    kind = next(words)
    if kind in "AO":
        parts = [condition(words) for _ in range(int(next(words)))]
        return "(" + (" and " if kind == "A" else " or ").join(parts) + ")"
    if kind == "F":
        return "(county < -5)"
    column = next(words)
    if kind == "R":
        low, high = next(words), next(words)
        if low == high:
            return f"{column} == {low}"
        return f"{column} >= {low}" if high == "-1" else f"({column} >= {max(int(low), 0)} and {column} <= {high})"
    values = next(words)
    return {"S": f"({column} in [{values}])", "N": f"({column} >= 0 and not ({column} in [{values}]))",
            "H": f"contains({column}, {values})", "X": f"({column}_known and not contains({column}, {values}))"}[kind]


def decision(expressions: dict[int, str]) -> dict:
    """A graph of three nodes: input, expressions, output."""
    content = {"expressions": [{"id": str(i), "key": f"p{i}", "value": text} for i, text in expressions.items()]}
    nodes = [{"id": name, "type": kind, "name": name, "position": {"x": 0, "y": 0}, **more}
             for name, kind, more in (("in", "inputNode", {}), ("rules", "expressionNode", {"content": content}),
                                      ("out", "outputNode", {}))]
    edges = [{"id": a + b, "sourceId": a, "targetId": b, "type": "edge"} for a, b in (("in", "rules"), ("rules", "out"))]
    return {"nodes": nodes, "edges": edges}


def facts(columns: list[list[str]], words: list[str]) -> dict:
    made = {}
    for (name, kind), word in zip(columns, words):
        if kind == "L":
            made[name] = [] if word == "-" else [int(x) for x in word.split(",") if x]
            made[f"{name}_known"] = word != "-"
        else:
            made[name] = -1 if word == "-" else int(word)
    return made


def main() -> None:
    folder = pathlib.Path(sys.argv[1])
    columns, policies, records = ([line.split() for line in (folder / f"{name}.txt").read_text("utf-8").splitlines()]
                                  for name in ("columns", "policies", "records"))
    expressions = {}
    for number, *words in policies:
        expressions[int(number)] = condition(iter(words))
    begin = time.perf_counter()
    made = zen.ZenEngine().create_decision(json.dumps(decision(expressions)))
    load = time.perf_counter() - begin
    microseconds, matches, digest = [], 0, 0
    begin = time.perf_counter()
    for number, *words in records:
        given = facts(columns, words)
        start = time.perf_counter()
        result = made.evaluate(given)["result"]
        microseconds.append((time.perf_counter() - start) * 1e6)
        hits = [i for i in expressions if result.get(f"p{i}") is True]
        matches += len(hits)
        digest += digest_of(hits, int(number))
        if time.perf_counter() - begin > SECONDS:
            break
    microseconds.sort()
    count = len(microseconds)
    print(json.dumps({"engine": "zen-engine", "policies": len(expressions), "load_s": round(load, 3), "records": count,
                      "p50_us": round(microseconds[count // 2], 1), "p99_us": round(microseconds[count * 99 // 100], 1),
                      "matches": matches, "digest": f"{digest % 2**64:016x}"}))


if __name__ == "__main__":
    main()
