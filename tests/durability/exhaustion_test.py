#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Quality R3: a house that may have few files open is asked for many more connections than that. It does not end, it loses
nothing that it acknowledged, and it lets people in again within a second after the crowd has left. TAP."""
import resource, socket, sys, time
from house import House, Tap

FILES, OPENS, AGAIN_S = 256, 5000, 1.0


def crowd(port, count):
    """So many connections at once, none of which is waited for; each says a little, so that it is not taken for an empty one."""
    everyone = []
    for _ in range(count):
        s = socket.socket()
        s.setblocking(False)
        s.connect_ex(('127.0.0.1', port))
        everyone.append(s)
    time.sleep(1)
    for s in everyone:
        try:
            s.send(b'GET /login HTTP/1.1\r\nHost: x\r\nX-Wait: ')
        except OSError:
            pass # turned away, or still before the door
    return everyone


def again(house):
    """Seconds until somebody is let in. He asks anew soon: a call that met a full queue is repeated by the kernel only a second later."""
    begun = time.monotonic()
    while time.monotonic() < begun + 20:
        try:
            if house.ask('GET', '/api/v1/proposals?limit=5', timeout=0.3).status == 200:
                break
        except OSError:
            time.sleep(0.01)
    return time.monotonic() - begun


def main():
    tap = Tap(5)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < OPENS + 100:
        for number in range(1, 6):
            print(f'ok {number} # SKIP this machine does not allow {OPENS} open files')
        return 0
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPENS + 100, hard))
    with House() as house:
        house.found()
        house.stop()
        house.serve([(resource.RLIMIT_NOFILE, FILES, FILES)]).wait_ready()
        server, workers = house.server.pid, house.workers()
        kept = [house.draft('拥挤之前', 'before').json()['id']]
        everyone = crowd(house.port, OPENS)
        time.sleep(2)
        tap.check('among the crowd it goes on running', house.server.poll() is None and house.workers() == workers,
                  f'workers {workers} are now {house.workers() if house.server.poll() is None else "gone"}')
        for s in everyone:
            s.close()
        took = again(house)
        print(f'# let in again after {took * 1000:.0f} ms')
        tap.check(f'somebody is let in within {AGAIN_S:.0f} s after it has left', took <= AGAIN_S, f'{took:.2f} s')
        kept.append(house.draft('拥挤之后', 'after').json()['id'])
        tap.check('no process was started anew', house.server.pid == server and house.workers() == workers)
        ids = [row[0] for row in house.rows('SELECT id FROM proposals ORDER BY id')]
        tap.check('what was acknowledged is there', ids == sorted(kept), f'{ids}, not {kept}')
        tap.check('the store is whole', house.rows('PRAGMA integrity_check') == [('ok',)])
    return tap.bad != 0


sys.exit(main())
