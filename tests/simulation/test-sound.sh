#!/usr/bin/env bash
# The server that is installed has none of the defects that the simulation's own has: test-sound.sh SERVER BROKEN
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
server=$(realpath "$1")
broken=$(realpath "$2")
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 2
status=0

# check NUMBER NAME COMMAND...: the command succeeds.
check() {
  local number=$1 name=$2
  shift 2
  if "$@" > /dev/null; then
    printf 'ok %d - %s\n' "$number" "$name"
  else
    printf 'not ok %d - %s\n' "$number" "$name"
    status=1
  fi
}

# shellcheck disable=SC2317 # check calls it
is_absent() {
  ! grep -rq "$@"
}

switch=TRADEWIND_SIMULATION_BROKEN
printf '1..4\n'
check 1 'the broken server has the switch' grep -q "$switch" "$broken"
check 2 'the server does not have it' is_absent "$switch" "$server"
check 3 'the server has no replaced function' is_absent __wrap_tw_ "$server"
check 4 'no source of the product knows it' is_absent "$switch" server shared client
exit "$status"
