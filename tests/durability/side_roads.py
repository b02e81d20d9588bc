# SPDX-License-Identifier: MulanPSL-2.0
"""Side roads of proposals under kill -9 (crash_test.py): one writer brings case after case along bulk steps of the board, merging,
trial and handing out in one go, publication, slips, reminders and promises. Each request goes under one key until it is
answered; what was acknowledged is noted at once, and afterwards held against the database."""
import os, threading, time
from http.client import HTTPException

HOST = '市交通运输局'
TEXT = {'analysis': '规划时没有配建停车位。', 'suggestions': ['建一座停车场。', '赶集日疏导。'], 'consent': 'yes'}
REPLY = {'class': 'b', 'opening': '收悉。', 'results': ['adopted', 'planned'], 'answers': ['已开工。', '列入计划。'], 'closing': '感谢。',
         'operator': '字国祥', 'phone': '0883-2120003', 'public': True, 'promise_texts': ['在市场东侧建成一座公共停车场'], 'promise_owners': ['字国祥']}


class Ended(Exception):
    pass


class Roads(threading.Thread):
    """acknowledged: what was answered as done, in order: (verb, number of the thing). KEY: before its requests' keys."""
    KEY = 'roads'

    def __init__(self, house, side, stop):
        super().__init__(daemon=True)
        self.house, self.side, self.stop, self.round, self.acknowledged, self.strange = house, side, stop, 0, 0, []

    def prepare(self):
        """Before the first kill: who acts, and a meeting to hand out at."""
        house = self.house
        self.host = house.rows(f"SELECT id FROM orgs WHERE name = '{HOST}'")[0][0]
        names = dict(member='m001', staff='staff', reviewer='reviewer', dispatcher='dispatcher', **house.staff_of(HOST))
        self.tokens = {who: house.must('token', 'add', name).split()[-1] for who, name in names.items()}
        today = house.today()
        self.later = f'{int(today[:4]) + 1}{today[4:7]}-01'
        self.today = today
        session = house.ask('GET', '/api/v1/sessions', token=self.tokens['staff']).json()['items'][0]['id']
        self.do('staff', '/settings', {'name': 'proposals.preassign', 'value': '1', 'from_on': today}, 'setting')
        self.do('dispatcher', '/preassignments/meetings', {'name': '交办会', 'session': str(session), 'held_on': today, 'place': '三楼'}, 'meeting')
        self.meeting = self.one('SELECT MAX(id) FROM preassignment_meetings')

    def run(self):
        try:
            while not self.stop.is_set():
                self.go()
                self.round += 1
        except Ended:
            pass

    def one(self, sql):
        return self.house.rows(sql)[0][0]

    def do(self, who, path, body, what):
        """One request, again and again under its key until it is done."""
        for _ in range(2000):
            if self.stop.is_set():
                break
            try:
                answer = self.house.ask('POST', '/api/v1' + path, body, f'{self.KEY}-{self.round}-{what}', timeout=5, token=self.tokens[who])
            except (OSError, ValueError, HTTPException):
                time.sleep(0.01)
                continue
            if answer.status < 300:
                return answer
            if answer.status != 503 and 'idempotency' not in answer.body:
                self.strange.append(f'{path}: {answer.status} {answer.body[:300]}')
                break
            time.sleep(0.01)
        raise Ended

    def told(self, verb, number):
        os.write(self.side, f'{verb} {number}\n'.encode())
        self.acknowledged += 1

    def seen(self, ids):
        return [f'{one}:{self.version("proposals", one)}' for one in ids]

    def version(self, table, number):
        return self.one(f'SELECT version FROM {table} WHERE id = {number}')

    def act(self, who, collection, number, verb, body=None):
        table = 'preassignments' if collection == 'preassignments' else collection
        self.do(who, f'/{collection}/{number}/{verb}', {**(body or {}), 'version': self.version(table, number)}, f'{verb}-{number}')
        self.told(f'{collection}.{verb}', number)

    def bulk(self, who, verb, ids, **more):
        self.do(who, '/boards/steps', {'verb': verb, 'cases': self.seen(ids), **more}, 'bulk-' + verb)
        for one in ids:
            self.told('proposals.' + verb, one)

    def go(self):
        ids = []
        for n in range(3):
            text = {**TEXT, 'title': f'路 {self.round}-{n}', 'situation': f'第{self.round}-{n}街区没有停车场。'}
            ids.append(self.do('member', '/proposals', text, f'write-{n}').json()['id'])
            self.act('member', 'proposals', ids[n], 'submit', {'confirmed': True})
        self.bulk('staff', 'screen', ids)
        self.bulk('reviewer', 'docket', ids, category='transport')
        first, second, merged = ids
        self.do('reviewer', '/mergers', {'main_id': first, 'ids': [merged], 'seen': self.seen([first, merged])}, 'merge')
        self.told('proposals.merge', merged)
        self.bulk('dispatcher', 'preassign', [first, second], mode='sole', host_id=self.host)
        for one in (first, second):
            self.act('operator', 'preassignments', self.one(f'SELECT MAX(id) FROM preassignments WHERE proposal_id = {one}'), 'agree')
        self.do('dispatcher', f'/preassignments/meetings/{self.meeting}/hand_out', {'ids': [first, second]}, 'hand-out')
        for one in (first, second):
            self.told('proposals.assign', one)
        self.act('staff', 'publications', self.one(f'SELECT id FROM publications WHERE proposal_id = {first}'), 'publish', {'checked': True})
        parts = [self.one(f"SELECT id FROM assignments WHERE matter = 'proposals' AND matter_id = {one}") for one in (first, second)]
        self.press(*parts)
        self.answer(parts[1])

    def press(self, part, other):
        slip = self.do('staff', '/urgings', {'flow': 'assignments', 'subject_id': part, 'cause': 'manual', 'text': '请报进展。'}, 'slip').json()['id']
        self.act('reviewer', 'urgings', slip, 'issue', {'text': '请报进展。'})
        self.do('staff', '/urgings/remind', {'flow': 'assignments', 'subject_id': other, 'text': ''}, 'remind')
        self.told('reminders', other)

    def answer(self, part):
        self.act('operator', 'assignments', part, 'accept')
        self.act('operator', 'assignments', part, 'contact', {'way': 'visit', 'held_on': self.today, 'with_whom': '委员', 'content': '看了现场。'})
        self.act('operator', 'assignments', part, 'reply', {**REPLY, 'promise_days': [self.later]})
        self.act('leader', 'assignments', part, 'sign', {'signer': '何秋'})
        promise = self.one(f'SELECT MAX(id) FROM promises WHERE assignment_id = {part}')
        self.act('operator', 'promises', promise, 'progress', {'percent': 40, 'opinion': '场地已经平整好了。'})


def held_against(house, side_path, since):
    """(lost, doubled, acknowledged) of what was noted. A trail has each verb of a thing once: nothing here is done twice, while
    among the letters of the demo city are second rounds. since: the last trail of the demo city."""
    told = [line.split(' ') for line in side_path.read_text().splitlines()]
    trail = {(f'{flow}.{verb}', number): n for flow, number, verb, n in house.rows(
        "SELECT flow, subject_id, verb, COUNT(*) FROM trails "
        f"WHERE id > {since} GROUP BY flow, subject_id, verb")}
    pressed = dict(house.rows("SELECT subject_id, COUNT(*) FROM reminders WHERE kind = 'office' GROUP BY subject_id"))
    count = lambda verb, number: pressed.get(number, 0) if verb == 'reminders' else trail.get((verb, number), 0)
    lost = [f'{verb} {number}' for verb, number in told if count(verb, int(number)) == 0]
    doubled = [f'{verb} {number}' for (verb, number), n in trail.items() if n > 1] + [f'reminders {number}' for number, n in pressed.items() if n > 1]
    for what, sql in {
        'merged twice': 'SELECT merged_id FROM mergers WHERE undone_at = 0 GROUP BY merged_id HAVING COUNT(*) > 1',
        'handed out twice': 'SELECT matter_id FROM assignments GROUP BY matter, matter_id, agency_id HAVING COUNT(*) > 1',
        'promised twice': 'SELECT assignment_id FROM promises GROUP BY assignment_id HAVING COUNT(*) > 1',
        'two slips': 'SELECT subject_id FROM urgings GROUP BY flow, subject_id, cause HAVING COUNT(*) > 1',
        'one number twice': 'SELECT number FROM urgings WHERE number > 0 GROUP BY year, number HAVING COUNT(*) > 1',
        'a gap in the numbers': 'SELECT session_id FROM proposals WHERE docket_no > 0 GROUP BY session_id HAVING MAX(docket_no) <> COUNT(*)',
        'merged by half': "SELECT p.id FROM proposals p WHERE (p.state = 'merged') <> EXISTS (SELECT 1 FROM mergers m WHERE m.merged_id = p.id AND m.undone_at = 0)",
        'handed out by half': "SELECT p.id FROM proposals p WHERE p.state = 'assigned' AND NOT EXISTS (SELECT 1 FROM assignments a WHERE a.matter = 'proposals' AND a.matter_id = p.id)",
    }.items():
        doubled += [f'{what}: {row}' for row in house.rows(sql)]
    return lost, doubled, len(told)
