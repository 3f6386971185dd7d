#!/usr/bin/env bash
# Puts libduckdb.so into a folder: fetch.sh FOLDER
#
# The library comes out of an npm package that is pinned, with the hash of its content, in package-lock.json; nothing of
# it is built and nothing of it is run here. Does nothing, and needs no network, when the folder already holds that version.
# Exit codes: 0 it is there, 1 it cannot be had (the reason is on standard error).
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${1:?usage: fetch.sh FOLDER}
package=@duckdb/node-bindings-linux-x64

say() { echo "duckdb: $*" >&2; }
fail() { say "$*"; exit 1; }

wanted=$(sed -n 's/.*"integrity": "\([^"]*\)".*/\1/p' "$here/package-lock.json")
[ -n "$wanted" ] || fail "package-lock.json holds no hash"
is_there() { [ -s "$target/libduckdb.so" ] && [ "$(cat "$target/integrity" 2>/dev/null)" = "$wanted" ]; }
is_there && exit 0

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "no library is pinned for $(uname -s) on $(uname -m), only for Linux on x86_64"

mkdir -p "$target"
target=$(cd "$target" && pwd)
exec 9>"$target/.lock"
flock 9 # two configurations at a time share one folder
is_there && exit 0

if ! command -v npm >/dev/null; then
  say "npm is not installed; trying Debian's package of it"
  as_root=()
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      as_root=(sudo)
    else
      fail "no rights to install npm; install it (Debian: apt-get install --no-install-recommends npm) and configure again"
    fi
  fi
  command -v apt-get >/dev/null || fail "no apt-get here; install npm and configure again"
  install_npm() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends npm >&2; }
  install_npm || { "${as_root[@]}" apt-get update >&2 && install_npm; } || fail "Debian's npm cannot be installed"
fi

work=$(mktemp -d "$target/.fetch-XXXXXX")
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$work/"
say "fetching $package"
# npm ci checks the content against the hash; no script of the package is run.
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1 --loglevel=error >&2) ||
  fail "$package cannot be fetched by npm"
mv -f "$work/node_modules/$package/libduckdb.so" "$target/libduckdb.so"
cp -f "$work/node_modules/$package/LICENSE" "$target/LICENSE"
printf '%s\n' "$wanted" >"$target/integrity"
say "libduckdb.so is in place"
