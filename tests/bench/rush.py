# SPDX-License-Identifier: MulanPSL-2.0
"""The days of the plenary in compressed time, part `rush` of tests/bench/run: 320 members write and hand in 400 proposals, 64 at once; four
clerks screen, docket and hand out all of them in tens from the board while 64 others read; in the last hour everybody hands in until
the window closes, and the server is killed once. Every acknowledged submission must be there exactly once, serials without gaps."""
import hashlib, http.client, json, queue, random, sys, threading, time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'durability'))
from house import House

MEMBERS, DRAFTS, SAVES, CROWD, CLERKS, TENS = 320, 400, 5, 64, 4, 10
LAST_S, KILL_AT_S = 12, 5        # the last hour, and when the power fails
PAUSE_S = (0.05, 0.25)          # between two acts of one person


class Figures:
    """Times by kind of act, in ms; what went wrong."""

    def __init__(self):
        self.lock, self.times, self.strange = threading.Lock(), {}, []

    def add(self, kind, ms):
        with self.lock:
            self.times.setdefault(kind, []).append(ms)

    def wrong(self, what):
        with self.lock:
            self.strange.append(what)

    def of(self, *kinds):
        all_times = sorted(t for kind in kinds for t in self.times.get(kind, [0.0]))
        at = lambda part: all_times[min(len(all_times) - 1, int(len(all_times) * part))]
        return {'n': len(all_times), 'p50_ms': at(.50), 'p95_ms': at(.95), 'p99_ms': at(.99)}


class Person:
    """A connection of one's own that is kept, as a browser or a phone has it."""

    def __init__(self, house, figures):
        self.house, self.figures, self.connection = house, figures, None

    def once(self, method, path, token, body=None, key=None):
        if not self.connection:
            self.connection = http.client.HTTPConnection('127.0.0.1', self.house.port, timeout=20)
        headers = {'Authorization': 'Bearer ' + token, 'Content-Type': 'application/json'}
        if key:
            headers['Idempotency-Key'] = hashlib.sha256(key.encode()).hexdigest()[:32]
        try:
            self.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise

    def ask(self, kind, method, path, token, body=None, key=None, good=(200, 201)):
        """The answer's JSON, None if it was no good one. Timed."""
        begun = time.monotonic()
        status, text = self.once(method, path, token, body, key)
        self.figures.add(kind, (time.monotonic() - begun) * 1000)
        if status not in good:
            self.figures.wrong(f'{kind} {status} {text[:200].decode("utf-8", "replace")}')
            return None
        return json.loads(text) if status < 300 else None

    def pause(self):
        time.sleep(random.uniform(*PAUSE_S))


def text(title, saves):
    return {'title': title, 'situation': '老旧小区停车难，' * (10 + 4 * saves), 'analysis': '规划时没有预留，' * 10,
            'suggestions': ['利用边角地增设停车位。', '夜间开放单位停车场。'], 'consent': 'yes'}


def all_at_once(count, work):
    """Runs work(number) in so many threads, and waits."""
    threads = [threading.Thread(target=work, args=(n,)) for n in range(count)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


# ---- first: written, saved, handed in ----

def hand_in(person, token, title, told):
    made = person.ask('draft', 'POST', '/api/v1/proposals', token, text(title, 0), 'draft ' + title)
    if not made:
        return
    number, version = made['id'], made['version']
    for saves in range(1, SAVES + 1):
        person.pause()
        saved = person.ask('save', 'PUT', f'/api/v1/proposals/{number}', token, dict(text(title, saves), version=version))
        if not saved:
            return
        version = saved['version']
    person.pause()
    if person.ask('submit', 'POST', f'/api/v1/proposals/{number}/submit', token, {'confirmed': True, 'version': version},
                  'submit ' + title):
        told.append((number, title))


def written(house, figures, tokens, told):
    waiting = queue.Queue()
    for n in range(DRAFTS):
        waiting.put(n)

    def work(_):
        person = Person(house, figures)
        while True:
            try:
                n = waiting.get_nowait()
            except queue.Empty:
                return
            hand_in(person, tokens[n % MEMBERS], f'关于第{n}处停车位的建议', told)
    all_at_once(CROWD, work)


# ---- second: four clerks in tens, while others read ----

def own_tens(person, clerk, column, figures):
    """Up to ten cards of the column that nobody else reads, marked as the clerk's own. None: the column is empty."""
    board = person.ask('board', 'GET', f'/api/v1/boards/review?column={column}', clerk)
    cards = board['columns'][0]['items'] if board else []
    free = [c for c in cards if c['mine'] or not c['reader']]
    ten = [f'{c["id"]}:{c["version"]}' for c in free[:TENS]]
    if not cards:
        return None
    if ten and person.ask('take', 'POST', '/api/v1/boards/take', clerk, {'cases': ten}, good=(200, 409)) is None:
        return []                         # another was faster
    return ten


def clear(person, clerk, column, step, figures):
    while True:
        ten = own_tens(person, clerk, column, figures)
        if ten is None:
            return
        if ten:
            person.ask('step', 'POST', '/api/v1/boards/steps', clerk, dict(step, cases=ten))
        else:
            person.pause()


def cleared(house, figures, tokens, told, clerks, host):
    over = threading.Event()
    reviewers, dispatchers = clerks

    def read(n):
        person, token, own = Person(house, figures), tokens[n], [number for number, _ in told[n::CROWD]]
        while not over.is_set():
            person.ask('read', 'GET', random.choice(['/api/v1/proposals?limit=20', f'/api/v1/proposals?q={"%E5%81%9C%E8%BD%A6"}',
                                                     '/api/v1/todos']), token)
            if own:
                person.ask('read', 'GET', f'/api/v1/proposals/{random.choice(own)}', reviewers[n % CLERKS])
            person.pause()

    def review(n):
        person = Person(house, figures)
        clear(person, reviewers[n], 'submitted', {'verb': 'screen'}, figures)
        clear(person, reviewers[n], 'screened', {'verb': 'docket', 'category': 'city', 'host_id': host}, figures)
        clear(person, dispatchers[n], 'docketed', {'verb': 'assign', 'own': True}, figures)

    readers = threading.Thread(target=all_at_once, args=(CROWD, read))
    begun = time.monotonic()
    readers.start()
    all_at_once(CLERKS, review)
    over.set()
    readers.join()
    return time.monotonic() - begun


# ---- third: the last hour ----

def insist(person, *what):
    """Asks until it is answered, under the same key; how often it had to."""
    tries = 0
    while True:
        try:
            begun = time.monotonic()
            status, body = person.once(*what)
            if status not in (409, 503):   # 409: the first one of this key is still at work
                return status, body, (time.monotonic() - begun) * 1000, tries
        except (OSError, http.client.HTTPException):
            pass
        tries += 1
        time.sleep(0.02)


def last_hour(house, figures, tokens, told):
    end = time.monotonic() + LAST_S

    def work(n):
        person, count = Person(house, figures), 0
        while time.monotonic() < end:
            title, token = f'关于最后一小时{n}之{count}的建议', tokens[(n * 5 + count) % MEMBERS]
            number = version = None
            for kind, path in (('late_draft', '/api/v1/proposals'), ('late_submit', None)):
                body = text(title, 1) if kind == 'late_draft' else {'confirmed': True, 'version': version}
                status, answer, ms, tries = insist(person, 'POST', path or f'/api/v1/proposals/{number}/submit', token, body,
                                                   f'{kind} {title}')
                figures.add(kind if not tries else 'repeated', ms)
                if status not in (200, 201):
                    figures.wrong(f'{kind} {status} {answer[:200].decode("utf-8", "replace")}')
                    break
                if kind == 'late_draft':
                    made = json.loads(answer)
                    number, version = made['id'], made['version']
            else:
                told.append((number, title))
            count += 1
            person.pause()

    crowd = threading.Thread(target=all_at_once, args=(CROWD, work))
    crowd.start()
    time.sleep(KILL_AT_S)
    house.kill_all()
    begun = time.monotonic()
    house.serve().wait_ready()
    away = time.monotonic() - begun
    crowd.join()
    return away


# ---- what is there afterwards ----

def judged(house, told):
    """(acknowledged ones that are lost, titles that are there twice, gaps of the serials, how many were handed in)."""
    kept = house.rows("SELECT id, title, state, serial FROM proposals")
    by_id = {number: (title, state) for number, title, state, _ in kept}
    lost = [number for number, title in told if by_id.get(number, ('', 'draft'))[0] != title or by_id[number][1] == 'draft']
    titles = [title for _, title, _, _ in kept]
    serials = sorted(serial for _, _, _, serial in kept if serial)
    gaps = len(set(range(1, len(serials) + 1)) ^ set(serials)) + len(serials) - len(set(serials))
    dockets = sorted(row[0] for row in house.rows('SELECT docket_no FROM proposals WHERE docket_no > 0'))
    return len(lost), len(titles) - len(set(titles)), gaps + (dockets != list(range(1, len(dockets) + 1))), len(serials)


def accounts(house):
    """Tokens: of the members, of four reviewers, of four dispatchers."""
    token = lambda login: house.must('token', 'add', login).strip().splitlines()[-1]
    for n in range(1, CLERKS + 1):
        house.must('user', 'add', f'clerk{n}', '--role', 'reviewer')
        house.must('user', 'add', f'hand{n}', '--role', 'dispatcher')
    return ([token(f'm{n:03}') for n in range(1, MEMBERS + 1)],
            ([token(f'clerk{n}') for n in range(1, CLERKS + 1)], [token(f'hand{n}') for n in range(1, CLERKS + 1)]))


def rush(say):
    """Prints and returns nothing; ends the run when something was lost, doubled or strange."""
    figures, told = Figures(), []
    with House() as house:
        house.must('demo', '--scale', 0)
        tokens, clerks = accounts(house)
        house.token = clerks[0][0]
        house.serve().wait_ready()
        host = house.rows('SELECT min(id) FROM orgs WHERE agency = 1')[0][0]
        begun = time.monotonic()
        written(house, figures, tokens, told)
        say('rush', written=len(told), written_s=time.monotonic() - begun,
            **{f'write_{k}': v for k, v in figures.of('draft', 'save', 'submit').items()},
            submit_p95_ms=figures.of('submit')['p95_ms'])
        took = cleared(house, figures, tokens, told, clerks, host)
        assigned = house.rows("SELECT COUNT(*) FROM proposals WHERE state = 'assigned'")[0][0]
        say('rush', assigned=assigned, cleared_s=took, **{f'read_{k}': v for k, v in figures.of('read').items()},
            **{f'board_{k}': v for k, v in figures.of('board').items()},
            **{f'step_of_ten_{k}': v for k, v in figures.of('step').items()})
        away = last_hour(house, figures, tokens, told)
        lost, doubled, gaps, there = judged(house, told)
        say('rush', last_hour=len(told) - DRAFTS, repeated=len(figures.times.get('repeated', [])), away_s=away,
            **{f'late_{k}': v for k, v in figures.of('late_draft', 'late_submit').items()},
            acknowledged=len(told), there=there, lost=lost, doubled=doubled, gaps=gaps, strange=len(figures.strange))
        house.stop()
        house.must('verify')
    if lost or doubled or gaps or figures.strange or assigned != DRAFTS:
        sys.exit('bench: rush: ' + '; '.join(figures.strange[:5] or ['something is lost, doubled or not handed out']))
