#!/bin/sh
# Installs what Qt needs on a bare Debian or Ubuntu. Returns at once where it is all there.
set -eu

here() { ldconfig -p 2>/dev/null | grep -q "$1" || ls /usr/lib/*/"$1"* /lib/*/"$1"* /usr/lib/"$1"* >/dev/null 2>&1; }

missing=""
for library in libGL.so.1 libEGL.so.1 libxkbcommon.so.0 libfontconfig.so.1 libglib-2.0.so.0 libdbus-1.so.3; do
    here "$library" || missing="$missing $library"
done
[ -n "$missing" ] || exit 0
[ "$(uname -s)" = Linux ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "These libraries are missing:$missing. Install them with your system's package tool, then try again." >&2
    exit 1
fi
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
$as_root apt-get update -q
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -q -y --no-install-recommends \
    libgl1 libegl1 libxkbcommon0 libxkbcommon-x11-0 libfontconfig1 libglib2.0-0 libdbus-1-3 \
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1
