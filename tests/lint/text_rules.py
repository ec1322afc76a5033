# Rules for every text file: licence line, white space, width, leftovers.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import re

SOURCES = {'c', 'h', 'py', 'ui', 'css', 'sql', 'build', 'sh', 'service', 'xml', 'in', 'supp'}
NO_LICENCE = {'po', 'pot', 'csv', 'md', 'json', 'svg'}  # data and prose: COPYING holds for them
WIDTH = 120
ROW_WIDTH = 180
LICENCE = 'SPDX-License-Identifier: GPL-3.0-or-later'


def is_source(file):
    return file.suffix in SOURCES or file.text.startswith('#!') or file.name == 'meson.build'


def licence(file):
    """Every source file names its licence within its first lines."""
    if is_source(file) and file.suffix not in NO_LICENCE:
        if LICENCE not in '\n'.join(file.lines[:8]):
            yield 1, f'no "{LICENCE}" in the first lines'


def white_space(file):
    """No tabs, no space at the end of a line, one newline at the end of the file."""
    if not is_source(file) and file.suffix != 'md':
        return
    for number, line in enumerate(file.lines, 1):
        if '\t' in line:
            yield number, 'tab'
        if line != line.rstrip():
            yield number, 'space at the end of the line'
    if not file.text.endswith('\n') or file.text.endswith('\n\n'):
        yield len(file.lines), 'the file must end with one newline'


def width(file):
    """Lines of at most 120 columns; longer are text in .ui, rows of const tables, data of tests."""
    if not is_source(file):
        return
    for number, line in enumerate(file.lines, 1):
        if file.suffix in ('xml', 'in') or 'translatable' in line:
            continue
        row = re.match(r'  \{ .*\},', line)
        text_of_test = file.path.startswith('tests/') and '"' in line
        if len(line) > (ROW_WIDTH if row or text_of_test else WIDTH):
            yield number, f'{len(line)} columns'


def leftovers(file):
    """Nothing is left undone in the tree."""
    if not is_source(file) or file.path.startswith(('tests/lint/', '.ci/')):
        return
    for number, line in enumerate(file.lines, 1):
        match = re.search(r'\b(TODO|FIXME|XXX|HACK|[Nn]ot implemented|stub)\b', line)
        if match and '_TODO' not in line:
            yield number, match[0]


def machine_paths(file):
    """No path of the machine where the code was written."""
    for number, line in enumerate(file.lines, 1):
        match = re.search(r'(?<![\w.$}/-])/(work|root|home/\w+|Users)/\w', line)
        if match and not file.path.startswith('tests/lint/'):
            yield number, match[0]


RULES = [licence, white_space, width, leftovers, machine_paths]
