#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A phone order with the keyboard alone, from signing in to signing out: every input is a key; what is read decides
when the next one comes.

Usage: test-keyboard.py SERVER-PROGRAM CLIENT-PROGRAM, on a display and a session bus of its own.
"""
import sys

from company import PASSWORD
from desktop import wait
from pages import keys, type_text
from scene import NAMES, run
from storm import Storm

CUSTOMER = "Alfreds Futterkiste"
REFERENCE = "PO-88"
SHORT = "PO-89"
SEED = 20261128


def start(scene):
    """the client starts with the cursor where the name is typed"""
    scene.start()
    scene.window.sees("Welcome to Tradewind")
    type_text("sales")
    scene.window.wait_for("the name typed", lambda tree: tree.find("text box", "User name").text() == "sales")


def sign_in(scene):
    """Tab, the password and Enter sign in"""
    keys("Tab")
    type_text(PASSWORD)
    keys("Return")
    scene.window.sees(NAMES["sales"])


def enter(scene):
    """Ctrl+N, customer, reference, product, quantity and the next line, each taken by Enter"""
    desk = scene.window.desk("Sales orders")
    keys("ctrl+n")
    desk.look_up("Customer *", "alfr", CUSTOMER)
    desk.enter("Customer's reference", REFERENCE)
    desk.look_up("Product", "cabrales", "NW-11")
    desk.enter("Qty", "5")
    desk.look_up("Product", "NW-42", "Singaporean Hokkien Fried Mee")
    desk.enter("Qty", "10")
    desk.has_cursor("Product")
    desk.grid_row("Lines", "NW-11", "5", "105.00")
    desk.grid_row("Lines", "NW-42", "10", "140.00")
    desk.sees("276.85 CNY")


def back_and_change(scene):
    """Ctrl+Delete takes a line away; Tab goes on in the one before, whose quantity is changed"""
    desk = scene.window.desk("Sales orders")
    keys("ctrl+Delete")  # the line that Enter opened
    desk.has_cursor("Product")
    keys("Tab")
    desk.enter("Qty", "20")
    desk.grid_row("Lines", "NW-42", "20", "280.00")


def submit(scene):
    """Ctrl+Enter saves and submits, although the last line is empty"""
    desk = scene.window.desk("Sales orders")
    desk.has_cursor("Product")
    keys("ctrl+Return")
    desk.sees("Waiting for a signature")
    desk.row(CUSTOMER, "Waiting for approval")
    found = scene.company.get(f"/orders?po_reference={REFERENCE}")["items"]
    assert [(order["state"], order["total"], order["line_count"]) for order in found] == [
        ("pending_approval", "435.05", 2)], found


def follow(scene):
    """what a colleague does meanwhile shows by itself, on the open page and in the list"""
    desk = scene.window.desk("Sales orders")
    order = scene.company.get(f"/orders?po_reference={REFERENCE}")["items"][0]
    scene.company.act("manager", f"/orders/{order['id']}", "approve", comment="Good customer")
    desk.sees("Signed", "Shipment")
    desk.row(CUSTOMER, "Released")


def search(scene):
    """Ctrl+F finds another order, Enter leads to what was found, and Enter opens it"""
    desk = scene.window.desk("Sales orders")
    keys("ctrl+f")
    type_text("pericles")
    desk.wait_for("one order found", lambda tree: tree.find("label", "1 entry")
                  and not any(CUSTOMER in row.words() for grid in tree.find_all("tree grid", "Sales orders")
                              for row in grid.find_all("row")))
    keys("Return", "Return")
    desk.wait_for("it is opened", lambda tree: len(tree.find_all("label", "Pericles Comidas clásicas")) > 1)


def find_lines(scene):
    found = scene.company.get(f"/orders?po_reference={SHORT}")["items"]
    return scene.company.get(f"/orders/{found[0]['id']}")["lines"] if found else []


def shortage(scene):
    """Alt+K leads to the choice of what happens when stock is short, arrow and Enter choose, Ctrl+S keeps it"""
    desk = scene.window.desk("Sales orders")
    keys("ctrl+n")
    desk.look_up("Customer *", "ALFKI", CUSTOMER)
    desk.enter("Customer's reference", SHORT)
    desk.look_up("Product", "cabrales", "NW-11")
    desk.enter("Qty", "9999")
    desk.sees("Deliver what is there, the rest later")
    keys("alt+k", "space")
    desk.sees("Deliver what is there, cancel the rest")
    keys("Down", "Return")
    desk.wait_for("the choice is made", lambda tree: tree.find(name="Take the rest from another warehouse")
                  and not tree.find(name="Deliver what is there, the rest later"))
    keys("ctrl+s")
    wait("the choice is kept", lambda: [line["shortage"] for line in find_lines(scene)] == ["other_warehouse"])


def storm(scene):
    """leaning on the keyboard in the lines of an order ends nothing"""
    desk = scene.window.desk("Sales orders")
    scene.window.new()
    desk.look_up("Customer *", "ALFKI", CUSTOMER)
    blast = Storm(scene, desk, SEED)
    blast.back()
    for _ in range(4):
        blast.blow(25)


def sign_out(scene):
    """Ctrl+Shift+Q signs out"""
    keys("ctrl+shift+q")
    scene.window.is_signed_out()


def end(scene):
    """the client ends well"""
    scene.end()


if __name__ == "__main__":
    sys.exit(run([start, sign_in, enter, back_and_change, submit, follow, search, shortage, storm, sign_out, end]))
