# SPDX-License-Identifier: GPL-3.0-or-later
"""A demonstration company of its own: the real server over a private MariaDB, and its HTTP interface."""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import urllib.request
import uuid

PASSWORD = "tradewind-demo"
ORDERS = 6  # of the 830: enough for a company with work on the way, and made in a few seconds


class Company:
    """Starts on entry, ends on exit; server and database leave nothing behind."""

    def __init__(self, program):
        self.program = program
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tw-"))
        self.process = None
        self.url = None
        self.tokens = {}

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
        shutil.rmtree(self.folder)

    def start(self):
        command = [self.program, "--data-dir", str(self.folder / "data"), "--listen", "127.0.0.1:0"]
        made = subprocess.run(command + ["demo"], env=os.environ | {"TRADEWIND_SAMPLE_DIR": self.make_sample()},
                              capture_output=True, text=True, check=False)
        assert made.returncode == 0, f"no demonstration company:\n{made.stderr}"
        self.log = open(self.folder / "server.log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(command + ["serve"], stdout=subprocess.PIPE, stderr=self.log, text=True)
        ready = self.process.stdout.readline()
        assert ready.startswith("listening on "), f"the server did not start: {ready}{self.read_log()}"
        self.url = ready.removeprefix("listening on ").strip()

    def read_log(self):
        return (self.folder / "server.log").read_text(encoding="utf-8")

    def make_sample(self):
        """The real sample with the newest few of its orders."""
        sample = self.folder / "sample"
        shutil.copytree(pathlib.Path(os.environ["TRADEWIND_SAMPLE_DIR"], "northwind"), sample / "northwind")
        file = sample / "northwind" / "orders.csv"
        with open(file, newline="", encoding="utf-8") as source:
            rows = list(csv.reader(source))
        with open(file, "w", newline="", encoding="utf-8") as target:
            csv.writer(target, lineterminator="\n").writerows(rows[:1] + rows[-ORDERS:])
        return str(sample)

    def call(self, method, path, body=None, user=None):
        headers = {"Content-Type": "application/json"}
        if method == "POST" and user is not None:
            headers["Idempotency-Key"] = str(uuid.uuid4())
        if user is not None:
            headers["Authorization"] = f"Bearer {self.token(user)}"
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self.url}/api/v1{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as reply:
            return json.load(reply)

    def token(self, user):
        if user not in self.tokens:
            self.tokens[user] = self.call("POST", "/session", {"user": user, "password": PASSWORD})["token"]
        return self.tokens[user]

    def get(self, path, user="auditor"):
        return self.call("GET", path, user=user)

    def act(self, user, path, action, **arguments):
        """What a colleague does meanwhile, at another desk."""
        return self.call("POST", f"{path}/actions/{action}", arguments, user)

    def verify(self):
        """What `verify` says, and whether it found nothing."""
        done = subprocess.run([self.program, "--data-dir", str(self.folder / "data"), "verify"], capture_output=True,
                              text=True, check=False)
        return done.returncode == 0, done.stdout + done.stderr
