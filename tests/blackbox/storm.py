# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys as they come when somebody leans on the keyboard: in no order that a program expects, and faster than it."""
import random
import subprocess

# What is pressed in a table of lines, by how often a hand does it
MOVES = ["Tab"] * 6 + ["shift+Tab"] * 3 + ["Return"] * 8 + ["KP_Enter"] + ["Up"] * 3 + ["Down"] * 4 + [
    "Left", "Right", "Home", "End", "Escape", "Page_Down", "Page_Up", "alt+Down"]
EDITS = ["BackSpace"] * 3 + ["Delete"] * 2 + ["ctrl+a", "ctrl+c", "ctrl+x", "ctrl+v", "ctrl+z", "ctrl+l", "ctrl+l",
                                              "ctrl+Delete"]
TEXT = list("nw1234567890") + ["minus", "period", "percent", "c", "h", "a", "i"]


class Storm:
    """Presses keys by a seed, so that a failure comes again."""

    def __init__(self, scene, desk, seed):
        self.scene = scene
        self.desk = desk
        self.choose = random.Random(seed).choice
        self.pressed = []

    def blow(self, count):
        """Into the lines, wherever that leads."""
        names = [self.choose(self.choose([MOVES, MOVES, EDITS, TEXT, TEXT])) for _ in range(count)]
        self.pressed = (self.pressed + names)[-60:]
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "1", *names], check=True)
        self.back()

    def back(self):
        """The window still answers; the cursor is in a new line again."""
        try:
            if not self.desk.read().find("button", "Add line"):
                self.scene.window.new()
            self.desk.press("Add line")
            self.desk.has_cursor("Product")
        finally:
            assert self.scene.process.poll() is None, f"the client died after {' '.join(self.pressed)}"
