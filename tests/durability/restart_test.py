#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Quality R7, short form: SIGHUP restarts under load, each with a new worker, and not one request fails; the one that
keeps its connection is served on. HUOTANG_RESTARTS=100 for the long form. TAP."""
import http.client, json, os, signal, sys, threading, time
from house import House, Tap

RESTARTS = int(os.environ.get('HUOTANG_RESTARTS', '10'))


class Client(threading.Thread):
    """Reads or writes without pause; a new connection each time, or one kept until the house says close."""

    def __init__(self, house, number, stop, keep):
        super().__init__(daemon=True)
        self.house, self.number, self.stop, self.keep = house, number, stop, keep
        self.good, self.failed, self.connection = 0, [], None

    def kept(self):
        if not self.connection:
            self.connection = http.client.HTTPConnection('127.0.0.1', self.house.port, timeout=20)
        self.connection.request('GET', '/livez')
        answer = self.connection.getresponse()
        answer.read()
        if answer.getheader('Connection', '').lower() == 'close':
            self.connection.close()
            self.connection = None
        return answer.status

    def one(self, count):
        if self.keep:
            return self.kept()
        if count % 2:
            return self.house.ask('GET', '/api/v1/proposals?limit=5', timeout=20).status
        return self.house.draft(f'重启 {self.number}-{count}', f'restart-{self.number}-{count}', timeout=20).status

    def run(self):
        count = 0
        while not self.stop.is_set():
            try:
                status = self.one(count)
                if status in (200, 201):
                    self.good += 1
                else:
                    self.failed.append(f'status {status}')
            except (OSError, http.client.HTTPException, json.JSONDecodeError) as e:
                self.failed.append(f'{"kept" if self.keep else "new"} connection: {e!r}')
                self.connection = None
            count += 1
            time.sleep(0.002)


def restart(house):
    """SIGHUP, then waits until one worker is left and it is another; False after 30 s."""
    before, end = set(house.workers()), time.monotonic() + 30
    house.server.send_signal(signal.SIGHUP)
    while time.monotonic() < end:
        now = set(house.workers())
        if len(now) == 1 and not now & before:
            return True
        time.sleep(0.02)
    return False


def main():
    tap, begin = Tap(4), time.monotonic()
    with House() as house:
        house.found()
        stop = threading.Event()
        clients = [Client(house, n, stop, keep=n >= 3) for n in range(4)]
        for c in clients:
            c.start()
        changed = sum(restart(house) for _ in range(RESTARTS))
        stop.set()
        for c in clients:
            c.join(30)
        failed = [f for c in clients for f in c.failed]
        good = [c.good for c in clients]
        stored = house.rows('SELECT count(*) FROM proposals')[0][0]
        print(f'# {RESTARTS} restarts, {good} requests, {time.monotonic() - begin:.1f} s')
        tap.check('each restart put a new worker in place', changed == RESTARTS, f'{changed}')
        tap.check('no request failed', not failed and min(good) > RESTARTS, f'{len(failed)} {failed[:3]}')
        sent = sum((c.good + 1) // 2 for c in clients if not c.keep)
        tap.check('every acknowledged draft is there once', stored == sent, f'{stored} of {sent}')
        tap.check('the house ends gracefully', house.stop() == 0)
    return tap.bad > 0


sys.exit(main())
