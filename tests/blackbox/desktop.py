# SPDX-License-Identifier: GPL-3.0-or-later
"""The client's windows as an assistive technology sees them: found by role and accessible name, read, typed into,
pressed.

Speaks the AT-SPI protocol over D-Bus itself, since a window has some hundred objects and each read of one is four
calls: sent together they take as long as a few. What is read is a picture of the moment (Node); whoever waits for
something reads again.
"""
import re
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402  (the version comes first)

PATIENCE = 30.0  # seconds: a sanitized client on a busy machine
PAUSE = 0.05

ACCESSIBLE = "org.a11y.atspi.Accessible"
PROPERTIES = "org.freedesktop.DBus.Properties"
ROOT = "/org/a11y/atspi/accessible/root"

# Bits of the AT-SPI state set
CHECKED, EDITABLE, FOCUSED, SELECTED, SENSITIVE, VISIBLE = 4, 7, 12, 23, 24, 30

# Parts of other widgets in which nothing is said, and what has no parts.
DUMB = {"scroll bar", "separator", "image"}
LEAVES = {"label", "search box"}


class NotThere(AssertionError):
    """What was waited for did not come."""


def wait(what, condition, seconds=PATIENCE):
    """The first true value of condition(). The window may change while it is read: a lost object is a "not yet"."""
    end = time.monotonic() + seconds
    while True:
        try:
            value = condition()
            if value:
                return value
        except GLib.Error:
            pass
        if time.monotonic() > end:
            raise NotThere(f"not within {seconds:g} s: {what}")
        time.sleep(PAUSE)


def clean(name):
    """The name as it is read: GTK 4.8 says a button's mnemonic beside its label ("_Save Save"), and the class where
    there is no name."""
    if re.fullmatch(r"(Gtk|Adw|Tw)[A-Z]\w+", name):
        return ""
    for at in (match.start() for match in re.finditer(" ", name)):
        if name[:at].replace("_", "", 1) == name[at + 1:]:
            return name[at + 1:]
    return name


class Bus:
    """The accessibility bus of the session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
                                    Gio.DBusCallFlags.NONE, -1, None).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.connection = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.applications()  # starts the registry: a program looks for it only once, when it starts

    def call(self, owner, path, interface, method, arguments=None):
        reply = self.connection.call_sync(owner, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                                          int(PATIENCE * 1000), None)
        return reply.unpack()

    def call_all(self, owner, calls):
        """The answers of calls (path, interface, method, arguments) sent together; None for one that failed."""
        answers = [None] * len(calls)
        left = len(calls)

        def answered(connection, result, at):
            nonlocal left
            left -= 1
            try:
                answers[at] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass  # the object went meanwhile

        for at, (path, interface, method, arguments) in enumerate(calls):
            self.connection.call(owner, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE,
                                 int(PATIENCE * 1000), None, answered, at)
        while left:
            GLib.MainContext.default().iteration(True)
        return answers

    def applications(self):
        return [owner for owner, _ in
                self.call("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren")[0]]


class Node:
    """An accessible object as it was when it was read."""

    def __init__(self, application, path, parent=None):
        self.application = application
        self.path = path
        self.parent = parent
        self.role = self.name = ""
        self.states = 0
        self.children = []

    def has(self, state):
        return bool(self.states >> state & 1)

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def find_all(self, role=None, name=None):
        return [node for node in self.walk()
                if (role is None or node.role == role) and (name is None or node.name == name)]

    def find(self, role=None, name=None):
        return next(iter(self.find_all(role, name)), None)

    def words(self):
        """What it and its parts say, in order."""
        return [node.name for node in self.walk() if node.name]

    def call(self, interface, method, arguments=None):
        return self.application.bus.call(self.application.owner, self.path, "org.a11y.atspi." + interface, method,
                                         arguments)

    def text(self):
        return self.call("Text", "GetText", GLib.Variant("(ii)", (0, self.character_count())))[0]

    def character_count(self):
        return self.application.bus.call(self.application.owner, self.path, PROPERTIES, "Get",
                                         GLib.Variant("(ss)", ("org.a11y.atspi.Text", "CharacterCount")))[0]

    def set_text(self, text):
        assert self.call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))[0], f"{self} takes no text"

    def press(self):
        assert self.call("Action", "DoAction", GLib.Variant("(i)", (0,)))[0], f"{self} cannot be pressed"

    def actions(self):
        return [action[0] for action in self.call("Action", "GetActions")[0]]

    def act(self, name):
        """Carries out a named action, such as a window's "win.new"."""
        names = self.actions()
        assert name in names, f"{self} has no action {name}: {names}"
        assert self.call("Action", "DoAction", GLib.Variant("(i)", (names.index(name),)))[0], f"{self}: no {name}"

    def select_child(self, at):
        assert self.call("Selection", "SelectChild", GLib.Variant("(i)", (at,)))[0], f"{self}: child {at} not selected"

    def tree(self, depth=0):
        """For the reader of a failure."""
        said = f"{'  ' * depth}{self.role} {self.name!r}\n" if self.name else ""
        return said + "".join(child.tree(depth + bool(said)) for child in self.children)

    def __str__(self):
        return f"{self.role} “{self.name}”"


class Application:
    """The program under test."""

    def __init__(self, bus, owner):
        self.bus = bus
        self.owner = owner
        self.roles = {}  # by path

    def read(self, path=ROOT):
        """The tree below path, without what is hidden."""
        root = Node(self, path)
        level = [root]
        while level:
            self.ask_roles(level)
            calls = [call for node in level for call in self.questions(node)]
            answers = iter(self.bus.call_all(self.owner, calls))
            level = [child for node in level
                     for child in self.fill(node, next(answers), next(answers),
                                            next(answers) if node.role not in LEAVES else ([],))]
        return root

    def ask_roles(self, level):
        """A role never changes, so it is asked for once."""
        new = [node.path for node in level if node.path not in self.roles]
        answers = self.bus.call_all(self.owner, [(path, ACCESSIBLE, "GetRoleName", None) for path in new])
        self.roles |= {path: answer[0] for path, answer in zip(new, answers) if answer is not None}
        for node in level:
            node.role = self.roles.get(node.path, "")

    def questions(self, node):
        yield node.path, ACCESSIBLE, "GetState", None
        yield node.path, PROPERTIES, "Get", GLib.Variant("(ss)", (ACCESSIBLE, "Name"))
        if node.role not in LEAVES:
            yield node.path, ACCESSIBLE, "GetChildren", None

    def fill(self, node, states, name, children):
        """Takes what was answered; what is to be read next."""
        if states is None or name is None or children is None:
            return []
        node.states = states[0][0] | states[0][1] << 32
        if node.path != ROOT and (not node.has(VISIBLE) or node.role in DUMB):
            return []
        node.name = clean(name[0])
        if node.parent is not None:
            node.parent.children.append(node)
        return [Node(self, path, node) for _, path in children[0]]
