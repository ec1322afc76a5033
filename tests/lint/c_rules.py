# Rules for C: layers, SQL, exact amounts, sizes, banned calls.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import re

MONEY = r'price|amount|total|cost|margin|quantity|qty|tax|discount|freight|credit|balance|paid|refund|rate\b'
VERB = re.compile(r'^\s*(SELECT\s|INSERT\s+(IGNORE\s+)?INTO\s|UPDATE\s+\S+\s+(\w+\s+)?SET\s|'
                  r'DELETE\s+FROM\s|REPLACE\s+INTO\s|WITH\s+(RECURSIVE\s+)?\w+\s+AS\s)')
SQL_PART = re.compile(r'\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|ORDER\s+BY|WHERE\s)')
FILE_LINES = 700
FUNCTION_LINES = 70

# Which of our own headers a folder may include, longest prefix first. An arrow that is not here points up.
LAYERS = [
    ('shared/', ('shared/',)),
    ('server/db/', ('shared/', 'server/db/')),
    ('server/sheet/', ('shared/', 'server/sheet/')),
    ('server/core/', ('shared/', 'server/db/', 'server/sheet/', 'server/core/')),
    ('server/main.c', ('shared/', 'server/')),
    ('server/http/', ('shared/', 'server/')),
    ('server/', ('shared/', 'server/')),
    ('client/', ('shared/', 'client/')),
]
# System headers and who may include them.
FOREIGN = [
    (r'mysql|mariadb', ('server/db/',)),
    (r'libsoup/', ('server/http/', 'client/net/')),
    (r'gtk/|adwaita|gdk/|gsk/', ('client/',)),
    (r'zip\.h', ('server/sheet/',)),
    (r'sodium', ('server/core/', 'server/main.c')),
]
BANNED = [
    (r'\bgoto\b', 'goto: use g_autoptr and return'),
    (r'\b(strcpy|strcat|sprintf|vsprintf|gets|strtok|alloca|g_alloca|system|popen)\s*\(', 'unsafe call'),
    (r'\b(atoi|atol|atoll|atof|strtod|g_strtod|strfmon)\s*\(', 'lenient or locale-dependent number'),
    (r'\bGtk(TreeView|ListStore|TreeStore|ComboBox\w*|Dialog|MessageDialog|CellRenderer\w*)\b', 'deprecated widget'),
    (r'\bgtk_css_provider_load_from_data\b', 'inline CSS: put it into data/'),
    (r'\bmysql_query\b', 'not a prepared statement'),
    (r'\bMYSQL_OPT_RECONNECT\b,\s*&(?!no\b)', 'a silent reconnect keeps rows of a transaction rolled back'),
]


def is_c(file):
    return file.suffix in ('c', 'h')


def is_product(file):
    return is_c(file) and file.path.startswith(('shared/', 'server/', 'client/'))


def purpose(file):
    """The first line says what the file is for: "/* order.c: the rules of an order"."""
    if is_c(file) and not re.match(r'/\* ' + re.escape(file.name) + r': \S', file.lines[0]):
        yield 1, f'begin with "/* {file.name}: what it is for"'


def once(file):
    """Headers are guarded by #pragma once."""
    if file.suffix == 'h' and '#pragma once' not in file.bare:
        yield 1, 'no #pragma once'


def names(file):
    """No names that say nothing."""
    if is_product(file) and re.search(r'(^|-)(utils?|helpers?|managers?|misc|stuff|data2)$', file.stem):
        yield 1, f'{file.stem} names no noun of the trade or the toolkit'


def layers(file):
    """Includes point down: http, areas, core, db, shared; client and server never meet."""
    if not is_product(file):
        return
    allowed = next(allowed for prefix, allowed in LAYERS if file.path.startswith(prefix))
    area = file.path.split('/')[1] if file.path.count('/') > 1 else ''
    for line, match in file.find(r'(?m)^#\s*include\s+"([^"]+)"', file.code):
        header = match[1]
        if header.endswith('-resources.h'):
            continue  # made by glib-compile-resources, in the build folder
        if '/' not in header:
            yield line, f'"{header}": name headers from the top of the tree'
        elif not header.startswith(allowed):
            yield line, f'"{header}" is not below {file.path.rsplit("/", 1)[0]}'
        elif header.startswith('server/http/') and area not in ('http', 'main.c', ''):
            yield line, f'"{header}": only http/ and main know HTTP'
        elif (header.startswith('server/') and header.endswith('-store.h')
              and header.rsplit('/', 1)[0] != file.path.rsplit('/', 1)[0]):
            yield line, f'"{header}": call the rules of {header.split("/")[1]}, not its store'


def foreign(file):
    """A library is included by the layer that owns it."""
    if not is_product(file):
        return
    for line, match in file.find(r'(?m)^#\s*include\s+<([^>]+)>', file.code):
        for pattern, owners in FOREIGN:
            if re.match(pattern, match[1]) and not file.path.startswith(owners):
                yield line, f'<{match[1]}> belongs to {" and ".join(owners)}'


def sql_columns(file):
    """Columns are named: no SELECT *."""
    if is_c(file):
        for line, text in file.strings:
            if re.search(r'\bSELECT\s+(\w+\.)?\*', text):
                yield line, 'SELECT *'


def sql_constant(file):
    """SQL is constant text: values are bound, never printed or appended."""
    if not is_product(file):
        return
    calls = (r'\b(g_strdup_printf|g_string_(?:append|append_printf|printf|prepend|new)|g_strconcat|g_strjoin|'
             r'snprintf)\s*\(')
    for line, match in file.find(calls, file.code):
        # The call's first argument strings: up to the end of its statement.
        end = file.bare.find(';', match.end())
        literal = ''.join(re.findall(r'"((?:\\.|[^"\\\n])*)"', file.code[match.end():end]))
        if SQL_PART.search(literal):
            yield line, f'{match[1]} makes SQL'


def sql_place(file):
    """SQL stands in server/db and in the stores."""
    if not is_product(file) or file.path.startswith('server/db/') or file.stem.endswith('-store'):
        return
    for line, text in file.strings:
        if VERB.match(text.replace('\\n', ' ')):
            yield line, f'SQL outside a store: {text[:40]}'


def exact(file):
    """Money and quantity are TwDecimal: no binary floating point near them."""
    if not is_product(file):
        return
    for line, match in file.find(r'(?m)^.*\b(?:double|float|gdouble|gfloat|G_TYPE_DOUBLE)\b.*$'):
        if re.search(MONEY, match[0]):
            yield line, match[0].strip()
    for line, match in file.find(r'\b(g_ascii_strtod|json_\w+_get_double(?:_member)?|json_\w+_add_double_value)\b'):
        yield line, match[0]


def banned(file):
    """Calls and widgets that this house does not use."""
    if not is_product(file):
        return
    for pattern, why in BANNED:
        for line, match in file.find(pattern):
            yield line, f'{match[0]}: {why}'
    if file.path.startswith(('client/', 'shared/', 'server/http/')):
        for line, match in file.find(r'\b(g_usleep|sleep|usleep|nanosleep)\s*\('):
            yield line, f'{match[0]}: wait for the condition'
    if file.path.startswith('client/'):
        for line, match in file.find(r'\b(soup_session_send\b|soup_session_send_and_read\b|g_main_loop_run)\s*\('):
            yield line, f'{match[0]}: blocks the main loop'
        for line, match in file.find(r'\b(gtk_(?:box|grid|label|button|entry)_new(?:_with_\w+)?)\s*\('):
            yield line, f'{match[1]}: widgets are described in .ui'


def functions(file):
    """(name, first line, length) of each function: GNU style puts its braces into the first column."""
    start = None
    for number, line in enumerate(file.bare.split('\n'), 1):
        if line.startswith('{'):
            start = number
        elif line.startswith('}') and start:
            if line.rstrip() == '}':
                above = ' '.join(file.lines[max(0, start - 5):start - 1])
                name = re.findall(r'(\w+)\s*\(', above)
                yield (name[-1] if name else '?'), start, number - start + 1
            start = None


def sizes(file):
    """A file holds one noun, a function one step."""
    if not is_c(file):
        return
    if len(file.lines) > FILE_LINES:
        yield FILE_LINES, f'{len(file.lines)} lines'
    for name, line, length in functions(file):
        if length > FUNCTION_LINES:
            yield line, f'{name}: {length} lines'


def secrets(file):
    """Nothing secret is logged."""
    if not is_product(file):
        return
    logs = r'\bg_(?:message|warning|info|debug|critical|log_structured\w*)\s*\([^;]*;'
    for line, match in file.find(logs, file.code):
        if re.search(r'->(password|token|secret)\b', match[0]):
            yield line, 'a secret in a log line'


RULES = [purpose, once, names, layers, foreign, sql_columns, sql_constant, sql_place, exact, banned, sizes, secrets]
