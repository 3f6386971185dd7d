"""What the references of the neutral workload print of their matches: how many, a digest of them, the sum of amounts.

    digest.py RESULTS          of a result file of `huiyu match`; needs duckdb and numpy

The digest does not depend on the order: the sum modulo 2^64, over the pairs that fit, of what splitmix64 makes of
policy and record, both their positions.
"""
import json
import sys

import numpy

GOLDEN = numpy.uint64(0x9E3779B97F4A7C15)


def mix64(x):
    with numpy.errstate(over="ignore"):
        x = (x ^ (x >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return x ^ (x >> numpy.uint64(31))


def digest_of(policies, records) -> int:
    """Of pairs: arrays of policies and records, of which either may be one number for all."""
    if numpy.size(policies) == 0 or numpy.size(records) == 0:
        return 0
    with numpy.errstate(over="ignore"):
        keys = (numpy.asarray(policies, numpy.uint64) << numpy.uint64(40)) + numpy.asarray(records, numpy.uint64) + GOLDEN
        return int(numpy.sum(mix64(keys), dtype=numpy.uint64))


def main():
    import duckdb

    rows = duckdb.connect().execute(
        "select cast(policy[2:] as ubigint) as policy, cast(key as ubigint) as record,"
        " cast(coalesce(amount, 0) * 100 as hugeint) as fen from read_parquet(?) where outcome = 'eligible'", [sys.argv[1]])
    columns = rows.fetchnumpy()
    policy, record = (columns[c].astype(numpy.uint64) for c in ("policy", "record"))
    paid = sum(int(fen) for fen in columns["fen"]) % 2**64
    print(json.dumps({"matches": len(policy), "digest": f"{digest_of(policy, record):016x}", "fsum": str(paid)}))


if __name__ == "__main__":
    main()
