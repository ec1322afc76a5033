# Rules over the tree as a whole: what is built, translated, bound.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import xml.etree.ElementTree as xml

# Properties and attributes whose text a person reads.
SPOKEN = {'label', 'title', 'subtitle', 'text', 'tooltip-text', 'placeholder-text', 'description', 'body', 'heading',
          'secondary-text', 'title-plural', 'message', 'help-text', 'button-label'}
SYSTEM = {'m', 'dl', 'rt', 'threads'}  # of the C library
MARKED = re.compile(r'(?<!\w)(?:_|N_|C_|NC_|T_|ngettext|dngettext|tw_text(?:_context|_plural)?|g_dgettext|g_dngettext|'
                    r'g_dpgettext2?)\s*\(\s*(?:\w+\s*,\s*)?"')


def built(tree):
    """Every .c file is named by the meson.build of its folder or of one above: nothing lies there unbuilt."""
    for file in tree.matching('c'):
        folder = file.path.rsplit('/', 1)[0] if '/' in file.path else ''
        names, above = [], folder
        while True:
            build = tree.by_path.get((above + '/' if above else '') + 'meson.build')
            if build:
                names.append((above, build.text))
            if not above:
                break
            above = above.rpartition('/')[0]
        if not any(_names(text, file.path[len(at) + 1 if at else 0:], file.stem) for at, text in names):
            yield file.path, 1, 'no meson.build builds it'


def _names(build, path, stem):
    # A list of tests names "order" for test-order.c.
    names = '|'.join(re.escape(name) for name in (path, stem, stem.removeprefix('test-'), stem.removeprefix('fuzz-')))
    return re.search(rf'(?<![\w-])({names})(?![\w-])', build)


def speaks(file):
    """Whether @file holds text for people that gettext extracts."""
    if file.path.startswith('tests/'):
        return False
    if file.suffix in ('c', 'h'):
        return bool(MARKED.search(file.code))
    if file.suffix == 'ui':
        return bool(re.search(r'translatable="(y|1|t)', file.text))
    # The first lines of these are [type: ...] hints or XML: gettext knows them by name.
    return file.name.endswith(('.desktop.in', '.metainfo.xml.in'))


def translated(tree):
    """po/POTFILES lists exactly the files that hold text for people (check-source.py --fix)."""
    potfiles = tree.by_path.get('po/POTFILES')
    listed = {}
    if potfiles:
        for number, line in enumerate(potfiles.lines, 1):
            if line.strip() and not line.startswith('#'):
                listed[line.strip()] = number
    for path, number in listed.items():
        if path not in tree.by_path:
            yield 'po/POTFILES', number, f'{path} does not exist'
    for file in tree.files:
        if file.path not in listed and speaks(file):
            yield file.path, 1, 'has text for people but is not in po/POTFILES'


def potfiles(tree):
    return '# SPDX-License-Identifier: GPL-3.0-or-later\n' + ''.join(
        file.path + '\n' for file in tree.files if speaks(file))


def parse(file):
    try:
        return xml.fromstring(file.text.encode())
    except xml.ParseError:
        return None


def well_formed(tree):
    """Every .ui file is XML."""
    for file in tree.matching('ui'):
        if parse(file) is None:
            yield file.path, 1, 'not well-formed XML'


def spoken(tree):
    """Text for people in .ui files is marked translatable (or says translatable="no")."""
    for file in tree.matching('ui'):
        for tag, text in re.findall(r'(<(?:property|attribute)\s[^>]*?>)([^<]+)<', file.text):
            name = re.search(r'name="([^"]+)"', tag)
            if not name or name[1] not in SPOKEN or 'translatable=' in tag or 'bind-source' in tag:
                continue
            if re.search(r'[^\W\d_]{2}', text):
                yield file.path, file.line_at(file.text.index(tag)), f'{name[1]} "{text.strip()}" is not translatable'


def bound(tree):
    """What C binds is in its template, and what the template names is bound or used inside it."""
    templates = {file.path: file for file in tree.matching('ui')}
    for code in tree.matching('c'):
        if not code.path.startswith('client/'):
            continue
        resources = re.findall(r'gtk_widget_class_set_template_from_resource\s*\([^;]*?"([^"]+)"', code.code)
        resources = [path for resource in resources for path in templates
                     if resource.endswith(path[len('ui'):]) or resource.endswith('/' + path)]
        for path in resources:
            yield from _bound_pair(code, templates[path], tree)


def _bound_pair(code, template, tree):
    # A class may spread over files of one stem: editor.c, editor-actions.c.
    family = ''.join(file.code for file in tree.matching('c')
                     if file.path.startswith(code.path[:-2]) and file.path.count('/') == code.path.count('/'))
    children = set(re.findall(r'bind_template_child(?:_\w+)?\s*\(\s*\w+\s*,\s*\w+\s*,\s*(\w+)', family))
    callbacks = set(re.findall(r'bind_template_callback\s*\(\s*\w+\s*,\s*(\w+)', family))
    callbacks |= set(re.findall(r'bind_template_callback_full\s*\(\s*\w+\s*,\s*"(\w+)"', family))
    ids = set(re.findall(r'\sid="([^"]+)"', template.text))
    handlers = set(re.findall(r'\s(?:handler|function)="([^"]+)"', template.text))
    for child in sorted(children - ids):
        yield code.path, 1, f'binds {child}, which {template.path} does not have'
    for callback in sorted(callbacks - handlers):
        yield code.path, 1, f'binds {callback}, which {template.path} does not call'
    for handler in sorted(handlers - callbacks):
        if not re.match(r'(gtk|adw|g|gdk)_', handler):
            yield template.path, 1, f'calls {handler}, which {code.path} does not bind'
    used = re.sub(r'\sid="[^"]+"', '', template.text)
    for name in sorted(ids - children):
        if not re.search(rf'(?<![\w-]){re.escape(name)}(?![\w-])', used):
            yield template.path, 1, f'id "{name}" is used nowhere'


def packaged(tree):
    """What meson asks the system for is in .ci/packages, so that a clean machine gets it."""
    packages = tree.by_path.get('.ci/packages')
    known = set(re.findall(r'\b(?:pc|lib):(\S+)', packages.text)) if packages else set()
    for file in tree.files:
        if file.name != 'meson.build':
            continue
        for line, match in file.find(r"\b(?:dependency|find_library)\s*\(\s*'([^']+)'", file.text):
            if match[1] not in known | SYSTEM:
                yield file.path, line, f'{match[1]} is not in .ci/packages'


RULES = [built, translated, well_formed, spoken, bound, packaged]
