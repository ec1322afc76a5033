# What the rules look at: the files of the tree, with comments and strings told apart.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import functools
import os
import re
import subprocess

TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
STRING_RUN = re.compile(r'"(?:\\.|[^"\\\n])*"(?:\s*(?:G_GU?INT64_FORMAT\s*)?"(?:\\.|[^"\\\n])*")*')


def blank(text):
    """As many lines and columns, nothing in them."""
    return re.sub(r'[^\n]', ' ', text)


class File:
    """One file; `path` is relative to the top, with slashes."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.name = path.rsplit('/', 1)[-1]
        self.stem, _, self.suffix = self.name.rpartition('.')
        self.lines = text.split('\n')

    @functools.cached_property
    def code(self):
        """C text without comments, strings kept."""
        return TOKEN.sub(lambda m: blank(m[0]) if m[0][0] == '/' else m[0], self.text)

    @functools.cached_property
    def bare(self):
        """C text without comments and without what is inside strings."""
        return TOKEN.sub(lambda m: blank(m[0]), self.text)

    @functools.cached_property
    def strings(self):
        """(line, text) of each string literal, adjacent ones joined."""
        return [(self.line_at(m.start()), ''.join(part[1:-1] for part in re.findall(r'"(?:\\.|[^"\\\n])*"', m[0])))
                for m in STRING_RUN.finditer(self.code)]

    def line_at(self, offset):
        return self.text.count('\n', 0, offset) + 1

    def find(self, pattern, text=None):
        """(line, match) of each match in @text, the code without strings unless told."""
        text = self.bare if text is None else text
        for match in re.finditer(pattern, text):
            yield self.line_at(match.start()), match


class Tree:
    """All files of the tree; what git ignores is not part of it."""

    def __init__(self, top, files):
        self.top = top
        self.files = files
        self.by_path = {file.path: file for file in files}

    def matching(self, *suffixes):
        return [file for file in self.files if file.suffix in suffixes]


def paths(top):
    try:
        listed = subprocess.run(['git', '-c', f'safe.directory={top}', '-C', top, 'ls-files', '-co',
                                 '--exclude-standard', '-z'], capture_output=True, check=True)
        return sorted(path for path in set(listed.stdout.decode().split('\0'))
                      if path and os.path.isfile(os.path.join(top, path)))
    except (OSError, subprocess.CalledProcessError):  # a release archive has no .git
        found = []
        for folder, folders, names in os.walk(top):
            folders[:] = [name for name in folders if not re.match(r'_build|\.git$|\.cache$|__pycache__$', name)]
            found += [os.path.relpath(os.path.join(folder, name), top) for name in names]
        return sorted(found)


def load(top):
    files = []
    for path in paths(top):
        with open(os.path.join(top, path), 'rb') as stream:
            data = stream.read()
        if b'\0' not in data:
            files.append(File(path, data.decode('utf-8', 'replace')))
    return Tree(top, files)
