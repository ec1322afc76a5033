#!/usr/bin/env bash
# The same seed decides the same, another one something else: test-plan.sh SIMULATION
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
status=0

plan() {
  "$1" --seed "$2" --plan 50
}

# check NUMBER NAME CONDITION...
check() {
  local number=$1 name=$2
  shift 2
  if [ "$@" ]; then
    printf 'ok %d - %s\n' "$number" "$name"
  else
    printf 'not ok %d - %s\n' "$number" "$name"
    status=1
  fi
}

first=$(plan "$1" 7)
printf '1..3\n'
check 1 'everybody decides something' "$(printf '%s\n' "$first" | grep -c ': ')" -gt 2000
check 2 'the same seed decides the same' "$first" = "$(plan "$1" 7)"
check 3 'another seed decides something else' "$first" != "$(plan "$1" 8)"
exit "$status"
