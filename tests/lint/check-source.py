#!/usr/bin/env python3
# The project's own linter: one TAP result a rule, with the places where it is broken.
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-source.py [--list | --fix] [TOP]

--list names the rules; --fix wraps over-long comments and calls and writes po/POTFILES.

tests/lint/allowed holds the exceptions, each "rule path reason"; one that is no longer needed is an error too.
"""
import os
import sys

import c_rules
import fixes
import source
import text_rules
import tree_rules


def read_allowed(tree):
    """{(rule, path): line} of the exceptions, and the lines that are none."""
    allowed, wrong = {}, []
    file = tree.by_path.get('tests/lint/allowed')
    for number, line in enumerate(file.lines if file else [], 1):
        if not line.strip() or line.startswith('#'):
            continue
        parts = line.split(None, 2)
        if len(parts) < 3:
            wrong.append((number, 'write "rule path reason"'))
        else:
            allowed[parts[0], parts[1]] = number
    return allowed, wrong


def breaches(rule, tree, whole_tree):
    if whole_tree:
        yield from rule(tree)
        return
    for file in tree.files:
        for line, message in rule(file):
            yield file.path, line, message


def main():
    arguments = [argument for argument in sys.argv[1:] if not argument.startswith('--')]
    top = os.path.realpath(arguments[0] if arguments else os.path.join(os.path.dirname(__file__), '..', '..'))
    rules = [(rule, False) for rule in text_rules.RULES + c_rules.RULES] + [(rule, True) for rule in tree_rules.RULES]
    if '--list' in sys.argv:
        for rule, _ in rules:
            print(f'{rule.__name__:14} {rule.__doc__}')
        return 0

    tree = source.load(top)
    if '--fix' in sys.argv or '--write-potfiles' in sys.argv:
        fixes.fix(tree)
        return 0
    allowed, wrong = read_allowed(tree)
    used, failed = set(), False
    print(f'1..{len(rules) + 1}')
    for number, (rule, whole_tree) in enumerate(rules, 1):
        found = []
        for path, line, message in breaches(rule, tree, whole_tree):
            key = (rule.__name__, path)
            if key in allowed:
                used.add(key)
            else:
                found.append(f'# {path}:{line}: {message}')
        failed = failed or bool(found)
        print(f"{'not ok' if found else 'ok'} {number} /lint/source/{rule.__name__}")
        if found:
            print('\n'.join([f'# {rule.__doc__}'] + found))

    wrong += [(line, f'{rule} is not broken by {path} any more') for (rule, path), line in allowed.items()
              if (rule, path) not in used]
    print(f"{'not ok' if wrong else 'ok'} {len(rules) + 1} /lint/source/exceptions-needed")
    for line, message in wrong:
        print(f'# tests/lint/allowed:{line}: {message}')
    return 1 if failed or wrong else 0


if __name__ == '__main__':
    sys.exit(main())
