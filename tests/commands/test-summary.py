#!/usr/bin/env python3
# The closing line of ./check tells the truth: nothing that failed is counted as passed, or not at all.
#
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import subprocess
import sys
import tempfile

SUMMARY = os.path.join(os.path.dirname(os.path.realpath(__file__)), '..', '..', '.ci', 'summary')


def test(result, stdout='', returncode=0):
    return {'name': 'a', 'result': result, 'stdout': stdout, 'stderr': '', 'returncode': returncode, 'duration': 0.1}


# name, meson's status, tests, closing line
CASES = [
    ('tap', 0, [test('OK', '1..2\nok 1 /a\nok 2 /b\n')], '2 passed, 0 failed'),
    ('tap-failure', 1, [test('FAIL', 'ok 1 /a\nnot ok 2 /b\n', 1)], '1 passed, 1 failed'),
    ('leak-after-good-results', 1, [test('ERROR', 'ok 1 /a\n', 23)], '1 passed, 1 failed'),
    ('time-out', 1, [test('TIMEOUT', 'ok 1 /a\n', -15)], '1 passed, 1 failed'),
    ('skipped', 0, [test('OK', 'ok 1 /a\nok 2 /b # SKIP no network\n')], '1 passed, 0 failed'),
    ('without-tap', 0, [test('OK')], '1 passed, 0 failed'),
    ('nothing-ran', 0, [], '0 passed, 1 failed'),
    ('meson-failed', 2, [test('OK', 'ok 1 /a\n')], '1 passed, 1 failed'),
    ('several', 1, [test('OK', 'ok 1 /a\n'), test('FAIL', 'not ok 1 /b\nnot ok 2 /c\n', 1)], '1 passed, 2 failed'),
]


def main():
    print(f'1..{len(CASES)}')
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        base = os.path.join(folder, 'plain')
        for number, (name, status, tests, wanted) in enumerate(CASES, 1):
            with open(base + '.json', 'w', encoding='utf-8') as log:
                log.writelines(json.dumps(one) + '\n' for one in tests)
            done = subprocess.run([sys.executable, SUMMARY, str(status), base], capture_output=True, text=True,
                                  check=False)
            last = done.stdout.splitlines()[-1]
            good = last == wanted and (done.returncode == 0) == wanted.endswith(' 0 failed')
            failed = failed or not good
            print(f"{'ok' if good else 'not ok'} {number} /commands/summary/{name}")
            if not good:
                print(f'# {last}, status {done.returncode}')
    return 1 if failed else 0


sys.exit(main())
