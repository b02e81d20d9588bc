# SPDX-License-Identifier: MulanPSL-2.0
"""Letters of strangers under kill -9 (crash_test.py): each is a form with its own stamp, which is also its idempotency, sent
again and again until there is a receipt, under the stamp of the answer when that asks for it. A telephone's `once` goes with every other one,
so that it is one letter also under a new stamp. Whoever was told a receipt has one letter, and nobody has two."""
import os, re, sys, threading, time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'bench'))
from flood import prove

STAMP, RECEIPT = re.compile(r'name="stamp" value="([^"]+)"'), re.compile(r'data-receipt="(\d{20})"')


class Strangers(threading.Thread):
    """told: letters for which there was a receipt; again: of these, how many were told that it was known already."""

    def __init__(self, house, side, stop):
        super().__init__(daemon=True)
        self.house, self.side, self.stop, self.told, self.again, self.strange = house, side, stop, 0, 0, []

    def prepare(self):
        """Before the first kill: as many letters from one network as a test sends, with little work."""
        token = self.house.must('token', 'add', 'secadmin').split()[-1]
        for name, value in {'network_hour': 10000, 'hour': 1000000, 'work_bits': 6}.items():
            answer = self.house.ask('POST', '/api/v1/settings/security', {
                'name': f'anonymous.{name}', 'value': str(value), 'from_on': time.strftime('%Y-%m-%d', time.gmtime(time.time() + 8 * 3600))}, token=token)
            if answer.status >= 300:
                raise RuntimeError(f'setting: {answer.status} {answer.body}')

    def run(self):
        number = 0
        while not self.stop.is_set():
            self.write(f'信 {number}。', os.urandom(16).hex() if number % 2 else '')
            number += 1

    def ask(self, method, fields=None):
        """The page or what came of sending it; None while there is no answer."""
        connection = HTTPConnection('127.0.0.1', self.house.port, timeout=5)
        try:
            body = urlencode(fields) if fields else None
            connection.request(method, '/letters/new', body, {'Content-Type': 'application/x-www-form-urlencoded'} if body else {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode('utf-8', 'replace')
        except (OSError, ValueError, HTTPException):
            return None
        finally:
            connection.close()

    def stamp(self):
        while not self.stop.is_set():
            drawn = self.ask('GET')
            found = STAMP.search(drawn[1]) if drawn else None
            if found:
                return found[1]
            time.sleep(0.01)

    def write(self, title, once):
        stamp, tries = self.stamp(), 0
        fields = {'body': title + '路灯不亮，请派人来看看。', 'once': once, 'stamp': stamp, 'proof': stamp and prove(stamp)}
        while not self.stop.is_set():
            sent = self.ask('POST', fields)
            found = RECEIPT.search(sent[1]) if sent else None
            if found:
                os.write(self.side, f'{title} {found[1]}\n'.encode())
                self.told += 1
                self.again += tries > 0
                return
            if sent and sent[0] not in (409, 503):
                self.strange.append(f'{sent[0]} {re.sub("<[^>]*>", " ", sent[1])[:300]}')
                return
            tries += 1
            anew = STAMP.search(sent[1]) if sent and sent[0] == 409 else None
            if anew:  # what was begun was not done: the page that says so is a form to send again
                fields.update(stamp=anew[1], proof=prove(anew[1]))
            elif once and sent is None and tries % 3 == 0:  # the telephone opens the page anew
                stamp = self.stamp()
                fields.update(stamp=stamp, proof=stamp and prove(stamp))
            time.sleep(0.01)


def held_against(house, side_path):
    """(lost, doubled, told): who has a receipt has a letter; none is there twice, by title or receipt, or by half: without its
    first step, its word in the index, its day."""
    told = [line.rsplit(' ', 1) for line in side_path.read_text().splitlines()]
    kept = dict(house.rows("SELECT title, COUNT(*) FROM letters WHERE title LIKE '信 %' GROUP BY title"))
    lost = [title for title, _ in told if title[:-1] not in kept]
    digits = [code for _, code in told]
    doubled = [title for title, n in kept.items() if n > 1] + [code for code in set(digits) if digits.count(code) > 1]
    doubled += [f'by half: {row}' for row in house.rows(
        "SELECT l.id FROM letters l WHERE l.title LIKE '信 %' AND (SELECT COUNT(*) FROM trails t WHERE t.org_id = l.org_id AND "
        "t.flow = 'letters' AND t.subject_id = l.id) <> 1")]
    return lost, doubled, len(told)
