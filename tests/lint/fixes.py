# What the linter can put right by itself: over-long lines and the list of translated files.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

import source
import text_rules
import tree_rules


def split_line(line):
    """@line cut at the last space that leaves it narrow enough; the rest is not empty."""
    closing = ' */' if line.endswith('*/') else ''
    words = (line[:-2].rstrip() if closing else line).split(' ')
    rest = [words.pop()]
    while len(' '.join(words)) > text_rules.WIDTH:
        rest.insert(0, words.pop())
    return ' '.join(words), ' '.join(rest), closing


def wrapped(text):
    """@text with the words that stand too far right moved to the next line of their block comment."""
    lines, number = text.split('\n'), 0
    while number < len(lines):
        line = lines[number]
        opening = re.match(r'( *)(/\* | \* )', line)
        if len(line) > text_rules.WIDTH and opening:
            lines[number], rest, closing = split_line(line)
            margin = opening[1] + ' * '
            below = lines[number + 1] if number + 1 < len(lines) else ''
            if not closing and re.match(r' *\* \S', below):
                lines[number + 1] = margin + rest + ' ' + below.lstrip()[2:]
            else:
                lines.insert(number + 1, margin + rest + closing)
        number += 1
    return '\n'.join(lines)


def last_comma(line):
    """(column of the last comma of an argument list that fits, of its parenthesis); None when there is none."""
    inside, opened, best, column = False, [], None, 0
    while column < text_rules.WIDTH:
        mark = line[column]
        if inside and mark == '\\':
            column += 1
        elif mark == '"':
            inside = not inside
        elif not inside and mark in '([{':
            opened.append(column)
        elif not inside and mark in ')]}' and opened:
            opened.pop()
        elif not inside and opened and line[column:column + 2] == ', ':
            best = column, opened[-1]
        column += 1
    return best


def broken(path, text):
    """@text with calls that break the rule of width broken after an argument, as GNU style aligns them."""
    wide = {number for number, _ in text_rules.width(source.File(path, text))}
    lines = []
    for number, line in enumerate(text.split('\n'), 1):
        comma = None
        if number in wide and not line.lstrip().startswith(('"', '/*', '*', '#', '{')):
            comma = last_comma(line)
        rest = ' ' * (comma[1] + 1) + line[comma[0] + 2:] if comma else ''
        lines += [line[:comma[0] + 1], rest] if comma and len(rest) <= text_rules.WIDTH else [line]
    return '\n'.join(lines)


def write(tree, path, text):
    if path not in tree.by_path or tree.by_path[path].text != text:
        with open(os.path.join(tree.top, path), 'w', encoding='utf-8') as stream:
            stream.write(text)
        print(f'changed {path}')


def fix(tree):
    for file in tree.matching('c', 'h'):
        write(tree, file.path, broken(file.path, wrapped(file.text)))
    write(tree, 'po/POTFILES', tree_rules.potfiles(tree))
