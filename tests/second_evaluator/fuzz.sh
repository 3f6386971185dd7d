#!/bin/sh
# The oracle against the second evaluator, long. Usage: fuzz.sh <folder of the programs> [SEED...]
#   EVALUATOR_PROGRAMS   random programs of each seed (10000)
set -eu
bin=$1
shift
[ $# -gt 0 ] || set -- 2 3
cd "$(dirname "$0")/../.."
for seed in "$@"; do
  python3 -B tests/second_evaluator/check_random.py --generator "$bin/random_project" \
    --programs "${EVALUATOR_PROGRAMS:-10000}" --records 30 --seed "$seed"
done
