# SPDX-License-Identifier: GPL-3.0-or-later
"""A test program: the company, the client on this display, and one TAP line a step."""
import os
import subprocess
import sys
import tempfile
import time
import traceback

from company import PASSWORD, Company
from desktop import Application, Bus, wait
from pages import Window

# Who is who in the demonstration company
NAMES = {
    "sales": "Nancy Davolio",
    "manager": "Wang Fang 王芳",
    "warehouse": "Zhou Qiang 周强",
    "dispatcher": "Laura Callahan",
    "driver": "Sun Hao 孙浩",
    "finance": "Anne Dodsworth",
}


class Scene:
    """What the steps of a test share."""

    def __init__(self, company, client):
        self.company = company
        self.client = client
        self.application = None
        self.window = None

    def start(self):
        bus = Bus()
        # Its messages go to a file, so that it never waits for a reader.
        self.log = tempfile.TemporaryFile("w+", encoding="utf-8")
        self.process = subprocess.Popen([self.client, "--server", self.company.url, "--lang", "en"], stdout=self.log,
                                        stderr=self.log, env=os.environ | {"G_DEBUG": "fatal-criticals"})
        owner = wait("the client on the accessibility bus", bus.applications)[0]
        self.application = Application(bus, owner)
        self.window = Window(self.application)

    def sign_in(self, user):
        self.window.sign_in(user, PASSWORD, NAMES[user])

    def read_log(self):
        self.log.seek(0)
        return self.log.read()

    def end(self):
        """Ends well, and nothing in the window went against the toolkit."""
        self.process.terminate()
        status = self.process.wait(timeout=60)
        log = self.read_log()
        assert status == 0, f"the client ended with {status}:\n{log}"
        assert "CRITICAL" not in log, log

    def explain(self):
        """The window and the logs, for whoever reads a failure."""
        if self.process.poll() is not None:
            return f"the client ended with {self.process.returncode}:\n{self.read_log()}"
        return self.application.read().tree() + self.read_log()


def comment(text):
    for line in text.splitlines():
        print(f"# {line}")


def run(steps):
    """The first failure ends it, since each step goes on where the one before it stopped."""
    server, client = sys.argv[1:3]
    print(f"1..{len(steps)}", flush=True)
    began = time.monotonic()
    with Company(os.path.abspath(server)) as company:
        scene = Scene(company, os.path.abspath(client))
        comment(f"the company is there after {time.monotonic() - began:.1f} s")
        for number, step in enumerate(steps, 1):
            began = time.monotonic()
            try:
                step(scene)
            except Exception:  # whatever it is, it is the step's failure
                print(f"not ok {number} - {step.__doc__}")
                comment(traceback.format_exc())
                comment(scene.explain())
                print("Bail out!", flush=True)
                if scene.process.poll() is None:
                    scene.process.kill()
                    scene.process.wait()
                return 1
            print(f"ok {number} - {step.__doc__}\n# {time.monotonic() - began:.1f} s", flush=True)
    return 0
