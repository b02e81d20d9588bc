#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Quality D1, short form: kill -9 of supervisor and worker at random moments under load; whatever was acknowledged is
there once, nothing twice, the database sound, the audit chain whole. HUOTANG_KILLS=1000 for the long form. TAP."""
import os, random, sys, threading, time
from http.client import HTTPException
from house import House, Tap

KILLS = int(os.environ.get('HUOTANG_KILLS', '50'))
LIMIT_S = 80 if KILLS == 50 else 1e9   # a slow machine does fewer
WRITERS = 3


class Writer(threading.Thread):
    """Posts drafts one after another, each under one key until it is answered; notes what was acknowledged at once."""

    def __init__(self, house, number, side, stop):
        super().__init__(daemon=True)
        self.house, self.number, self.side, self.stop = house, number, side, stop
        self.acknowledged, self.repeated, self.strange = 0, 0, []

    def run(self):
        count = 0
        while not self.stop.is_set():
            self.post(f'{self.number}-{count}')
            count += 1

    def post(self, key):
        tries = 0
        while not self.stop.is_set():
            try:
                answer = self.house.draft('题 ' + key, 'crash-' + key, timeout=5)
            except (OSError, ValueError, HTTPException):
                tries += 1
                time.sleep(0.01)
                continue
            if answer.status == 201:
                os.write(self.side, f'{answer.json()["id"]} {key}\n'.encode())
                self.acknowledged += 1
                self.repeated += tries > 0
                return
            if answer.status not in (503, 409):
                self.strange.append(f'{answer.status} {answer.body[:200]}')
            time.sleep(0.01)


def compare(house, side_path):
    """(lost, doubled, acknowledged): the side file against the database. The file is read first: the writers go on, and
    what they are told after the look into the database is not lost."""
    told = [line.split(' ', 1) for line in side_path.read_text().splitlines()]
    kept = house.rows('SELECT id, title FROM proposals')
    by_id, titles = dict(kept), [t for _, t in kept]
    lost = [f'{i} {key}' for i, key in told if by_id.get(int(i)) != '题 ' + key]
    return lost, len(titles) - len(set(titles)), len(told)


def main():
    seed = int(os.environ.get('HUOTANG_SEED', str(int(time.time()))))
    print(f'# seed {seed}, {KILLS} kills, {WRITERS} writers')
    rng, tap, begin = random.Random(seed), Tap(8), time.monotonic()
    with House() as house:
        house.found()
        side_path = house.dir / 'acknowledged'
        side = os.open(side_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_SYNC, 0o600)
        stop = threading.Event()
        writers = [Writer(house, n, side, stop) for n in range(WRITERS)]
        for w in writers:
            w.start()
        lost, doubled, workers, kill = [], 0, 0, 0
        while kill < KILLS and time.monotonic() - begin < LIMIT_S:
            time.sleep(rng.uniform(0.02, 0.5))
            if kill % 2:                      # the worker alone: the supervisor replaces it
                for pid in house.workers():
                    os.kill(pid, 9)
                    workers += 1
                time.sleep(0.05)
            else:
                house.kill_all()
                house.serve()
            house.wait_ready()
            bad, twice, _ = compare(house, side_path)
            lost += bad
            doubled += twice
            kill += 1
        stop.set()
        for w in writers:
            w.join(30)
        ended = house.stop()
        bad, twice, told = compare(house, side_path)
        repeated, strange = sum(w.repeated for w in writers), [s for w in writers for s in w.strange]
        verified = house.run('verify')
        print(f'# {kill} kills, {told} acknowledged, {repeated} of them after repeats, {workers} workers killed alone,'
              f' {time.monotonic() - begin:.1f} s')
        tap.check('enough was written to mean something', kill >= 10 and told >= kill, f'{kill} kills, {told}')
        tap.check('nothing acknowledged was lost', not lost + bad, f'{(lost + bad)[:5]}')
        tap.check('nothing was stored twice', doubled + twice == 0, f'{doubled + twice}')
        tap.check('no answer but done, busy, conflict', not strange, f'{strange[:3]}')
        tap.check('integrity_check', house.rows('PRAGMA integrity_check') == [('ok',)])
        tap.check('foreign_key_check', house.rows('PRAGMA foreign_key_check') == [])
        tap.check('verify', verified.returncode == 0, verified.stderr)
        tap.check('the house ends gracefully', ended == 0, f'{ended}')
    return tap.bad > 0


sys.exit(main())
