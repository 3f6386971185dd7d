#!/bin/sh
# make demo: three clauses against a register of 80,000 synthetic firms in Parquet; who gets what, and why for one of them.
set -eu
bin=$1
cd "$(dirname "$0")/first-light"
out=${HUIYU_DEMO_OUT:-../../build/demo}
mkdir -p "$out"

run() { printf '\n$ huiyu %s\n' "$*"; "$bin/huiyu" "$@"; }

[ "$out/register.parquet" -nt register.sql ] || run data convert register.sql "$out/register.parquet"
run check rules
run match rules --data "$out/register.parquet" --as-of 2024-06-30 -o "$out/eligible.parquet"
