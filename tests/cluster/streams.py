# SPDX-License-Identifier: MulanPSL-2.0
"""Somebody who is signed in and hears live events, while houses are killed under him (K5): a browser as far as that needs one."""
import http.client, sys, threading, time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'security'))
from town import Person


class Listener(threading.Thread):
    """An event stream that is opened again when it breaks, as EventSource does; what it heard, and how often it began."""

    def __init__(self, person, stop):
        super().__init__(daemon=True)
        self.person, self.stop, self.heard, self.begun, self.refused = person, stop, [], 0, []

    def run(self):
        while not self.stop.is_set():
            try:
                self.listen()
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.5)

    def listen(self):
        line = http.client.HTTPConnection('127.0.0.1', self.person.town.port, timeout=60)
        cookies = '; '.join(f'{k}={v}' for k, v in self.person.cookies.items())
        line.request('GET', '/events', headers={'Cookie': cookies, 'Accept': 'text/event-stream'})
        answer = line.getresponse()
        if answer.status != 200:
            if answer.status not in (502, 503):
                self.refused.append(answer.status)
            return
        self.begun += 1
        while not self.stop.is_set() and (text := answer.fp.readline()):
            if text.startswith(b'event: '):
                self.heard.append(text[7:].decode().strip())
        line.close()


def until(cluster, path, body, key, seconds=40):
    """Sent under one key until it is done; what was answered."""
    end, said = time.monotonic() + seconds, ''
    while time.monotonic() < end:
        try:
            answer = cluster.ask('POST', path, body, 'stream-' + key)
            said = f'{answer.status} {answer.body[:300]}'
            if answer.status < 300:
                return answer.json()
        except (OSError, http.client.HTTPException) as fault:
            said = repr(fault)
        time.sleep(0.3)
    raise RuntimeError(f'{path}: {said}')


def is_in(person):
    try:
        return person.sign_in('m001') is person
    except RuntimeError:   # busy for a moment
        return False


def told(cluster, listener, number, seconds=40):
    """Publishes a notice and waits until the stream says that something is unread; seconds it took, or None."""
    before, begin = listener.heard.count('unread'), time.monotonic()
    place = until(cluster, '/api/v1/notices', {'title': f'通知 {number}', 'body': '请看。', 'audience': ['members']}, f'notice-{number}')['location']
    until(cluster, f'/api/v1{place}/publish', {'version': 1}, f'publish-{number}')
    while time.monotonic() < begin + seconds:
        if listener.heard.count('unread') > before:
            return time.monotonic() - begin
        time.sleep(0.05)
    return None


def killed_under_a_stream(cluster, kills, say):
    """Kills one house after the other with -9, the stream's too, and starts it again; he stays signed in and goes on hearing."""
    stop = threading.Event()
    person = Person(cluster)
    cluster.wait_until(lambda: is_in(person), 60, 'a log-in')
    listener = Listener(person, stop)
    listener.start()
    cluster.wait_until(lambda: listener.begun > 0, 20, 'a stream')
    heard, pages, slowest = 0, 0, 0.0
    for number in range(kills):
        machine = cluster.machine(cluster.APPS[number % 2])
        machine.kill('app')
        time.sleep(3)   # the door has noticed, the browser asked again
        answer = person.get('/inbox')
        pages += answer.status == 200 and b'/logout' in answer.content
        took = told(cluster, listener, number)
        heard += took is not None
        slowest = max(slowest, took or 0)
        machine.app()
        cluster.wait_until(lambda: cluster.answers(machine), 30, 'the house that was killed')
    stop.set()
    say('a house killed under a stream (K5)', f'{kills} times, {listener.begun} streams begun', '', True)
    say('still signed in, page from the other house', f'{pages} of {kills}', f'{kills}', pages == kills and not listener.refused)
    say('events heard while one is dead', f'{heard} of {kills}, the slowest after {slowest:.1f} s', f'{kills}', heard == kills)
