#!/bin/sh
# Seeds one fault after the other into a copy of the project, and demands that a differential test finds each: of
# settlement `populations`, of a portal's published release its unit tests, of all else `differential`.
# Usage: run.sh <project> <folder for the copy> [fault ...]      (PAIRS: how many it may try of each of three seeds,
# 400000 unless told; NICE)
set -eu
root=$1
copy=$2
shift 2
here=$root/tests/property/faults
all=$(cmake -P "$here/seed.cmake")
[ $# -gt 0 ] || set -- $(printf '%s\n' "$all" | cut -d' ' -f1)
nice="nice -n ${NICE:-10}"

# What is tracked and what is new, without the build folders; files that did not change keep their time.
mkdir -p "$copy/tree"
(cd "$root" && git ls-files -z --cached --others --exclude-standard | xargs -0 cp -u --parents -t "$copy/tree" 2>/dev/null || true)
# What the project no longer has would be built still.
(cd "$root" && git -c core.quotePath=false ls-files --cached --others --exclude-standard | while read -r one; do
  [ ! -e "$one" ] || echo "$one"
done) | LC_ALL=C sort >"$copy/files"
(cd "$copy/tree" && find . -path ./build -prune -o ! -type d -print | cut -c3- | LC_ALL=C sort \
  | LC_ALL=C comm -13 "$copy/files" - | xargs -r -d '\n' rm)
# As the project's own, or the compiler cache would know nothing of it.
tree=$copy/tree
mkdir -p "$tree/build"
[ -e "$tree/build/deps" ] || ln -s "$root/build/deps" "$tree/build/deps"
[ -e "$tree/build/build.ninja" ] || cmake -S "$tree" -B "$tree/build" -G Ninja >/dev/null
$nice ninja -C "$tree/build" differential populations huiyu_native >"$copy/build.log"

missed=0
for name in "$@"; do
  line=$(printf '%s\n' "$all" | grep "^$name ")
  file=$(printf '%s' "$line" | cut -d' ' -f2)
  what=$(printf '%s' "$line" | cut -d' ' -f3-)
  cp "$tree/$file" "$copy/kept"
  cmake -DNAME="$name" -DROOT="$tree" -P "$here/seed.cmake"
  case $file in
    runtime/settle/* | compiler/driver/schedule.cpp) test=populations ;;
    runtime/portal/desk.cpp | runtime/portal/beside.cpp) test=unit_runtime_portal ;;
    *) test=differential ;;
  esac
  if ! $nice ninja -C "$tree/build" $test huiyu_native >"$copy/build.log" 2>&1; then
    found="does not build"
    missed=$((missed + 1))
  else
    status=0
    if [ $test = unit_runtime_portal ]; then
      found="unit test"
      if (cd "$tree" && $nice build/bin/$test) >"$copy/$name.log" 2>&1; then
        found=MISSED
        missed=$((missed + 1))
      fi
      cp "$copy/kept" "$tree/$file"
      printf '%-30s %-16s %s: %s\n' "$name" "$found" "$file" "$what"
      continue
    fi
    # Native code takes most of the time, and only its own faults need it.
    case $file in compiler/codegen/* | compiler/jit/*) native=100 ;; *) native=0 ;; esac
    # What one stream of programs does not meet, another may.
    for seed in 1 2 3; do
      [ $status -eq 0 ] || break
      case $test in
        populations) more="--records 30" ;;
        *) more="--records 80 --keep $copy/differences/$name" ;;
      esac
      # shellcheck disable=SC2086
      $nice "$tree/build/bin/$test" --pairs "${PAIRS:-400000}" --seed $seed --native $native --shrink 0 $more \
        >"$copy/$name.log" 2>&1 || status=$?
    done
    # A fault may also break an invariant, which ends the program.
    if [ $status -eq 0 ] || ! grep -qE '^seed |internal error|invariant' "$copy/$name.log"; then
      found=MISSED
      missed=$((missed + 1))
    else
      found=$(sed -n 's/^seed \([0-9]*\) program \([0-9]*\).*/\1: program \2/p' "$copy/$name.log")
    fi
  fi
  cp "$copy/kept" "$tree/$file"
  printf '%-30s %-16s %s: %s\n' "$name" "${found:-invariant}" "$file" "$what"
done
echo "$# faults, $missed missed"
[ $missed -eq 0 ]
