#!/usr/bin/env bash
# ./run does its steps in order and cleans up: tried with stand-ins for the two programs. TAP.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
top=${1:-$(dirname "$(readlink -f "$0")")/../..}
work=$(mktemp -d "${TMPDIR:-/tmp}/tw-run.XXXXXX")
trap 'rm -rf "$work"' EXIT
unset LANGUAGE
number=0
failed=0

# What the stand-ins did, a word a line.
did=$work/did

setup() {
  rm -rf "${work:?}"/*
  mkdir -p "$work/build/server" "$work/build/client"
  printf 'rule make\n  command = touch $out && echo compiled >> %s\nbuild all: make\n' "$did" >"$work/build/build.ninja"
  printf 'export TRADEWIND_SCHEMA_DIR=schema\n' >"$work/build/uninstalled.env"
  cat >"$work/build/server/tradewind-server" <<TEXT
#!/usr/bin/env bash
data=\$2
for last; do :; done
echo "\$last \$TRADEWIND_SCHEMA_DIR" >>'$did'
if [ "\$last" = demo ]; then mkdir -p "\$data/database"; [ ! -e '$work/broken-demo' ]; exit; fi
[ ! -e '$work/broken-serve' ] || { echo 'no space' >&2; exit 1; }
trap 'echo stopped >>"$did"; exit 0' TERM
echo 'listening on http://127.0.0.1:4711'
[ -n "\${TEST_STAY:-}" ] || exit 0
while :; do read -rt 1 <> <(:); done
TEXT
  cat >"$work/build/client/tradewind" <<TEXT
#!/usr/bin/env bash
echo "client \$* \${LANGUAGE:-C}" >>'$did'
exit 3
TEXT
  chmod +x "$work/build/server/tradewind-server" "$work/build/client/tradewind"
}

start() {
  (cd / && "$top/run" --no-install --build-dir "$work/build" --data-dir "$work/data" "$@") >"$work/out" 2>"$work/err"
}

expect() { # NAME ACTUAL WANTED
  number=$((number + 1))
  if [ "$2" = "$3" ]; then
    printf 'ok %d /commands/run/%s\n' "$number" "$1"
  else
    failed=1
    printf 'not ok %d /commands/run/%s\n' "$number" "$1"
    diff <(echo "$3") <(echo "$2") | sed 's/^/# /'
    sed 's/^/# err: /' "$work/err"
  fi
}

setup
TEST_STAY=yes DISPLAY=:0 start --lang zh_CN
expect client-ends "$?" 3
expect first-start "$(cat "$did")" 'compiled
demo schema
serve schema
client --server http://127.0.0.1:4711 zh_CN
stopped'
: >"$did"
TEST_STAY=yes DISPLAY=:0 start
expect second-start "$(cat "$did")" 'serve schema
client --server http://127.0.0.1:4711 C
stopped'
expect second-start-is-quiet "$(cat "$work/err")" ''

setup
start --server-only
expect server-only "$(cat "$work/out")" 'listening on http://127.0.0.1:4711'
setup
DISPLAY='' WAYLAND_DISPLAY='' start
expect no-display "$(cat "$work/out"; grep -c 'no display' "$work/err")" 'listening on http://127.0.0.1:4711
1'

setup
touch "$work/broken-demo"
start --server-only
expect broken-demo "$? $([ -e "$work/data" ] && echo kept)" '1 '
rm "$work/broken-demo"
start --server-only
expect demo-again "$? $(ls "$work/data")" '0 database'

setup
touch "$work/broken-serve"
DISPLAY=:0 start
expect broken-server "$? $(grep -c 'no space' "$work/err")" '1 1'

start --nonsense
expect unknown-option "$?" 1
start --lang
expect option-without-value "$?" 1

printf '1..%d\n' "$number"
exit "$failed"
