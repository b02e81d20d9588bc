#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Quality D1, short form: kill -9 of supervisor and worker at random moments under load, drafts, the side roads of
proposals (side_roads.py), the ledger (ledger_roads.py) and letters of strangers (strangers.py); whatever was acknowledged is there once, nothing twice or by half, the database sound, counters equal
to a recount, the audit chain whole. Long form: HUOTANG_KILLS=1000, HUOTANG_WRITERS for more writers of drafts. TAP."""
import os, random, sys, threading, time
from house import House, Tap
from side_roads import Roads, held_against
from writer import Writer
import ledger_roads, strangers

KILLS = int(os.environ.get('HUOTANG_KILLS', '50'))
LIMIT_S = 80 if KILLS == 50 else 1e9   # a slow machine does fewer
WRITERS = int(os.environ.get('HUOTANG_WRITERS', '3'))


class Told:
    """What the side file says was acknowledged, held against the database. After a kill only what is new since the look before: a long run
    would else read everything a thousand times; at the end everything once more. The file is read first: the writers go on, and what they
    are told after the look into the database is not lost."""

    def __init__(self, house, path):
        self.house, self.path, self.at = house, path, 0

    def lost(self, begin):
        """Lines from a place in the file on whose draft is not there, and where the file ended."""
        with open(self.path, 'rb') as side:
            side.seek(begin)
            text = side.read()
        whole = text[:text.rfind(b'\n') + 1]
        told = [line.split(' ', 1) for line in whole.decode().splitlines()]
        first = min((int(i) for i, _ in told), default=0)
        by_id = dict(self.house.rows(f"SELECT id, title FROM proposals WHERE id >= {first} AND title LIKE '题 %'")) if told else {}
        return [f'{i} {key}' for i, key in told if by_id.get(int(i)) != '题 ' + key], begin + len(whole), len(told)

    def lost_since(self):
        lost, self.at, _ = self.lost(self.at)
        return lost

    def all(self):
        """(lost, doubled, acknowledged) of everything."""
        lost, _, told = self.lost(0)
        titles = [t for t, in self.house.rows("SELECT title FROM proposals WHERE title LIKE '题 %'")]
        return lost, len(titles) - len(set(titles)), told


def main():
    seed = int(os.environ.get('HUOTANG_SEED', str(int(time.time()))))
    print(f'# seed {seed}, {KILLS} kills, {WRITERS} writers')
    rng, tap, begin = random.Random(seed), Tap(14), time.monotonic()
    with House() as house:
        house.found_city()
        paths = [house.dir / f'acknowledged{end}' for end in ('', '.roads', '.ledger', '.letters')]
        side_path, roads_path, ledger_path, letters_path = paths
        side, roads_side, ledger_side, letters_side = (os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_SYNC, 0o600) for path in paths)
        stop = threading.Event()
        writers, roads = [Writer(house, n, side, stop) for n in range(WRITERS)], Roads(house, roads_side, stop)
        ledger, public = ledger_roads.LedgerRoads(house, ledger_side, stop), strangers.Strangers(house, letters_side, stop)
        since, entries = (house.rows(f'SELECT MAX(id) FROM {table}')[0][0] for table in ('trails', 'entries'))
        for w in [roads, ledger, public]:
            w.prepare()
        everybody = [*writers, roads, ledger, public]
        for w in everybody:
            w.start()
        told_of, lost, workers, kill = Told(house, side_path), [], 0, 0
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
            lost += told_of.lost_since()
            kill += 1
        stop.set()
        for w in everybody:
            w.join(30)
        ended = house.stop()
        bad, twice, told = told_of.all()
        repeated, strange = sum(w.repeated for w in writers), [s for w in writers for s in w.strange]
        roads_lost, roads_doubled, roads_told = held_against(house, roads_path, since)
        forged = house.dir / 'forged'  # a step that never was is missed
        forged.write_text(roads_path.read_text() + 'proposals.docket 0\n')
        finds = len(held_against(house, forged, since)[0]) == len(roads_lost) + 1
        verified = house.run('verify')
        print(f'# {kill} kills, {told} acknowledged, {repeated} of them after repeats, {workers} workers killed alone,'
              f' {time.monotonic() - begin:.1f} s')
        tap.check('enough was written to mean something', kill >= 10 and told >= kill, f'{kill} kills, {told}')
        tap.check('nothing acknowledged was lost', not lost + bad, f'{(lost + bad)[:5]}')
        tap.check('nothing was stored twice', twice == 0, f'{twice}')
        tap.check('no answer but done, busy, conflict', not strange, f'{strange[:3]}')
        print(f'# side roads: {roads.round} rounds, {roads_told} steps acknowledged')
        tap.check('no acknowledged step of a side road was lost', roads_told >= kill and finds and not roads_lost, f'{roads_told}, {roads_lost[:5]}')
        tap.check('none was done twice or by half', not roads_doubled and not roads.strange, f'{roads_doubled[:5]} {roads.strange[:2]}')
        ledger_lost, ledger_doubled, ledger_told = ledger_roads.held_against(house, ledger_path, entries)
        print(f'# ledger: {ledger.round} rounds, {ledger_told} acknowledged')
        tap.check('nothing acknowledged is missing in the ledger', ledger_told > 0 and not ledger_lost, f'{ledger_told}, {ledger_lost[:5]}')
        tap.check('no row of it is there twice or by half', not ledger_doubled and not ledger.strange, f'{ledger_doubled[:5]} {ledger.strange[:2]}')
        letters_lost, letters_doubled, letters_told = strangers.held_against(house, letters_path)
        print(f'# letters: {letters_told} with a receipt, {public.again} of them after repeats')
        tap.check('no letter with a receipt was lost', letters_told >= kill and not letters_lost, f'{letters_told}, {letters_lost[:5]}')
        tap.check('none is there twice or by half', not letters_doubled and not public.strange, f'{letters_doubled[:5]} {public.strange[:2]}')
        tap.check('integrity_check', house.rows('PRAGMA integrity_check') == [('ok',)])
        tap.check('foreign_key_check', house.rows('PRAGMA foreign_key_check') == [])
        tap.check('verify', verified.returncode == 0, verified.stderr)
        tap.check('the house ends gracefully', ended == 0, f'{ended}')
    return tap.bad > 0


sys.exit(main())
