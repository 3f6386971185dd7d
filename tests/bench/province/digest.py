"""Of a result file, what the references of the neutral workload print of theirs: matches, digest, sum of amounts.

    digest.py RESULTS
"""
import json
import sys

import duckdb
import numpy


def mix64(x):
    with numpy.errstate(over="ignore"):
        x = (x ^ (x >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return x ^ (x >> numpy.uint64(31))


def main():
    rows = duckdb.connect().execute(
        "select cast(policy[2:] as ubigint) as policy, cast(key as ubigint) as record,"
        " cast(coalesce(amount, 0) * 100 as hugeint) as fen from read_parquet(?) where outcome = 'eligible'", [sys.argv[1]])
    columns = rows.fetchnumpy()
    policy, record = (columns[c].astype(numpy.uint64) for c in ("policy", "record"))
    with numpy.errstate(over="ignore"):
        keys = (policy << numpy.uint64(40)) + record + numpy.uint64(0x9E3779B97F4A7C15)
        digest = int(mix64(keys).sum(dtype=numpy.uint64))
    paid = sum(int(fen) for fen in columns["fen"]) % 2**64
    print(json.dumps({"matches": len(policy), "digest": f"{digest:016x}", "fsum": str(paid)}))


if __name__ == "__main__":
    main()
