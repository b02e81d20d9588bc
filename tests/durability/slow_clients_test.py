#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Qualities R2, R6 and R8: thousands of clients that send their head a byte at a time, never end a body or never read the
answer do not keep an ordinary reader out, cost bounded memory, and are gone soon after they give up. Of many log-ins at once, each worth
64 MiB while it is judged, few are judged at a time; the others wait or are told to come again. TAP."""
import os, resource, socket, sys, time
from house import House, Tap

CLIENTS = int(os.environ.get('HUOTANG_SLOW_CLIENTS', '4000'))
READS, MEMORY_MIB = 200, 512
LOG_INS, AT_ONCE_MIB = 300, 64  # what judging one takes


def open_files(wanted):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < wanted:
        return False
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    return True


def slow_client(port, kind):
    s = socket.socket()
    if kind == 'read':
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    s.connect(('127.0.0.1', port))
    s.setblocking(False)
    begin = {'head': b'GET /login HTTP/1.1\r\nHost: x\r\nX-Slow: ',
             'body': b'POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\na',
             'read': b'GET /help HTTP/1.1\r\nHost: x\r\n\r\n' * 20}[kind]
    s.send(begin)
    return s, kind


def trickle(clients):
    for s, kind in clients:
        try:
            if kind != 'read':
                s.send(b'a')
        except OSError:
            pass # the house has closed it, as it may


def memory_mib(house):
    total = 0
    for pid in house.alive():
        try:
            with open(f'/proc/{pid}/status') as f:
                total += sum(int(line.split()[1]) for line in f if line.startswith('VmHWM:'))
        except OSError:
            pass
    return total / 1024


def reads(house, clients, count):
    """Answers of an ordinary reader, each on a connection of its own, while the others trickle."""
    seen, took = {}, []
    for i in range(count):
        if i % 20 == 0:
            trickle(clients)
        begun = time.monotonic()
        try:
            status = house.ask('GET', '/api/v1/proposals?limit=5', timeout=20).status
        except OSError as fault:
            status = type(fault).__name__
        seen[status] = seen.get(status, 0) + 1
        took.append(time.monotonic() - begun)
    return seen, sorted(took)[int(count * .95)] * 1000


def main():
    tap = Tap(6)
    if not open_files(CLIENTS + 200):
        for number in range(1, 7):
            print(f'ok {number} # SKIP this machine does not allow {CLIENTS} open files')
        return 0
    with House() as house:
        house.found()
        plain, before_ms = reads(house, [], READS)
        tap.check('an ordinary reader alone', plain == {200: READS}, str(plain))
        clients = [slow_client(house.port, ('head', 'body', 'read')[i % 3]) for i in range(CLIENTS)]
        slowed, among_ms = reads(house, clients, READS)
        print(f'# p95 {before_ms:.1f} ms alone, {among_ms:.1f} ms among {CLIENTS} slow clients')
        tap.check('the same among slow clients', slowed == {200: READS}, str(slowed))
        used = memory_mib(house)
        tap.check(f'memory below {MEMORY_MIB} MiB', used < MEMORY_MIB, f'{used:.0f} MiB')
        for s, _ in clients:
            s.close()
        after, _ = reads(house, [], 50)
        tap.check('all are let in again at once', after == {200: 50}, str(after))
        before = memory_mib(house)
        answers = house.log_ins(LOG_INS)
        tap.check('every log-in is answered, none by a fault', sum(answers.values()) == LOG_INS and set(answers) <= {'422', '429', '503'} and '422' in answers,
                  str(answers))
        used, most = memory_mib(house), before + AT_ONCE_MIB * (os.cpu_count() + 2)
        tap.check('few of them are judged at a time', used <= most, f'{used:.0f} MiB, at most {most:.0f}')
    return tap.bad != 0


sys.exit(main())
