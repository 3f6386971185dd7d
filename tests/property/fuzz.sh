#!/bin/sh
# Random programs through every engine, one process for each seed, as many at once as there are processors; then
# random populations.
# Usage: fuzz.sh <folder of the programs> [seed ...]      (PAIRS: of all seeds together, 10^7 unless told; SETTLED:
# of them settled, a tenth unless told)
set -eu
bin=$1
shift
[ $# -gt 0 ] || set -- 101 102
each=$((${PAIRS:-10000000} / $#))
keep=$(dirname "$bin")/differences
printf '%s\n' "$@" | xargs -P "$(nproc)" -I SEED \
  "$bin/differential" --pairs "$each" --seed SEED --records 400 --native 25 --keep "$keep/SEED"
settled=$((${SETTLED:-1000000} / $#))
printf '%s\n' "$@" | xargs -P "$(nproc)" -I SEED \
  "$bin/populations" --pairs "$settled" --seed SEED --records 30 --native 1
