#!/bin/sh
# Runs every fuzz program for a while. Usage: run.sh <folder of the programs>
#   FUZZ_SECONDS   how long each runs (60)
# Starts from tests/fuzz/<part>/corpus; what it learns goes beside the programs, and so does an input that breaks one.
# A broken one belongs into the corpus, where `make test` feeds it again.
set -eu
bin=$1
cd "$(dirname "$0")"
found=no
for program in "$bin"/fuzz_*; do
  [ -x "$program" ] || continue
  found=yes
  part=${program##*/fuzz_}
  learnt=$bin/../corpus/$part
  mkdir -p "$learnt" "$bin/../broken"
  echo "== $part: ${FUZZ_SECONDS:-60} s"
  "$program" -max_total_time="${FUZZ_SECONDS:-60}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$bin/../broken/$part-" "$learnt" "$part/corpus"
done
[ $found = yes ] || { echo "no fuzz program in $bin" >&2; exit 1; }
