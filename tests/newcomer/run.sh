#!/bin/sh
# Does what a newcomer does: clones the last commit into an empty place and runs the README's commands there.
#
#   tests/newcomer/run.sh [COMMAND...]                 in a temporary folder of this machine     (default: test)
#   tests/newcomer/run.sh --chroot DIR [COMMAND...]    in a new Debian 12 with only git and make (default: test demo)
#
# A COMMAND is a target of the Makefile. Nothing of this checkout's build folders, compiler cache or home folder is
# used. The second form needs root and debootstrap, installs everything anew into DIR and leaves DIR behind;
# a DIR that already holds such a Debian is used as it is. Network settings (apt sources, name server, registry
# settings of npm and pip, proxies, trusted certificates) are copied, so that it reaches what this machine reaches.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
suite=bookworm

certificates=/etc/ssl/certs/ca-certificates.crt # a bundle that may hold an authority of this network

say() { printf '== %s\n' "$*"; }

# Runs each command under the given wrapper in turn and tells how long it took. Twice, because the second run of a
# command must find everything done.
run_commands() { # wrapper, commands...
  wrapper=$1
  shift
  for command in "$@" "$@"; do
    started=$(date +%s)
    status=0
    $wrapper "$command" || status=$?
    say "make $command: status $status, $(($(date +%s) - started)) s"
    [ "$status" = 0 ] || exit "$status"
  done
}

clone_to() {
  git clone --quiet --no-hardlinks "$root" "$1"
  say "clone of $(git -C "$1" log -1 --format='%h %s')"
}

# Runs the arguments in an empty environment but for the proxies.
with_proxies() {
  env -i ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
    ${no_proxy:+no_proxy="$no_proxy"} "$@"
}

# ---- on this machine ------------------------------------------------------------------------------------------------

make_here() {
  with_proxies PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$place/home" LANG=C.UTF-8 CCACHE_DISABLE=1 \
    NODE_EXTRA_CA_CERTS="$certificates" make --no-print-directory -C "$place/huiyu" "$1"
}

run_here() {
  place=$(mktemp -d)
  trap 'rm -rf "$place"' EXIT
  trap 'exit 130' INT TERM
  mkdir "$place/home"
  if [ -f "${HOME:-/nonexistent}/.npmrc" ]; then cp "$HOME/.npmrc" "$place/home/"; fi
  clone_to "$place/huiyu"
  run_commands make_here "$@"
}

# ---- in a new Debian ------------------------------------------------------------------------------------------------

make_there() {
  with_proxies PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/srv \
    chroot "$there" make --no-print-directory -C /srv/huiyu "$1"
}

mirror_of_this_machine() {
  grep -rhoE '^(URIs:|deb ) *(\[[^]]*\] *)?https?://[^ ]+' /etc/apt/sources.list /etc/apt/sources.list.d/*.sources \
    /etc/apt/sources.list.d/*.list 2>/dev/null | grep -oE 'https?://[^ ]+/debian/?$' | head -n 1 || true
}

# Copies the certificates that this machine trusts beyond Debian's own, one a file, to where the package
# ca-certificates will look for them.
copy_local_authorities() {
  mkdir -p "$1"
  [ -f "$certificates" ] || return 0
  find /usr/share/ca-certificates -name '*.crt' -exec cat {} + 2>/dev/null |
    awk -v folder="$1" '
      /BEGIN CERTIFICATE/ { body = ""; inside = 1 }
      inside { body = body $0 "\n" }
      /END CERTIFICATE/ {
        inside = 0
        if (FILENAME == "-") known[body] = 1
        else if (!(body in known)) { known[body] = 1; print body > (folder "/local-" ++count ".crt") }
      }' - "$certificates"
}

run_there() {
  [ "$(id -u)" = 0 ] || { echo "--chroot needs root" >&2; exit 2; }
  command -v debootstrap >/dev/null || { echo "--chroot needs debootstrap" >&2; exit 2; }
  if [ ! -e "$there/etc/debian_version" ]; then
    mirror=$(mirror_of_this_machine)
    say "making a minimal Debian 12 in $there"
    mkdir -p "$there"
    debootstrap --variant=minbase --include=git,make "$suite" "$there" "${mirror:-http://deb.debian.org/debian}" \
      >"$there.log" 2>&1 || { tail -n 20 "$there.log" >&2; exit 1; }
  fi
  say "packages at the start: $(chroot "$there" dpkg-query -f '.\n' -W | wc -l)"

  # Replaces what debootstrap wrote, so that a package found here is found there.
  cp /etc/resolv.conf "$there/etc/resolv.conf"
  rm -rf "$there/etc/apt/sources.list" "$there/etc/apt/sources.list.d"
  mkdir -p "$there/etc/apt/sources.list.d"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list \
    /etc/apt/apt.conf.d/*proxy* /etc/npmrc /etc/pip.conf "$HOME/.npmrc" "$HOME/.config/pip/pip.conf"; do
    [ -f "$file" ] || continue
    case $file in "$HOME"/*) to=$there/srv/${file#"$HOME"/} ;; *) to=$there$file ;; esac
    mkdir -p "$(dirname "$to")"
    cp "$file" "$to"
  done

  copy_local_authorities "$there/usr/local/share/ca-certificates"

  trap 'umount -l "$there/proc" "$there/dev" 2>/dev/null || true' EXIT
  trap 'exit 130' INT TERM
  mount -t proc proc "$there/proc"
  mount --bind /dev "$there/dev"
  if [ -x "$there/usr/sbin/update-ca-certificates" ]; then chroot "$there" update-ca-certificates >/dev/null 2>&1; fi

  rm -rf "$there/srv/huiyu"
  clone_to "$there/srv/huiyu"
  run_commands make_there "$@"
  say "packages at the end: $(chroot "$there" dpkg-query -f '.\n' -W | wc -l)"
}

if [ "${1-}" = --chroot ]; then
  [ $# -ge 2 ] || { echo "usage: $0 --chroot DIR [COMMAND...]" >&2; exit 2; }
  there=$2
  shift 2
  [ $# -gt 0 ] || set -- test demo
  run_there "$@"
else
  [ $# -gt 0 ] || set -- test
  run_here "$@"
fi
say "a newcomer gets there"
