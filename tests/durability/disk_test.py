#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Quality D3: a full disk. The limit of a file's size stands for it (no root needed): the database's files cannot grow.
Reads go on, writes answer 503 or 507 in plain Chinese and leave nothing; with room again the house recovers by itself,
and nothing is corrupt. TAP."""
import json, os, resource, sys, time
from house import House, Tap

BIG = '这是一段很长的情况说明，用来占满磁盘。' * 250


def limit(house, size):
    """For supervisor and workers while they run; None = no limit."""
    for pid in [house.server.pid, *house.workers()]:
        hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


def fill(house, most=400):
    """Writes until something is refused: (acknowledged titles, first refusal)."""
    known = []
    for n in range(most):
        answer = house.draft(f'占满 {time.monotonic_ns()}', f'fill-{time.monotonic_ns()}', BIG)
        if answer.status != 201:
            return known, answer
        known.append(answer.json()['id'])
    return known, None


def main():
    tap = Tap(9)
    with House() as house:
        house.found()
        first = house.draft('满盘之前', 'first').json()['id']
        known = [first]
        size = (house.data / 'huotang.db').stat().st_size
        limit(house, max(size, 64 * 1024) + 300_000)
        more, refusal = fill(house)
        known += more
        tap.check('writes are refused at last', refusal is not None)
        tap.check('with 503 or 507', refusal is not None and refusal.status in (503, 507), f'{refusal and refusal.status}')
        problem = refusal.json() if refusal else {}
        text = json.dumps(problem, ensure_ascii=False)
        tap.check('it says in Chinese that the disk is full and what to do', '磁盘已满' in text and '管理员' in text, text)
        reads = [house.ask('GET', '/api/v1/proposals?limit=5').status for _ in range(25)]
        reads += [house.ask('GET', f'/api/v1/proposals/{i}').status for i in known[-25:]]
        tap.check('every read is answered', set(reads) == {200}, f'{reads}')
        again = [house.draft(f'仍满 {n}', f'still-{n}', BIG).status for n in range(10)]
        tap.check('writes go on being refused, the house stays up', set(again) <= {503, 507}, f'{again}')
        limit(house, None)
        begin, status = time.monotonic(), 0
        while status != 201 and time.monotonic() < begin + 10:
            status = house.draft('腾出空间之后', 'after', BIG).status
            time.sleep(0.1)
        print(f'# {len(known)} written before, writes back after {time.monotonic() - begin:.1f} s')
        tap.check('with room again it recovers by itself within 10 s', status == 201, f'{status}')
        ids = {i for i, in house.rows('SELECT id FROM proposals')}
        titles = [t for t, in house.rows("SELECT title FROM proposals WHERE title LIKE '仍满%'")]
        tap.check('what was acknowledged is there, what was refused is not', set(known) <= ids and not titles,
                  f'{sorted(set(known) - ids)} {titles}')
        tap.check('the house ends gracefully', house.stop() == 0)
        verified = house.run('verify')
        tap.check('nothing is corrupt', verified.returncode == 0, verified.stderr)
    return tap.bad > 0


sys.exit(main())
