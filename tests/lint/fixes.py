# What the linter can put right by itself: over-long comment lines and the list of translated files.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

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


def write(tree, path, text):
    if path not in tree.by_path or tree.by_path[path].text != text:
        with open(os.path.join(tree.top, path), 'w', encoding='utf-8') as stream:
            stream.write(text)
        print(f'changed {path}')


def fix(tree):
    for file in tree.matching('c', 'h'):
        write(tree, file.path, wrapped(file.text))
    write(tree, 'po/POTFILES', tree_rules.potfiles(tree))
