#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random decimal cases with the results of an independent implementation, Python's decimal.

Usage: decimal-cases.py SEED COUNT
Each line is: operation, arguments, "=", results; separated by spaces.
"""
import random
import sys
from decimal import Decimal, ROUND_HALF_UP, getcontext

getcontext().prec = 200
MILLIONTH = Decimal(1).scaleb(-6)


def rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def text(value, least=0):
    """The shortest form with at least so many places; never -0."""
    form = format(value.quantize(MILLIONTH), 'f')
    whole, fraction = form.split('.')
    fraction = fraction.rstrip('0').ljust(least, '0')
    form = whole + ('.' + fraction if fraction else '')
    return form.lstrip('-') if value == 0 else form


def number(rng, negative=True):
    """Values of every size, many of them on or beside the half of a unit."""
    kind = rng.randrange(6)
    if kind == 0:
        value = Decimal(rng.randrange(0, 20))
    elif kind == 1:
        value = Decimal(rng.randrange(0, 10 ** rng.randrange(1, 19))).scaleb(-6)
    elif kind == 2:
        value = Decimal(rng.randrange(0, 100000) * 10 + 5).scaleb(-rng.randrange(1, 7))
    elif kind == 3:
        value = Decimal(rng.randrange(0, 10 ** 9)).scaleb(-2)
    elif kind == 4:
        value = Decimal(10 ** 12) - Decimal(rng.randrange(1, 100)).scaleb(-6)
    else:
        value = Decimal(rng.randrange(0, 1000001)).scaleb(-6)
    return -value if negative and rng.random() < 0.3 else value


def parse_case(rng):
    if rng.random() < 0.5:
        value = number(rng)
        given = text(value, rng.randrange(0, 7))
        return ['parse', given, '=', text(value)]
    form = ''.join(rng.choice('0123456789.-+e ,'.replace(' ', '_')) for _ in range(rng.randrange(1, 22)))
    digits = form[1:] if form.startswith('-') else form
    parts = digits.split('.')
    good = (len(parts) <= 2 and all(part.isdigit() for part in parts)
            and len(parts[0]) <= 12 and (len(parts) == 1 or len(parts[1]) <= 6))
    return ['parse', form, '=', text(Decimal(form)) if good else 'invalid']


def split_case(rng):
    places = rng.randrange(0, 7)
    total = rounded(number(rng), places)
    total = max(min(total, Decimal(10 ** 12 - 1)), Decimal(1 - 10 ** 12))  # rounding may have left the range
    weights = [number(rng, negative=False) if rng.random() < 0.8 else Decimal(rng.randrange(0, 3))
               for _ in range(rng.randrange(1, 12))]
    unit = Decimal(1).scaleb(-places)
    units, whole = int(abs(total) / unit), sum(weights)
    if whole == 0:
        shares = [units] + [0] * (len(weights) - 1)
    else:
        ideal = [(int(units * w * 10 ** 6), int(whole * 10 ** 6)) for w in weights]
        shares = [a // b for a, b in ideal]
        order = sorted(range(len(weights)), key=lambda i: (-(ideal[i][0] % ideal[i][1]), i))
        for i in order[:units - sum(shares)]:
            shares[i] += 1
    sign = -1 if total < 0 else 1
    return (['split', text(total), str(places)] + [text(w) for w in weights]
            + ['='] + [text(sign * share * unit) for share in shares])


def case(rng):
    kind = rng.randrange(10)
    a, b, places = number(rng), number(rng), rng.randrange(0, 7)
    if kind <= 1:
        return parse_case(rng)
    if kind == 2:
        return ['format', text(a), str(places), '=', text(a, places)]
    if kind == 3:
        return ['round', text(a), str(places), '=', text(rounded(a, places))]
    if kind == 4:
        return ['add', text(a), text(b), '=', text(a + b)]
    if kind == 5:
        return ['sub', text(a), text(b), '=', text(a - b)]
    if kind == 6:
        return ['mul', text(a), text(b), str(places), '=', text(rounded(a * b, places))]
    if kind == 7:
        b = b or Decimal(7)
        return ['div', text(a), text(b), str(places), '=', text(rounded(a / b, places))]
    if kind == 8:
        discount = number(rng) if rng.random() < 0.2 else Decimal(rng.randrange(0, 101)).scaleb(-2)
        if abs(a * b * (1 - discount)) >= Decimal(10) ** 30:
            discount = Decimal('0.15')
        return ['net', text(a), text(b), text(discount), str(places),
                '=', text(rounded(a * b * (1 - discount), places))]
    return split_case(rng)


def main():
    rng = random.Random(int(sys.argv[1]))
    for _ in range(int(sys.argv[2])):
        print(' '.join(case(rng)))


main()
