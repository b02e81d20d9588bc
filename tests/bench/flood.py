# SPDX-License-Identifier: MulanPSL-2.0
"""Part `flood` of tests/bench/run (quality P3, issue 4): scripted posts to the mailbox, at the rate of 100,000 in ten minutes, for a minute
(BENCH_FLOOD_S=600: all of them), from a hundred networks: with true work, with none, with forged and with used stamps. Meanwhile a clerk works
at the desk, and sixty genuine people write, each from a place of his own, half of them without a script, and follow with the receipt. Every
letter that was acknowledged must be there exactly once."""
import hashlib, http.client, itertools, json, os, re, sqlite3, struct, threading, time

SECONDS = int(os.environ.get('BENCH_FLOOD_S', 60))
RATE, NETWORKS, PLAIN, EVERY, THREADS = 100_000 / 600, 100, 20, 33, 8
CLERK_S, WRITERS, PIECES = 0.2, 60, 8
ZEROS = '0' * 8 * PIECES


def prove(stamp):
    """The work that a browser does (platform/web/stamp.h)."""
    bits, _, nonce, _ = stamp.split('-')
    most, proof = 2 ** (32 - int(bits)), ''
    for piece in range(PIECES):
        head = hashlib.sha256(nonce.encode() + struct.pack('>I', piece))
        for n in itertools.count():
            whole = head.copy()
            whole.update(struct.pack('>I', n))
            if struct.unpack('>I', whole.digest()[:4])[0] < most:
                proof += f'{n:08x}'
                break
    return proof


class Line:
    """A connection that is kept, from whatever address."""

    def __init__(self, base):
        self.base, self.connection = base, None

    def ask(self, method, path, address='', body=None, cookie=''):
        """Status, text, ms."""
        self.connection = self.connection or http.client.HTTPConnection(self.base[7:], timeout=30)
        headers = {'X-Forwarded-For': address} if address else {}
        if cookie:
            headers['Cookie'] = cookie
        if body is not None:
            headers['Content-Type'] = 'application/json'
        begin = time.monotonic()
        self.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        return answer.status, text, (time.monotonic() - begin) * 1000

    def stamp(self, path, address):
        status, text, _ = self.ask('GET', path, address)
        found = re.search(r'name="stamp" value="([^"]+)"', text)
        if status != 200 or not found:
            raise SystemExit(f'bench: {path}: {status} without a stamp')
        return found[1]


class Told:
    """What was answered, of all threads."""

    def __init__(self):
        self.lock, self.by_status, self.kept, self.times, self.strange = threading.Lock(), {}, [], {}, []

    def add(self, kind, status, ms, text='', body=None):
        with self.lock:
            self.by_status[status] = self.by_status.get(status, 0) + 1
            self.times.setdefault(kind, []).append(ms)
            if status == 201:
                self.kept.append((body, json.loads(text)['receipt']))

    def wrong(self, what):
        with self.lock:
            self.strange.append(what)

    def at(self, kind, part):
        times = sorted(self.times.get(kind, [0.0]))
        return times[min(len(times) - 1, int(len(times) * part))]


def flood(base, told, number, used):
    line, begin = Line(base), time.monotonic()
    for n in range(number, int(RATE * SECONDS), THREADS):
        time.sleep(max(0.0, begin + n / RATE - time.monotonic()))
        address = f'198.51.{n % PLAIN if n % EVERY == 1 else n % NETWORKS}.{n % 250}'
        body = {'body': f'这是第{n}封刷出来的信，内容都差不多，买东西请加我。', 'stamp': used, 'proof': ''}
        if n % EVERY < 2:
            body['stamp'] = line.stamp('/letters/new', address)
        if n % EVERY == 0:
            body['proof'] = prove(body['stamp'])
        elif n % EVERY > 1:
            body['proof'] = ZEROS if n % 3 else ''
            if n % 3 == 1:
                body['stamp'] = re.sub(r'[0-9a-f]{8}$', '00000000', used)
        status, text, ms = line.ask('POST', '/api/v1/letters', address, body)
        told.add('flood', status, ms, text, body['body'])
        if status >= 500:
            told.wrong(f'flood {status} {text[:200]}')


def writer(base, told, n):
    """Somebody with a concern: from the form to what the receipt shows. Every second one has no script."""
    line, address = Line(base), f'203.0.{n % 250}.7'
    stamp = line.stamp('/letters/new', address)
    body = {'body': f'我是真的来信人，编号{n:05}，门口的路灯坏了{n + 3}天，请派人来修。', 'stamp': stamp, 'proof': prove(stamp) if n % 2 else ''}
    status, text, ms = line.ask('POST', '/api/v1/letters', address, body)
    told.add('writer', status, ms, text, body['body'])
    if status != 201:
        return told.wrong(f'writer {status} {text[:200]}')
    stamp = line.stamp('/letters/follow', address)
    asked = {'receipt': json.loads(text)['receipt'], 'act': '', 'stamp': stamp, 'proof': prove(stamp)}
    status, text, ms = line.ask('POST', '/api/v1/letters/follow', address, asked)
    told.times.setdefault('follow', []).append(ms)
    if status != 200:
        told.wrong(f'follow {status} {text[:200]}')
    return None


def clerk(base, told, cookie, over):
    line, turn = Line(base), 0
    while not over.wait(CLERK_S):
        path = ('/letters/desk', '/letters/desk?apart=1', '/letters?state=received')[turn % 3]
        status, _, ms = line.ask('GET', path, cookie=cookie)
        told.times.setdefault('desk' if turn % 3 < 2 else 'list', []).append(ms)
        turn += 1
        if status != 200:
            told.wrong(f'desk {status}')


def run_all(server, told):
    line, over, writers = Line(server.base), threading.Event(), []
    used = line.stamp('/letters/new', '198.51.0.1')
    clerking = threading.Thread(target=clerk, args=(server.base, told, server.cookie, over))
    floods = [threading.Thread(target=flood, args=(server.base, told, n, used)) for n in range(THREADS)]
    for thread in [clerking, *floods]:
        thread.start()
    begin = time.monotonic()
    while any(thread.is_alive() for thread in floods):
        writers.append(threading.Thread(target=writer, args=(server.base, told, len(writers))))
        writers[-1].start()
        time.sleep(SECONDS / WRITERS)
    took = time.monotonic() - begin
    over.set()
    for thread in [clerking, *writers]:
        thread.join()
    return took


def judged(to, told):
    """(acknowledged ones that are not there exactly once, letters that nobody was told of)."""
    db = sqlite3.connect(f'file:{to}/huotang.db?mode=ro', uri=True)
    there = {}
    for (body,) in db.execute('SELECT body FROM letters'):
        there[body] = there.get(body, 0) + 1
    db.close()
    lost = sum(there.get(body, 0) == 0 for body, _ in told.kept)
    doubled = sum(count - 1 for count in there.values())
    return lost, doubled, len(there) - len(told.kept)


def settled(to):
    """The work is little, so that this machine can do it for a hundred networks; what is allowed stays as shipped."""
    db = sqlite3.connect(to / 'huotang.db')
    db.execute("INSERT INTO settings (org_id, name, from_on, value, changed_at, changed_by, mark) "
               "SELECT id, 'anonymous.work_bits', 0, '6', 0, 0, 4 FROM orgs WHERE kind = 'cppcc'")
    db.commit()
    db.close()


def part(say, run, data, password, folder):
    to, told = run.copy(data, folder), Told()
    settled(to)
    with run.Server(to, password, trusted_proxies='127.0.0.1') as server:
        quiet = Told()
        over = threading.Event()
        looking = threading.Thread(target=clerk, args=(server.base, quiet, server.cookie, over))
        looking.start()
        time.sleep(5)
        over.set()
        looking.join()
        took = run_all(server, told)
        memory = run.rss_mib(server.process.pid)
    lost, doubled, unknown = judged(to, told)
    posts = len(told.times['flood'])
    say('flood', posts=posts, rate_s=posts / took, taken=len(told.kept), writers=len(told.times['writer']),
        answers=dict(sorted(told.by_status.items())), lost=lost, doubled=doubled, unknown=unknown, strange=len(told.strange),
        server_mib=memory, load=run.load(),
        **{f'{kind}_{name}_ms': told.at(kind, of) for kind in ('flood', 'desk', 'list', 'writer', 'follow') for name, of in (('p50', .5), ('p95', .95))},
        desk_quiet_p95_ms=quiet.at('desk', .95))
    if lost or doubled or unknown or told.strange:
        raise SystemExit('bench: flood: ' + '; '.join(sorted(told.strange, reverse=True)[:5] or ['a letter is lost, doubled or unknown']))
