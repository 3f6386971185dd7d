"""Makes a province's neutral workload: OUT/records.parquet and OUT/policies.json, the same for the same profile and seed.

    generate.py PROFILE OUT [--seed 1] [--records N] [--policies K] [--only records|policies]

A profile's first K policies are the same for every K, so a workload of fewer is the start of one of more. Needs numpy
and pyarrow. What the workload means stands in neutral.py; convert.py makes a project in Huiyu of it.
"""
import argparse
import pathlib

from generator.columns import Columns
from generator.policies import write_policies
from generator.profiles import PROFILES
from generator.records import write_records


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("profile", choices=PROFILES)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--records", type=int)
    parser.add_argument("--policies", type=int)
    parser.add_argument("--only", choices=["records", "policies"])
    options = parser.parse_args()
    profile = PROFILES[options.profile]
    columns = Columns(profile)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.only != "policies":
        write_records(columns, options.seed, options.records or profile.records, options.out / "records.parquet")
    if options.only != "records":
        write_policies(columns, options.profile, options.seed, options.policies or profile.policies,
                       options.out / "policies.json")


if __name__ == "__main__":
    main()
