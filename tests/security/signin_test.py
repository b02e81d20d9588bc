#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Quality A1 through the front door: a wrong password for a known name and an unknown name are answered with the same status
and page, and take the same time: the median of the differences within pairs is at most 5 ms (100 tries; HUOTANG_TRIES=1000
for the long form). It fails only when the measurement shows more with certainty, since the machine is shared. Five failures
lock the account and not the address; many failures lock the address and not other accounts. TAP."""
import math, os, re, sys, time
from town import Person, Tap, Town

TRIES = int(os.environ.get('HUOTANG_TRIES', '100'))
LIMIT_MS = 5


class Stranger(Person):
    """From an address of his own (all of 127/8 is this machine), so that no address is locked on the way."""

    def __init__(self, town, number):
        super().__init__(town, f'127.0.{number // 250 + 1}.{number % 250 + 1}')

    def sign_in(self, name, password):
        """(status, page without what differs by chance, milliseconds)."""
        self.get('/login')
        begin = time.perf_counter()
        r = self.post('/login', {'login_name': name, 'password': password})
        taken = (time.perf_counter() - begin) * 1000
        text = re.sub(r'(name="(?:csrf|idempotency)" value=")[^"]*|' + re.escape(name), r'\1', r.content.decode())
        return r.status, re.sub(r'\b[0-9a-f]{12}\b', '', text), taken


def within(differences):
    """The median and a 99 % interval around it (order statistics)."""
    d, n = sorted(differences), len(differences)
    reach = int(2.58 * math.sqrt(n) / 2) + 1
    return d[n // 2], d[max(0, n // 2 - reach)], d[min(n - 1, n // 2 + reach)]


def timing(tap, town):
    known, unknown, pages = [], [], set()
    for pair in range(TRIES // 2):
        stranger = Stranger(town, pair)
        names = [(known, f'm{pair % 320 + 1:03}'), (unknown, f'x{pair % 320 + 1:03}')]
        for times, name in names if pair % 2 else reversed(names):
            status, page, taken = stranger.sign_in(name, 'Wrong-password-2026')
            times.append(taken)
            pages.add((status, page))
    middle, low, high = within([a - b for a, b in zip(known, unknown)])
    print(f'# {TRIES} tries, each {sorted(known)[len(known) // 2]:.0f} ms; known minus unknown: {middle:+.2f} ms, '
          f'99 % between {low:+.2f} and {high:+.2f} ms')
    tap.check('known and unknown names: the same answer', len(pages) == 1, f'{len(pages)} {[p[0] for p in pages]}')
    tap.check('known and unknown names: the same time', low <= LIMIT_MS and high >= -LIMIT_MS, f'{middle} {low} {high}')


def locking(tap, town):
    for number in range(5):
        Stranger(town, 1000 + number).sign_in('m300', 'Wrong-password-2026')
    locked = Stranger(town, 1100).sign_in('m300', town.password)[0]
    other = Stranger(town, 1000).sign_in('m301', town.password)[0]
    tap.check('five failures from five addresses lock the account', locked != 303, f'{locked}')
    tap.check('and none of the addresses', other == 303, f'{other}')
    guesser, refused = Stranger(town, 1200), 0
    for number in range(31):
        refused = guesser.sign_in(f'nobody{number}', 'Wrong-password-2026')[0]
    same = guesser.sign_in('m302', town.password)[0]
    elsewhere = Stranger(town, 1201).sign_in('m302', town.password)[0]
    tap.check('many failures lock the address', same != 303, f'{refused} {same}')
    tap.check('and none of the accounts', elsewhere == 303, f'{elsewhere}')


def main():
    tap = Tap(6)
    with Town() as town:
        timing(tap, town)
        locking(tap, town)
    return tap.bad > 0


sys.exit(main())
