#!/bin/sh
# make demo: three clauses against a register of 80,000 synthetic firms in Parquet; who gets what, and why for two of them.
set -eu
bin=$1
cd "$(dirname "$0")/first-light"
out=${HUIYU_DEMO_OUT:-../../build/demo}
mkdir -p "$out"

run() {
  printf '\n$ huiyu %s\n' "$*"
  "$bin/huiyu" "$@"
}

# The register is the same on every machine, so one that is newer than its text is kept.
[ "$out/register.parquet" -nt register.sql ] || run data convert register.sql "$out/register.parquet"
run check rules
run match rules --data "$out/register.parquet" --as-of 2024-06-30 -o "$out/eligible.parquet"

# One firm that gets money and one whose answer hangs on a missing fact: the first of each.
"$bin/huiyu" match rules --data "$out/register.parquet" --as-of 2024-06-30 --all --format json -o "$out/all.json" >"$out/summary.txt" 2>&1
first() { grep '"policy":"S1"' "$out/all.json" | grep -m 1 "\"outcome\":\"$1\"" | sed 's/.*"key":"\([^"]*\)".*/\1/'; }
for outcome in eligible unknown; do
  run explain rules --data "$out/register.parquet" --as-of 2024-06-30 --policy S1 --key "$(first $outcome)"
done
printf '\n结果 / results: %s\n' "$(cd "$out" && pwd)/eligible.parquet"
