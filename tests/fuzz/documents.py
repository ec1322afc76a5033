#!/usr/bin/env python3
# Writes the list of all record types, from the headers that declare them.
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""documents.py OUTPUT HEADER...: HEADER is a path as it is included."""
import re
import sys

output, *headers = sys.argv[1:]
lines = ['/* Made by tests/fuzz/documents.py. */']
types = []
for header in sorted(headers):
    include = header[re.search(r'(?:^|/)(?=(?:shared|server)/)', header).end():]
    with open(header, encoding='utf-8') as file:
        prefixes = re.findall(r'^TW_DECLARE_RECORD \(\w+, (\w+)\)', file.read(), re.MULTILINE)
    if prefixes:
        lines.append(f'#include "{include}"')
        types += [f'  {prefix}_get_type,' for prefix in prefixes]
assert len(types) > 40, 'the declarations of records look otherwise now'
lines += ['', 'static GType (*const record_types[]) (void) = {', *types, '};']
with open(output, 'w', encoding='utf-8') as file:
    file.write('\n'.join(lines) + '\n')
