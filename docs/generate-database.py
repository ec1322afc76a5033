#!/usr/bin/env python3
# Writes docs/database.md from the migrations, or with --check says whether it is up to date (TAP).
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""generate-database.py [--check] [TOP]

Reads data/schema/*.sql in order: CREATE TABLE with its columns, keys and constraints, and ALTER TABLE ... ADD COLUMN.
The comment lines before a table, and behind a column, become its description: the schema explains itself in one place.
"""
import glob
import os
import re
import sys

HEAD = '''<!-- Made by docs/generate-database.py from data/schema: change those, then run it. -->
# Database

MariaDB 10.11 or newer, InnoDB, utf8mb4, strict mode, times in UTC. Made by the migrations in `data/schema`, which only
ever grow. Amounts are DECIMAL; every table has a primary key; nothing relies on table locks.
'''
CONSTRAINT = re.compile(r'^(CONSTRAINT|PRIMARY\s+KEY|UNIQUE|KEY|INDEX|FULLTEXT|FOREIGN|CHECK)\b', re.IGNORECASE)
TABLE = re.compile(r'CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?`?(\w+)`?\s*\(', re.IGNORECASE)
ADDED = re.compile(r'ALTER\s+TABLE\s+`?(\w+)`?\s+(.*?);', re.IGNORECASE | re.DOTALL)
TRIGGER = re.compile(r'CREATE\s+(?:OR\s+REPLACE\s+)?TRIGGER\s+(?:IF\s+NOT\s+EXISTS\s+)?`?(\w+)`?\s+'
                     r'(BEFORE|AFTER)\s+(\w+)\s+ON\s+`?(\w+)`?', re.IGNORECASE)
TOKEN = re.compile(r"'(?:[^'\\]|\\.|'')*'|--[^\n]*|/\*.*?\*/|[(),;]", re.DOTALL)


class Table:
    def __init__(self, name, comment, file):
        self.name, self.comment, self.file = name, comment, file
        self.columns, self.constraints, self.triggers, self.rule = [], [], [], ''


def tidy(text):
    return re.sub(r'\s+', ' ', text).strip()


def comment_text(comment):
    return tidy(re.sub(r'(?m)^\s*(--|/\*|\*/|\*)|\*/\s*$', '', comment))


def items(text, start):
    """The parts between the parenthesis opened before @start: (definition, comment behind it); and the end."""
    depth, parts, current, comment, at = 1, [], '', '', start
    for token in TOKEN.finditer(text, start):
        current += text[at:token.start()]
        at = token.end()
        mark = token[0]
        if mark.startswith(('--', '/*')):
            # A comment on the line of a finished column belongs to that column.
            behind = '\n' not in text[text.rfind(',', start, token.start()) + 1:token.start()]
            if not current.strip() and parts and behind:
                parts[-1] = (parts[-1][0], tidy(parts[-1][1] + ' ' + comment_text(mark)))
            else:
                comment = tidy(comment + ' ' + comment_text(mark))
            continue
        if mark == '(':
            depth += 1
        elif mark == ')':
            depth -= 1
        if depth == 0 or (mark == ',' and depth == 1):
            if current.strip():
                parts.append((tidy(current), comment))
            current, comment = '', ''
            if depth == 0:
                return parts, at
        else:
            current += mark
    raise ValueError('a CREATE TABLE does not end')


def above(text, offset):
    """The comment lines directly above @offset."""
    lines = text[:offset].rstrip(' ').split('\n')
    if lines and lines[-1] == '':
        lines.pop()
    found = []
    while lines and lines[-1].lstrip().startswith('--'):
        line = lines.pop()
        if 'SPDX' not in line:
            found.insert(0, line)
    return comment_text('\n'.join(found))


def place(table, definition, comment):
    if CONSTRAINT.match(definition):
        table.constraints.append((definition, comment))
        return
    name, _, rest = definition.partition(' ')
    table.columns.append((name.strip('`'), rest.strip(), comment))


def alter(table, definition):
    """One part of an ALTER TABLE: what is added, and keys that go."""
    definition = re.sub(r'\s+IF\s+(NOT\s+)?EXISTS\b', '', definition, flags=re.IGNORECASE)
    added = re.match(r'ADD\s+(?:COLUMN\s+)?(.*)', definition, re.IGNORECASE)
    dropped = re.match(r'DROP\s+(?:KEY|INDEX)\s+`?(\w+)`?', definition, re.IGNORECASE)
    if added:
        place(table, added[1], '')
    if dropped:
        table.constraints = [part for part in table.constraints
                             if not re.match(rf'(UNIQUE\s+)?(KEY|INDEX)\s+`?{dropped[1]}\b', part[0], re.IGNORECASE)]


def read_file(path, tables):
    with open(path, encoding='utf-8') as stream:
        text = stream.read()
    end = 0
    for match in TABLE.finditer(text):
        if match.start() < end:
            continue
        table = Table(match[1], above(text, match.start()), os.path.basename(path))
        parts, end = items(text, match.end())
        for definition, comment in parts:
            place(table, definition, comment)
        tables[table.name] = table
    for match in ADDED.finditer(text):
        if match[1] in tables:
            for definition in re.split(r',\s*(?=(?:ADD|DROP)\b)', match[2], flags=re.IGNORECASE):
                alter(tables[match[1]], tidy(definition))
    for match in TRIGGER.finditer(text):
        if match[4] in tables:
            tables[match[4]].triggers.append(f'`{match[1]}`: {match[2].lower()} {match[3].lower()}')


def read_rules(path, tables):
    """The lines that say what the working account may do, as server/db/migrate.h describes them."""
    with open(path, encoding='utf-8') as stream:
        lines = re.findall(r'(?m)^-- (append-only|read-only):(.*)$', stream.read())
    for kind, listed in lines:
        for name, columns in re.findall(r'(\w+)\s*(?:\(([^)]*)\))?', listed):
            columns = re.sub(r',\s*', ', ', columns)
            if name in tables:
                tables[name].rule = 'The server may only read it.' if kind == 'read-only' else (
                    'Append-only for the server' + (f', but for {columns}.' if columns else '.'))


def cell(text):
    return text.replace('|', '\\|')


def write(tables):
    lines = [HEAD, f'{len(tables)} tables: ' + ', '.join(f'[{name}](#{name})' for name in sorted(tables)) + '.\n']
    for name in sorted(tables):
        table = tables[name]
        about = ' '.join(part for part in (table.comment, table.rule, f'(`{table.file}`)') if part)
        lines += [f'## {name}\n', about + '\n']
        lines += ['| column | type | |', '|---|---|---|']
        lines += [f'| `{column}` | {cell(kind)} | {cell(comment)} |' for column, kind, comment in table.columns]
        lines.append('')
        for definition, comment in table.constraints:
            lines.append(f'- `{definition}`' + (f': {comment}' if comment else ''))
        for trigger in table.triggers:
            lines.append(f'- trigger {trigger}')
        if table.constraints or table.triggers:
            lines.append('')
    return '\n'.join(lines).rstrip('\n') + '\n'


def main():
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith('--')]
    top = arguments[0] if arguments else os.path.join(os.path.dirname(os.path.realpath(__file__)), '..')
    tables = {}
    for path in sorted(glob.glob(os.path.join(top, 'data', 'schema', '*.sql'))):
        read_file(path, tables)
        read_rules(path, tables)
    made, target = write(tables), os.path.join(top, 'docs', 'database.md')
    if '--check' not in sys.argv:
        with open(target, 'w', encoding='utf-8') as stream:
            stream.write(made)
        return 0
    stored = ''
    if os.path.exists(target):
        with open(target, encoding='utf-8') as stream:
            stored = stream.read()
    good = stored == made
    print(f"1..1\n{'ok' if good else 'not ok'} 1 /lint/database/page-is-up-to-date")
    if not good:
        print('# run docs/generate-database.py and commit docs/database.md')
    return 0 if good else 1


sys.exit(main())
