#!/usr/bin/env bash
# Every translation is sound, and the Chinese one is whole: it has each text that the sources have now. TAP.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -uo pipefail
cd "${1:-$(dirname "$(readlink -f "$0")")/../..}" || exit 2

complete=(zh_CN) # languages that may miss nothing
work=$(mktemp -d "${TMPDIR:-/tmp}/tw-po.XXXXXX")
trap 'rm -rf "$work"' EXIT
number=0
failed=0

try() {
  local name=$1 said
  shift
  number=$((number + 1))
  if said=$("$@" 2>&1); then
    printf 'ok %d /lint/translations/%s\n' "$number" "$name"
  else
    failed=1
    printf 'not ok %d /lint/translations/%s\n' "$number" "$name"
    head -n 60 <<<"$said" | sed 's/^/# /'
  fi
}

# As meson's preset "glib" extracts, with our own markers.
extract() {
  xgettext --from-code=UTF-8 --add-comments=Translators --files-from=po/POTFILES --output="$work/now.pot" \
    --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=tw_text_plural:1,2 \
    --keyword=g_dcgettext:2 --keyword=g_dngettext:2,3 \
    --keyword=g_dpgettext2:2c,3 --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format --flag=NC_:2:pass-c-format \
    --flag=g_dngettext:2:pass-c-format --flag=g_strdup_printf:1:c-format --flag=g_string_printf:2:c-format \
    --flag=g_string_append_printf:2:c-format --flag=g_set_error:4:c-format
}

marks_are_clear() { # nothing that a translator could not translate as a whole
  ! grep -nE '^msgid " |^msgid ".* "$' "$work/now.pot" | grep -v 'msgid ""'
}

whole() { # LANGUAGE: no text missing, untranslated or fuzzy
  [ -f "po/$1.po" ] || { echo "po/$1.po does not exist"; return 1; }
  msgmerge --quiet --no-fuzzy-matching --output-file="$work/$1.po" "po/$1.po" "$work/now.pot" || return 1
  local missing
  missing=$(msgattrib --untranslated --no-obsolete --no-wrap "$work/$1.po"
            msgattrib --only-fuzzy --no-obsolete "po/$1.po")
  [ -z "$missing" ] || { printf 'missing or fuzzy:\n%s\n' "$(grep -E '^(#:|msgid)' <<<"$missing")"; return 1; }
}

linguas_listed() {
  local file
  for file in po/*.po; do
    [ -e "$file" ] || continue
    grep -qxE "$(basename "$file" .po)" po/LINGUAS || { echo "$file is not in po/LINGUAS"; return 1; }
  done
}

if [ ! -f po/POTFILES ]; then
  printf '1..0 # SKIP there is no po/POTFILES\n'
  exit 0
fi

try extract extract
try whole-sentences marks_are_clear
try linguas linguas_listed
for file in po/*.po; do
  [ -e "$file" ] || continue
  try "sound/$(basename "$file" .po)" msgfmt --check --check-accelerators=_ --output-file=/dev/null "$file"
done
for language in "${complete[@]}"; do
  try "whole/$language" whole "$language"
done

printf '1..%d\n' "$number"
exit "$failed"
