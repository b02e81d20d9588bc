# SPDX-License-Identifier: MulanPSL-2.0
"""The ledger under kill -9 (crash_test.py): one writer records for two members, reports and has it approved, holds a meeting,
registers and settles it, over and over. Each request goes under one key until it is answered (side_roads.py). Whatever was
acknowledged has its rows in the ledger, one for each member; nothing has two, and no meeting has half of its lines."""
from side_roads import Roads

KIND = 'lecture.given'


class LedgerRoads(Roads):
    KEY = 'ledger'

    def prepare(self):
        """Before the first kill: who acts, and for whom."""
        house = self.house
        self.tokens = {who: house.must('token', 'add', name).split()[-1] for who, name in {'staff': 'staff', 'member': 'm001'}.items()}
        self.today = house.today()
        own = self.one("SELECT m.id FROM members m JOIN accounts a ON a.org_id = m.org_id AND a.person_id = m.person_id WHERE a.login_name = 'm001'")
        other = self.one(f"SELECT MIN(id) FROM members WHERE org_id = 1 AND id <> {own}")
        self.both = [f'member:{own}', f'member:{other}']

    def made(self, who, path, body, what):
        """The number of what was made."""
        return int(self.do(who, path, body, what).json()['location'].rsplit('/', 1)[1])

    def go(self):
        name = f'录 {self.round}'
        claim = {'kind': KIND, 'quantity': 1, 'happened_on': self.today, 'distinct': True}
        self.told('claims', self.made('staff', '/claims/record', {**claim, 'title': name, 'audience': self.both}, 'record'))
        own = self.made('member', '/claims', {**claim, 'title': name + '自己'}, 'report')
        self.do('staff', f'/claims/{own}/approve', {'version': self.version('claims', own)}, 'approve')
        self.told('claims', own)
        self.meet(name)

    def meet(self, name):
        day = {'from_on': self.today, 'to_on': self.today, 'from_half': 'morning', 'to_half': 'morning'}
        number = self.made('staff', '/meetings', {**day, 'kind': 'research', 'title': name, 'organiser': 'office', 'attending': 'mandatory',
                                                  'place': '三楼', 'audience': self.both}, 'meeting')
        self.do('staff', f'/meetings/{number}/hold', {'version': self.version('meetings', number)}, 'hold')
        lines = self.house.rows(f'SELECT id, version FROM invitees WHERE meeting_id = {number} ORDER BY id')
        self.do('staff', f'/meetings/{number}/attendance', {
            'invitees': [i for i, _ in lines], 'versions': [str(v) for _, v in lines], 'results': ['whole'] * len(lines)}, 'attendance')
        self.do('staff', f'/meetings/{number}/settle', {'version': self.version('meetings', number)}, 'settle')
        self.told('meetings', number)


def held_against(house, side_path, since):
    """(lost, doubled, acknowledged). since: the last row of the ledger before the first kill."""
    told = [tuple(line.split(' ')) for line in side_path.read_text().splitlines()]
    rows = house.rows(f"SELECT source, source_id, member_id, COUNT(*) FROM entries WHERE id > {since} AND source IN ('claims', 'meetings') "
                      "AND state = 'live' GROUP BY source, source_id, member_id")
    people = {}
    for source, number, _, _ in rows:
        people[(source, str(number))] = people.get((source, str(number)), 0) + 1
    single = {str(i) for i, in house.rows("SELECT id FROM claims WHERE title LIKE '录 %自己'")}
    due = lambda one: 1 if one[0] == 'claims' and one[1] in single else 2
    lost = [f'{source} {number}' for source, number in told if people.get((source, number), 0) != due((source, number))]
    doubled = [f'{source} {number} {member}' for source, number, member, n in rows if n > 1]
    doubled += [f'{source} {number}: by half' for (source, number), n in people.items() if n != due((source, number))]
    doubled += [f'title {title}' for title, in house.rows("SELECT title FROM claims WHERE title LIKE '录 %' GROUP BY title HAVING COUNT(*) > 1")]
    doubled += [f'title {title}' for title, in house.rows("SELECT title FROM meetings WHERE title LIKE '录 %' GROUP BY title HAVING COUNT(*) > 1")]
    return lost, doubled, len(told)
