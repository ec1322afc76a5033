#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One order from the phone call to the money in the bank, in the client's window, by one person after the other.

Usage: test-order-to-cash.py SERVER-PROGRAM CLIENT-PROGRAM, on a display and a session bus of its own.
"""
import sys

from pages import keys, type_text
from scene import NAMES, run

CUSTOMER = "Alfreds Futterkiste"
REFERENCE = "PO-77"
TOTAL = "276.85"  # 5 × 21.00 + 10 × 14.00 = 245.00, and 13 %


def start(scene):
    """the client starts and asks who it is"""
    scene.start()
    scene.window.sees("Welcome to Tradewind")


def enter(scene):
    """sales enters an order and submits it"""
    scene.sign_in("sales")
    desk = scene.window.open("Sales orders")
    scene.window.new()
    desk.look_up("Customer *", "ALFKI", CUSTOMER)
    desk.enter("Customer's reference", REFERENCE)
    desk.look_up("Product", "NW-11", "Queso Cabrales")
    desk.enter("Qty", "5")
    desk.look_up("Product", "NW-42", "Singaporean Hokkien Fried Mee")
    desk.enter("Qty", "10")
    desk.sees(f"{TOTAL} CNY", "The customer has not completed an order yet.")
    desk.press("Submit")
    desk.sees("Waiting for a signature")
    desk.row(CUSTOMER, "Waiting for approval")
    scene.window.sign_out()


def approve(scene):
    """a manager approves it"""
    scene.sign_in("manager")
    desk = scene.window.open("Approvals")
    desk.choose(CUSTOMER, TOTAL)
    desk.says_of("Customer's reference", REFERENCE)
    desk.grid_row("Lines", "NW-42", "10", "140.00")
    desk.write("Comment or reason", "Good customer")
    desk.press("Approve")
    desk.sees("Signed")
    scene.window.sign_out()


def pick_and_pack(scene):
    """the warehouse picks and packs it"""
    scene.sign_in("warehouse")
    desk = scene.window.open("Picking")
    desk.choose(CUSTOMER, "To be picked")
    desk.press("Start picking")
    desk.says_of("State", "Being picked")
    desk.press("Finish picking")
    dialog = scene.window.dialog()
    dialog.sees("NW-11", "NW-42")
    dialog.confirm("Finish picking")
    desk.says_of("State", "Picked")
    desk.press("Finish packing")
    dialog = scene.window.dialog()
    dialog.sees("One parcel with everything")
    dialog.enter("Weight (kg)", "7.5")
    desk.says_of("State", "Packed")
    desk.grid_row("Parcels", "1", "7.5")
    desk.press("Ready to go")
    desk.says_of("State", "Ready to go")
    scene.window.sign_out()


def plan_trip(scene):
    """the dispatcher plans a trip for a driver and has it loaded"""
    scene.sign_in("dispatcher")
    desk = scene.window.open("Trips")
    scene.window.new()
    desk.has_cursor("Date *")
    keys("Return")
    desk.look_up("Driver *", "sun hao", NAMES["driver"])
    desk.enter("Vehicle", "A-66888")
    desk.has_cursor("Add a shipment")
    type_text("alfreds")
    desk.wait_for("the shipment found", lambda tree: any(CUSTOMER in list_.words()
                                                         for list_ in tree.find_all("list", "Found")))
    keys("Return")
    desk.sees("Obere Str. 57, Berlin")
    desk.press("Save")
    desk.says_of("State", "Planned")
    desk.press("Start loading")
    desk.says_of("State", "Loading")
    scene.window.sign_out()


def deliver(scene):
    """the driver departs and delivers with proof"""
    scene.sign_in("driver")
    desk = scene.window.open("Trips")
    desk.choose("Loading", NAMES["driver"])
    desk.sees(CUSTOMER)
    desk.press("Depart")
    desk.says_of("State", "On the road")
    desk.press("Deliver")
    dialog = scene.window.dialog()
    dialog.enter("Received by *", "Maria Anders")
    desk.sees("Delivered")
    desk.press("Complete")
    desk.says_of("State", "Completed")
    scene.window.sign_out()
    found = scene.company.get("/shipments?state=delivered&q=alfreds")["items"]
    assert len(found) == 1, found
    shipment = scene.company.get(f"/shipments/{found[0]['id']}")
    assert (shipment["receiver"], shipment["delivered_at"] != "") == ("Maria Anders", True), shipment


def invoice(scene):
    """finance invoices what was delivered and posts it"""
    scene.sign_in("finance")
    desk = scene.window.open("To invoice")
    desk.choose(CUSTOMER, "Delivered")
    desk.press("Make invoice")
    desk = scene.window.desk("Invoices")
    desk.says_of("State", "Draft")
    desk.says_of("Still to pay", TOTAL)
    desk.press("Post")
    desk.says_of("State", "Posted")
    desk.row(CUSTOMER, "Posted")


def take_money(scene):
    """finance records the money and allocates it"""
    desk = scene.window.open("Payments")
    scene.window.new()
    desk.has_cursor("Customer *")
    type_text("ALFKI")
    keys("Tab")  # faster than the customer is found
    desk.wait_for("the customer's currency", lambda tree: tree.find("text box", "Currency").text() == "CNY")
    desk.enter("Amount *", TOTAL)
    desk.press("Save")
    desk.says_of("State", "Recorded")
    desk.press("Money has arrived")
    desk.says_of("State", "Received")
    desk.press("Allocate")
    dialog = scene.window.dialog()
    dialog.grid_row("Open invoices", "INV-2026-000001")
    dialog.press("Oldest first")
    dialog.confirm("Allocate")
    desk.says_of("State", "Allocated")
    desk.says_of("On account", "0.00")
    scene.window.sign_out()


def complete(scene):
    """the sales rep sees it completed, and so does the interface"""
    scene.sign_in("sales")
    desk = scene.window.open("Sales orders")
    desk.choose(CUSTOMER, "Completed")
    desk.sees("Paid")
    found = scene.company.get(f"/orders?po_reference={REFERENCE}")["items"]
    assert len(found) == 1, found
    order = scene.company.get(f"/orders/{found[0]['id']}")
    said = {field: order[field] for field in ("state", "total", "delivery_status", "invoice_status", "payment_status")}
    assert said == {"state": "completed", "total": TOTAL, "delivery_status": "full", "invoice_status": "full",
                    "payment_status": "full"}, said


def end(scene):
    """the client ends well, and the books verify"""
    scene.end()
    good, said = scene.company.verify()
    assert good, said


if __name__ == "__main__":
    sys.exit(run([start, enter, approve, pick_and_pack, plan_trip, deliver, invoice, take_money, complete, end]))
