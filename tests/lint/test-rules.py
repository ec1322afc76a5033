#!/usr/bin/env python3
# Each rule of the linter finds what it is there for, and leaves its neighbour in peace.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import sys

import c_rules
import fixes
import source
import text_rules
import tree_rules

LICENCE = '/* x.c: a file\n *\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n'
TEMPLATE = 'gtk_widget_class_set_template_from_resource (k, "/org/example/sales/order-page.ui");\n'
BIND = 'gtk_widget_class_bind_template_child (k, TwOrderPage, total);\n'
LONG = 'void\nf (void)\n{\n' + '  g ();\n' * 80 + '}\n'

# (rule, path, text, how many breaches)
FILES = [
    (text_rules.licence, 'shared/x.c', '/* x.c: a file */\n', 1),
    (text_rules.licence, 'shared/x.c', LICENCE, 0),
    (text_rules.licence, 'data/x.csv', 'a,b\n', 0),
    (text_rules.white_space, 'shared/x.c', '\tint a;\nint b; \n', 2),
    (text_rules.white_space, 'shared/x.c', 'int a;', 1),
    (text_rules.width, 'shared/x.c', 'x' * 121 + '\n', 1),
    (text_rules.width, 'ui/x.ui', '<p translatable="yes">' + 'x' * 121 + '</p>\n', 0),
    (text_rules.leftovers, 'shared/x.c', '/* TO' + 'DO later */\n', 1),
    (text_rules.machine_paths, 'docs/x.md', 'see /home/someone/x\n', 1),
    (text_rules.machine_paths, 'docs/x.md', 'see https://example.org/work/x and $HOME/x\n', 0),
    (c_rules.purpose, 'shared/x.c', LICENCE, 0),
    (c_rules.purpose, 'shared/x.c', '#include <glib.h>\n', 1),
    (c_rules.once, 'shared/x.h', '/* x.h: a */\n', 1),
    (c_rules.once, 'shared/x.h', '#pragma once\n', 0),
    (c_rules.names, 'client/order-helper.c', '', 1),
    (c_rules.names, 'client/order-page.c', '', 0),
    (c_rules.layers, 'shared/x.c', '#include "server/db/db.h"\n', 1),
    (c_rules.layers, 'server/db/x.c', '#include "server/core/change.h"\n', 1),
    (c_rules.layers, 'server/sales/x.c', '#include "server/warehouse/stock-store.h"\n', 1),
    (c_rules.layers, 'server/sales/x.c', '#include "server/http/router.h"\n', 1),
    (c_rules.layers, 'client/x.c', '#include "server/core/context.h"\n', 1),
    (c_rules.layers, 'client/x.c', '#include "context.h"\n', 1),
    (c_rules.layers, 'server/sales/x.c', '#include "server/warehouse/stock.h"\n#include "server/sales/x-store.h"\n', 0),
    (c_rules.layers, 'client/x.c', '#include "client/model/draft-store.h"\n', 0),
    (c_rules.foreign, 'server/sales/x.c', '#include <mysql.h>\n#include <libsoup/soup.h>\n', 2),
    (c_rules.foreign, 'server/http/x.c', '#include <libsoup/soup.h>\n', 0),
    (c_rules.foreign, 'shared/x.c', '#include <gtk/gtk.h>\n', 1),
    (c_rules.sql_columns, 'server/x.c', 'a = "SELECT * FROM t";\nb = "SELECT t.* FROM t";\n', 2),
    (c_rules.sql_columns, 'server/x.c', 'a = "SELECT COUNT(*) FROM t"; /* SELECT * */\n', 0),
    (c_rules.sql_constant, 'server/x.c', 's = g_strdup_printf ("SELECT id FROM %s", t);\n', 1),
    (c_rules.sql_constant, 'server/x.c', 'g_string_append (s, " ORDER BY id");\n', 1),
    (c_rules.sql_constant, 'server/x.c', 's = g_strdup_printf ("order %s", t);\n', 0),
    (c_rules.sql_place, 'server/sales/order.c', 'q = "UPDATE `order` SET a = 1";\nr = "UPDATE t SET a = 1";\n', 2),
    (c_rules.sql_place, 'server/sales/order-store.c', 'q = "UPDATE t SET a = 1";\n', 0),
    (c_rules.sql_place, 'server/sales/order.c', 'q = "Select a customer";\n', 0),
    (c_rules.exact, 'shared/x.c', 'double price;\nx = g_ascii_strtod (s, NULL);\n', 2),
    (c_rules.exact, 'client/x.c', 'double width; /* of the price */\n', 0),
    (c_rules.banned, 'server/x.c', '  goto out;\n', 1),
    (c_rules.banned, 'server/x.c', '/* goto */ a = "goto";\n', 0),
    (c_rules.banned, 'server/x.c', 'n = atoi (s);\n', 1),
    (c_rules.banned, 'client/x.c', 'b = gtk_box_new (x, 0);\n', 1),
    (c_rules.sizes, 'server/x.c', LONG, 1),
    (c_rules.sizes, 'server/x.c', '\n' * 701, 1),
    (c_rules.sizes, 'server/x.c', 'void\nf (void)\n{\n}\n', 0),
    (c_rules.secrets, 'server/x.c', 'g_message ("in: %s", a->password);\n', 1),
]

# (rule, {path: text}, how many breaches)
TREES = [
    (tree_rules.built, {'a/x.c': '', 'a/meson.build': "files('y.c')"}, 1),
    (tree_rules.built, {'a/x.c': '', 'meson.build': "files('a/x.c')"}, 0),
    (tree_rules.built, {'a/x.c': '', 'a/meson.build': "foreach t : ['x']"}, 0),
    (tree_rules.translated, {'client/x.c': 'a = _("Hello");'}, 1),
    (tree_rules.translated, {'client/x.c': 'a = C_("verb", "Order");'}, 1),
    (tree_rules.translated, {'client/x.c': 'a = _("Hello");', 'po/POTFILES': 'client/x.c\nui/gone.ui\n'}, 1),
    (tree_rules.packaged, {'meson.build': "dependency('gtk4')\n", '.ci/packages': 'libgtk-4-dev pc:gtk4\n'}, 0),
    (tree_rules.packaged, {'meson.build': "dependency('gtk5', version: '5')\n"}, 1),
    (tree_rules.well_formed, {'ui/x.ui': '<a><b></a>'}, 1),
    (tree_rules.spoken, {'ui/x.ui': '<property name="label">Order</property>'}, 1),
    (tree_rules.spoken, {'ui/x.ui': '<property name="label" translatable="yes">Order</property>'}, 0),
    (tree_rules.spoken, {'ui/x.ui': '<property name="label">–</property>'}, 0),
    (tree_rules.bound, {'client/sales/order-page.c': TEMPLATE + BIND,
                        'ui/sales/order-page.ui': '<object id="totals"/><signal handler="no_cb"/>'}, 3),
    (tree_rules.bound, {'client/sales/order-page.c': TEMPLATE, 'client/sales/order-page-actions.c': BIND,
                        'ui/sales/order-page.ui': '<object id="total"/>'}, 0),
]


def main():
    results = []
    for rule, path, text, expected in FILES:
        found = list(rule(source.File(path, text)))
        results.append((rule, path, expected, found))
    for rule, files, expected in TREES:
        tree = source.Tree('', [source.File(path, text) for path, text in files.items()])
        results.append((rule, ' '.join(files), expected, list(rule(tree))))
    long = LICENCE + '/* ' + 'word ' * 30 + '*/\nint x;\n'
    once = fixes.wrapped(long)
    results.append((fixes.wrapped, 'wraps', 0, list(text_rules.width(source.File('x.c', once)))))
    results.append((fixes.wrapped, 'loses-nothing', 30, [word for word in once.split() if word == 'word']))
    results.append((fixes.wrapped, 'is-stable', 0, [] if fixes.wrapped(once) == once else ['changed again']))
    call = '  return tw_error_set (error, f (a, b), "' + 'word, ' * 10 + '", first_one, second_one, third_one);\n'
    results.append((fixes.broken, 'breaks-calls', [call[:call.index(' second_one')],
                                                   ' ' * 23 + 'second_one, third_one);', ''],
                    fixes.broken('x.c', call).split('\n')))
    rules = set(text_rules.RULES + c_rules.RULES + tree_rules.RULES)
    tested = {rule for rule, _, expected, _ in results if expected} - {fixes.wrapped, fixes.broken}
    print(f'1..{len(results) + 1}')
    failed = False
    for number, (rule, path, expected, found) in enumerate(results, 1):
        good = len(found) == expected if isinstance(expected, int) else found == expected
        failed = failed or not good
        print(f"{'ok' if good else 'not ok'} {number} /lint/rules/{rule.__name__} {path}")
        if not good:
            print(f'# expected {expected}, found {found}')
    print(f"{'ok' if tested == rules else 'not ok'} {len(results) + 1} /lint/rules/each-rule-can-fail")
    for rule in rules - tested:
        print(f'# {rule.__name__} has no text that breaks it')
    return 1 if failed or tested != rules else 0


sys.exit(main())
