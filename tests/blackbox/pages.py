# SPDX-License-Identifier: GPL-3.0-or-later
"""The window's pages by the words that people see on them."""
import subprocess

from desktop import FOCUSED, SELECTED, Node, wait

# Keys a second are not what is tested here; a pause lets the window keep its order of events.
TYPING_PAUSE_MS = "4"


def keys(*names):
    subprocess.run(["xdotool", "key", "--clearmodifiers", *names], check=True)


def type_text(text):
    subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", TYPING_PAUSE_MS, text], check=True)


class Part:
    """A part of a window that keeps its place: a desk, a dialog, the window itself."""

    def __init__(self, application, path, name):
        self.application = application
        self.path = path
        self.name = name

    def read(self):
        return self.application.read(self.path)

    def act(self, action):
        Node(self.application, self.path).act(action)

    def wait_for(self, what, condition):
        """The first true answer of condition(tree of this part)."""
        return wait(f"{what} on {self.name}", lambda: condition(self.read()))

    def node(self, role, name):
        return self.wait_for(f"{role} “{name}”", lambda tree: tree.find(role, name))

    def press(self, name):
        self.node("button", name).press()

    def sees(self, *words):
        """All of these are said somewhere on it."""
        for word in words:
            self.wait_for(f"“{word}”", lambda tree, wanted=word: tree.find("label", wanted))

    def says_of(self, title, value):
        """Beside the label of a field stands this value."""
        def beside(tree):
            labels = [node.name for node in tree.find_all("label")]
            return (title, value) in zip(labels, labels[1:])
        self.wait_for(f"“{title}”: “{value}”", beside)

    def write(self, name, text):
        """Puts text into an entry as an assistive technology does; has_cursor() and type_text() is the keyboard's way."""
        self.node("text box", name).set_text(text)
        self.wait_for(f"“{text}” in {name}", lambda tree: tree.find("text box", name).text() == text)

    def enter(self, name, text):
        """Types into the entry that has the cursor, and takes it with Enter."""
        self.has_cursor(name)
        type_text(text)
        keys("Return")

    def has_cursor(self, name):
        self.wait_for(f"the cursor in “{name}”",
                      lambda tree: any(node.has(FOCUSED) for node in tree.find_all("text box", name)))

    def look_up(self, name, text, found):
        """Types into the entry that has the cursor until the one wanted is found, and takes it with Enter."""
        self.has_cursor(name)
        type_text(text)
        self.wait_for(f"“{found}” found for {text}",
                      lambda tree: any(found in list_.words() for list_ in tree.find_all("list", "Found")))
        keys("Return")
        self.wait_for(f"{text} taken", lambda tree: not any(node.has(FOCUSED) for node in tree.find_all("text box", name)))

    def grid_row(self, grid, *words):
        """A table has a row that says all of these."""
        self.wait_for(f"a line of {words} in {grid}", lambda tree: any(
            set(words) <= set(row.words()) for table in tree.find_all("tree grid", grid)
            for row in table.find_all("row")))


class Desk(Part):
    """An area's list beside its document."""

    def row(self, *words):
        """(list, position, row) of the entry that says all of these."""
        def search(tree):
            for grid in tree.find_all("tree grid", self.name):
                for list_ in grid.find_all("list"):
                    for at, row in enumerate(list_.children):
                        if set(words) <= set(row.words()):
                            return list_, at, row
            return None
        return self.wait_for(f"an entry of {words}", search)

    def choose(self, *words):
        list_, at, _ = self.row(*words)
        list_.select_child(at)
        self.wait_for(f"{words[0]} opened", lambda tree: [label for label in tree.find_all("label", words[0])][1:])


class Window(Part):
    """The one window, from signing in to signing out."""

    def __init__(self, application):
        top = wait("the window", lambda: application.read().find("window", "Tradewind"))
        super().__init__(application, top.path, "the window")

    def sign_in(self, user, password, name):
        self.node("text box", "User name").set_text(user)
        self.node("text box", "Password").set_text(password)
        self.press("Sign in")
        self.wait_for(f"{name} signed in", lambda tree: tree.find("list", "Areas").children and tree.find("label", name))

    def sign_out(self):
        self.act("win.sign-out")
        self.is_signed_out()

    def is_signed_out(self):
        # Both pages of the window are always there to an assistive technology; its actions tell which one is shown.
        wait("signed out", lambda: "win.sign-out" not in Node(self.application, self.path).actions())

    def open(self, area):
        """An area by its name in the sidebar."""
        def choose(tree):
            areas = tree.find("list", "Areas")
            for at, row in enumerate(areas.children):
                if area in row.words():
                    if not row.has(SELECTED):
                        areas.select_child(at)
                    return True
            return False
        self.wait_for(f"{area} in the sidebar", choose)
        return self.desk(area)

    def desk(self, area):
        """The desk of an area that is open, or opens by itself."""
        node = self.wait_for(f"the desk {area}", lambda tree: tree.find("widget", area))
        return Desk(self.application, node.path, area)

    def new(self):
        """Ctrl+N, as the shortcut's action."""
        self.act("win.new")

    def dialog(self):
        """The dialog that is open."""
        def second(tree):
            return next((node for node in tree.children if node.path != self.path), None)
        node = wait("a dialog", lambda: second(self.application.read()))
        return Dialog(self, node)


class Dialog(Part):
    """Asks what an action has to know."""

    def __init__(self, window, node):
        super().__init__(window.application, node.path, f"the dialog “{node.name}”")
        self.window = window

    def confirm(self, label):
        self.press(label)
        wait(f"{self.name} done", lambda: all(node.path != self.path for node in self.application.read().children))
