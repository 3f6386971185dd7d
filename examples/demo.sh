#!/bin/sh
# make demo: a county's forty-five policies against its register of 80,000 synthetic firms in Parquet; who gets what,
# and why for one of them.
set -eu
bin=$1
cd "$(dirname "$0")/county"
out=${HUIYU_DEMO_OUT:-../../build/demo}
mkdir -p "$out"

run() {
  printf '\n$ huiyu %s\n' "$*"
  "$bin/huiyu" "$@"
}

# The register is the same on every machine, so one that is newer than its text is kept.
[ "$out/county.parquet" -nt register.sql ] || run data convert register.sql "$out/county.parquet"
run check rules
run test rules
run match rules --data "$out/county.parquet" --as-of 2024-12-31 -o "$out/eligible.parquet"

# The firm that gets most under one policy of several items.
printf "SELECT key FROM read_parquet('%s') WHERE policy = 'JX-2' AND amount IS NOT NULL ORDER BY amount DESC, key LIMIT 1\n" \
  "$out/eligible.parquet" >"$out/most.sql"
"$bin/huiyu" data convert "$out/most.sql" "$out/most.csv"
run explain rules --data "$out/county.parquet" --as-of 2024-12-31 --policy JX-2 --key "$(tail -n 1 "$out/most.csv" | tr -d '\r"')"
printf '\n规则 / rules:      %s\n登记 / register:   %s\n结果 / results:    %s\n' \
  "$(pwd)/rules" "$(cd "$out" && pwd)/county.parquet" "$(cd "$out" && pwd)/eligible.parquet"
