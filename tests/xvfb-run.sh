#!/usr/bin/env bash
# Runs a command with a screen, a session bus and a window manager of its own, so that a test needs no desktop and
# disturbs none.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail

if ! command -v xvfb-run >/dev/null || ! command -v dbus-run-session >/dev/null; then
  echo '1..0 # SKIP no xvfb-run or no dbus-run-session'
  exit 0
fi
unset WAYLAND_DISPLAY
home=$(mktemp -d "${TMPDIR:-/tmp}/tw-home.XXXXXX")
trap 'rm -rf "$home"' EXIT
export GDK_BACKEND=x11 GSK_RENDERER=cairo GSETTINGS_BACKEND=memory GTK_A11Y=${GTK_A11Y:-none} NO_AT_BRIDGE=1
export HOME=$home XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache
export XDG_RUNTIME_DIR=$home/run
mkdir -m 700 "$XDG_RUNTIME_DIR"
mkdir -p "$XDG_CONFIG_HOME"

# The window manager gives windows the focus; without one a test of keys cannot work, the others can.
inside='
if command -v openbox >/dev/null; then
  openbox --sm-disable >/dev/null 2>&1 &
  manager=$!
fi
"$@"
status=$?
[ -z "${manager:-}" ] || kill "$manager" 2>/dev/null
exit "$status"'

xvfb-run -a -s "-screen 0 1400x900x24 -nolisten tcp" dbus-run-session -- bash -c "$inside" inside "$@" \
  2> >(grep -vE 'dbus-daemon\[|SpiRegistry|Failed to set fd limit' >&2)
