#!/bin/sh
# The picture in the README: what `make demo` prints, shortened.
#
#   docs/pictures/demo.sh BIN FOLDER            draws docs/pictures/demo.svg anew (make picture)
#   docs/pictures/demo.sh BIN FOLDER --check    fails where the demo no longer prints what the picture shows
#
# BIN holds the huiyu command; the register and the results go to FOLDER, and a register that is there is kept.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
printed=$out/demo.txt
HUIYU_LANG=zh HUIYU_DEMO_OUT=$out "$here/../../examples/demo.sh" "$bin" | sed "s|$out/||g" >"$printed"
if [ "${3:-}" = --check ]; then
  python3 "$here/draw.py" check "$here/demo.svg" <"$printed"
  exit
fi
# The head of the table, a few rows; of the explanation the conditions, the first part and the total.
awk '
  /^\$ huiyu match/   { table = 1 }
  /^\$ huiyu explain/ { table = 0; why = 1; print "" }
  table && ++rows <= 9 { print }
  table && rows == 10  { print "…" }
  /^  补助 设备补助/   { if (why) print "  …"; why = 0 }
  /^  合计与封顶/      { why = 1 }
  /^规则/              { why = 0 }
  why && (NF || !total) { print }
' "$printed" | sed -e :blank -e '/^\n*$/{$d;N;bblank' -e '}' >"$out/shown.txt"
python3 "$here/draw.py" draw "huiyu match, huiyu explain" <"$out/shown.txt" >"$here/demo.svg"
