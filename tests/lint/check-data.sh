#!/usr/bin/env bash
# Scripts, desktop data and schemas pass the checkers of their own kind. TAP.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
cd "${1:-$(dirname "$(readlink -f "$0")")/../..}" || exit 2

number=0
failed=0

# try NAME COMMAND...: one result; what the command says goes into the log when it fails.
try() {
  local name=$1 said
  shift
  number=$((number + 1))
  if said=$("$@" 2>&1); then
    printf 'ok %d /lint/data/%s\n' "$number" "$name"
  else
    failed=1
    printf 'not ok %d /lint/data/%s\n' "$number" "$name"
    sed 's/^/# /' <<<"$said"
  fi
}

all() { # all FOLDER PATTERN: paths, without build folders
  [ ! -d "$1" ] || find "$1" -name "$2" -not -path '*/_build*' | sort
}

scripts() {
  printf '%s\n' run check .ci/run .ci/install-packages
  grep -lrE '^#!.*\b(bash|sh)$' tests data 2>/dev/null | sort
}

while read -r script; do
  [ -e "$script" ] || continue
  try "syntax/$script" bash -n "$script"
  if command -v shellcheck >/dev/null; then
    try "shellcheck/$script" shellcheck --severity=warning "$script"
  fi
done < <(scripts)

python_compiles() {
  /usr/bin/env python3 - "$1" <<'PY'
import sys
compile(open(sys.argv[1], encoding='utf-8').read(), sys.argv[1], 'exec')
PY
}
while read -r script; do
  try "python/$script" python_compiles "$script"
done < <({ all tests '*.py'; all docs '*.py'; grep -lrE '^#!.*python3' .ci tests docs 2>/dev/null; } | sort -u)

# A schema file that was released is in databases of others: what is new goes into a new file.
released_schema_stands() {
  (cd data/schema && sha256sum --check --strict --quiet released.sha256)
}
[ ! -f data/schema/released.sha256 ] || try schema/released released_schema_stands

# The checkers go by a file's name: what is still a template (.in) is shown to them under its final one.
work=$(mktemp -d "${TMPDIR:-/tmp}/tw-data.XXXXXX")
trap 'rm -rf "$work"' EXIT
as_final() {
  local copy
  copy=$work/$(basename "$1" .in)
  cp "$1" "$copy" && printf '%s' "$copy"
}
while read -r file; do
  try "desktop/${file##*/}" desktop-file-validate "$(as_final "$file")"
done < <(all data '*.desktop*')
while read -r file; do
  try "metainfo/${file##*/}" appstreamcli validate --no-net --explain "$(as_final "$file")"
done < <(all data '*.metainfo.xml*')
if [ -n "$(all data '*.gschema.xml')" ]; then
  try gschema glib-compile-schemas --strict --dry-run data
fi

printf '1..%d\n' "$number"
exit "$failed"
