"""Runs one peer over all pairs: from loaded columns to lists of who fits, in memory. Making expressions and SQL, parsing
and planning them is timed; loading the records is not, nor hashing what was found.

    batch.py PEER DATA [--policies K] [--threads 2] [--repetitions 1]

DATA has policies.json and raw/ (raw.py). PEER is a module and one of its modes, as polars-counties. Prints a line of JSON
for each repetition. --policies: the first K, of which the raw policies must be made too, to compare digests.
"""
import argparse
import gc
import importlib
import json
import os
import pathlib
import resource
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from digest import digest_of  # noqa: E402
from neutral import Workload  # noqa: E402
from peers.columns import Records  # noqa: E402


def processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peer")
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--policies", type=int)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repetitions", type=int, default=1)
    options = parser.parse_args()
    os.environ["POLARS_MAX_THREADS"] = str(options.threads)
    module, _, mode = options.peer.partition("-")
    workload = Workload(options.data, options.policies)
    records = Records(options.data, workload)
    run = importlib.import_module(f"peers.with_{module}").prepare(workload, records, mode, options.threads)
    for _ in range(options.repetitions):
        ready = [run.before()] if hasattr(run, "before") else []
        gc.collect()
        from_processor, begin = processor(), time.perf_counter()
        found = run(*ready)
        took, used = time.perf_counter() - begin, processor() - from_processor
        print(json.dumps({
            "engine": options.peer, "policies": len(workload.trees), "records": records.count, "s": round(took, 4),
            "cpu": round(used, 3), "matches": sum(len(who) for _, who in found),
            "digest": f"{sum(digest_of(p, who) for p, who in found) % 2**64:016x}",
            "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}), flush=True)


if __name__ == "__main__":
    main()
