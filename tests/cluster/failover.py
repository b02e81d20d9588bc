# SPDX-License-Identifier: MulanPSL-2.0
"""Failures of a cluster under load, and what they did: somebody writes all the time, somebody looks at a page all the time."""
import os, threading, time
from http.client import HTTPException
from urllib.request import Request, build_opener, HTTPErrorProcessor

from cluster import children
from writer import Writer

TO_WAIT = 'web.overloaded', 'db.busy', 'db.commit_unknown', 'db.away', '请稍候'   # what who saves may be told while nobody can
HOW = ('postgres', 'patroni'), ('postgres',), ('postgres', 'patroni', 'etcd', 'app')   # what kill -9 takes at once


class NoErrors(HTTPErrorProcessor):
    def http_response(self, request, response):
        return response


class Looker(threading.Thread):
    """A browser that reloads the public page; keeps what it was shown other than the page."""

    def __init__(self, house, stop):
        super().__init__(daemon=True)
        self.house, self.stop, self.pages, self.waits, self.strange = house, stop, 0, 0, []

    def run(self):
        while not self.stop.is_set():
            try:
                with build_opener(NoErrors).open(Request(f'http://127.0.0.1:{self.house.port}/'), timeout=30) as answer:
                    self.judge(answer.status, answer.headers, answer.read().decode('utf-8', 'replace'))
            except (OSError, HTTPException) as fault:
                self.strange.append(repr(fault))
            time.sleep(0.2)

    def judge(self, status, headers, text):
        if status == 200:
            self.pages += 1
        elif status == 503 and headers['Refresh'] and headers['Retry-After'] and '稍候' in text:
            self.waits += 1
        else:
            self.strange.append(f'{status} {text[:300]}')


class Load:
    """Writers and a looker; what was acknowledged, held against the database."""

    def __init__(self, house, writers):
        self.house, self.stop, self.path = house, threading.Event(), house.dir / 'acknowledged'
        self.side = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.writers = [Writer(house, n, self.side, self.stop) for n in range(writers)]
        self.looker = Looker(house, self.stop)
        for thread in (*self.writers, self.looker):
            thread.start()

    def end(self):
        self.stop.set()
        for thread in (*self.writers, self.looker):
            thread.join(60)

    def back(self, since, seconds=120):
        """Seconds from a moment to the first write that was begun after it and acknowledged."""
        end = since + seconds
        while time.monotonic() < end:
            later = [begun_end[1] for w in self.writers for begun_end in w.times[-50:] if begun_end[0] > since]
            if later:
                return min(later) - since
            time.sleep(0.1)
        return float('inf')

    def judged(self):
        """(acknowledged, lost, doubled): what was told, what of it is not there, what is there twice."""
        told = [line.split(' ', 1) for line in self.path.read_text().splitlines()]
        stored = self.house.rows("SELECT id, title FROM proposals WHERE title LIKE '题 %'")
        by_id = {i: str(title) for i, title in stored}
        lost = [f'{i} {key}' for i, key in told if by_id.get(int(i)) != '题 ' + key]
        return len(told), lost, len(stored) - len(set(by_id.values()))

    def strange(self):
        return [s for w in self.writers for s in w.strange if not s.startswith('502 ')]


def fail_over(cluster, load, how):
    """Kills what is named of the primary's machine; seconds until somebody was told again that he is saved. Everything is up again afterwards."""
    machine = cluster.primary()
    begin = time.monotonic()
    machine.kill(*how)
    took = load.back(begin)
    for name in how:
        if name != 'postgres' and (name != 'app' or machine.name in cluster.APPS):
            getattr(machine, name)()
    cluster.whole()
    return took, machine.name


def part(cluster, load):
    """Pulls the plug of the primary's machine for 25 s. (seconds until writes are back elsewhere, writes that the lonely one took)."""
    machine = cluster.primary()
    begin, taken = time.monotonic(), 0
    machine.plug(False)
    while time.monotonic() - begin < 25:
        taken += machine.psql("INSERT INTO cut_off (at) VALUES (now()) RETURNING 1", 3).stdout.startswith('1')
        time.sleep(0.5)
    took = load.back(begin)
    machine.plug(True)
    cluster.whole()
    return took, taken


def alone(cluster, load, seconds):
    """Ends both databases that follow, so that no write can be in two places. (seconds that each who saved meanwhile waited for a word, those
    who were told that it is saved, or anything but to wait, whether the houses are the same processes, seconds until writes are back after the two are)."""
    primary, began = cluster.primary(), time.monotonic()
    houses = [pid for name in cluster.APPS for pid in children(cluster.machine(name).ran['app'].pid)]
    others = [m for m in cluster.machines if m is not primary]
    for machine in others:
        machine.kill('postgres', 'patroni')
    waits, saved, odd = [], [], []
    while time.monotonic() - began < seconds:
        asked = time.monotonic()
        answer = cluster.draft(f'独 {len(waits)}', f'alone-{len(waits)}', timeout=70)
        waits.append(time.monotonic() - asked)
        if answer.status < 300 and len(waits) > 1:   # the first may have been before the end
            saved.append(answer.body[:200])
        elif answer.status >= 300 and not (answer.status == 503 and any(word in answer.body for word in TO_WAIT)):
            odd.append(f'{answer.status} {answer.body[:200]}')
        time.sleep(1)
    same = houses == [pid for name in cluster.APPS for pid in children(cluster.machine(name).ran['app'].pid)]
    for machine in others:
        machine.patroni()
    back = load.back(time.monotonic())
    cluster.whole()
    return waits, saved, odd, same, back
