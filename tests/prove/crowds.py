# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove crowds`: many who stay, one who takes too much, and a long day (R5, R9, R4). Ten thousand pages listen for events on as many
connections: memory for each of them, how long an event takes to the last of them, what a reader of a list notices. One client asks two thousand times a second
through the shipped site of nginx while two hundred others, each from an address of its own, ask once a second: it is told to come later, they notice
nothing. Then four who read and write all the time: memory and open files stay, nothing fails. The clients run on the same machine.
HUOTANG_CROWDS_STREAMS (10000), HUOTANG_CROWDS_SOAK_S (600)."""
import hashlib, http.client, os, re, resource, select, shutil, socket, subprocess, tempfile, threading, time
from pathlib import Path

from overload import ROOT, Probe, at, House

STREAMS, SOAK_S = int(os.environ.get('HUOTANG_CROWDS_STREAMS', '10000')), int(os.environ.get('HUOTANG_CROWDS_SOAK_S', '600'))
EACH_LOGIN, STREAM_KB, EVENT_S, PAGE_MORE = 8, 20, 0.5, 1.2
OTHERS, FAIR_S, FAIR_MORE = 200, 10, 1.5
BURST, RATE = 3000, 100  # of one address, as the site says
GREEDY = 'function delay() return 50 end'  # each of a hundred connections twenty times a second
RSS_MORE = 1.02


def own_kb(house):
    """Memory of its processes that is not of files."""
    return sum(int((re.findall(r'RssAnon:\s+(\d+)', Path(f'/proc/{pid}/status').read_text()) or ['0'])[0]) for pid in house.alive())


def files(house):
    return sum(len(list(Path(f'/proc/{pid}/fd').iterdir())) for pid in house.alive())


# ---- streams ----

def logins_made(house, count):
    """So many logins of the member m001, as signing in makes them."""
    house.rows("INSERT INTO logins (org_id, account_id, token_hash, csrf, state, created_at, seen_at, authenticated_at) VALUES "
               + ', '.join(f"(1, (SELECT id FROM accounts WHERE org_id = 1 AND login_name = 'm001'), '{hashlib.blake2b(f'crowd{i}'.encode(), digest_size=32).hexdigest()}', "
                           f"'c{i}', 'open', {int(time.time() * 1000)}, {int(time.time() * 1000)}, {int(time.time() * 1000)})" for i in range(count)))


class Listeners:
    """Connections that listen; one thread notes when each hears an event."""

    def __init__(self, house, count):
        self.poll, self.all, self.heard = select.epoll(), {}, {}
        for i in range(count):
            s = socket.create_connection(('127.0.0.1', house.port))
            s.sendall(f'GET /events HTTP/1.1\r\nHost: x\r\nCookie: login=crowd{i // EACH_LOGIN}\r\n\r\n'.encode())
            s.setblocking(False)
            self.all[s.fileno()] = s
            self.poll.register(s.fileno(), select.EPOLLIN)

    def hear(self, word, seconds):
        """For how many a word came within so many seconds, and when."""
        end, heard = time.monotonic() + seconds, {}
        while time.monotonic() < end and len(heard) < len(self.all):
            for fd, _ in self.poll.poll(0.05, 1024):
                try:
                    if word in self.all[fd].recv(65536):
                        heard.setdefault(fd, time.monotonic())
                except OSError:
                    pass
        return heard

    def close(self):
        for s in self.all.values():
            s.close()


def streams(say, house):
    logins_made(house, (STREAMS + EACH_LOGIN - 1) // EACH_LOGIN)
    with Probe(house) as alone:
        time.sleep(3)
    before = own_kb(house)
    crowd = Listeners(house, STREAMS)
    ready = len(crowd.hear(b'200 OK', 60))
    say('pages that listen', str(ready), str(STREAMS), ready == STREAMS)
    each = (own_kb(house) - before) / max(1, ready)
    say('memory for each', f'{each:.1f} KB', f'{STREAM_KB} KB', each <= STREAM_KB)
    with Probe(house) as among:
        time.sleep(3)
    quiet, amid = at(alone.of(200), .95), at(among.of(200), .95)
    say('p95 of a reader among them', f'{1000 * amid:.1f} ms of {len(among.of(200))}, {1000 * quiet:.1f} ms of {len(alone.of(200))} alone', 'at most a fifth more, or 5 ms',
        2 * len(among.of(200)) >= len(alone.of(200)) > 0 and amid <= max(PAGE_MORE * quiet, quiet + 0.005))
    begun = ring(house)
    took = sorted(when - begun for when in crowd.hear(b'unread', 20).values())
    say('an event reaches', f'{len(took)} of them, p99 {1000 * at(took, .99):.0f} ms', f'all, {1000 * EVENT_S:.0f} ms', len(took) == ready and at(took, .99) <= EVENT_S)
    crowd.close()


def ring(house):
    """Publishes a notice for m001; when that was answered."""
    member = house.rows("SELECT m.id FROM members m JOIN accounts a ON a.org_id = m.org_id AND a.person_id = m.person_id WHERE a.login_name = 'm001'")[0][0]
    for path, body in (('/notices', {'title': '通知', 'body': '请各位委员知悉。', 'audience': [f'member:{member}']}), ('/notices/{}/publish', {})):
        found = house.rows("SELECT max(id), max(version) FROM notices WHERE title = '通知'")[0]
        begun = time.monotonic()
        answer = house.ask('POST', '/api/v1' + path.format(found[0]), dict(body, version=found[1]) if found[1] else body)
        if answer.status not in (200, 201):
            raise SystemExit(f'prove: {path} was answered {answer.status} {answer.body[:300]}')
    return begun


# ---- one who takes too much ----

def shipped_site(folder, port, behind):
    """nginx with the site of the package, without its certificates."""
    site = (ROOT / 'tools/package/nginx-site').read_text()
    site = re.sub(r'(?m)^.*(\[::\]|ssl_).*$', '', site).replace('listen 443 ssl http2;', f'listen 127.0.0.1:{port};')
    site = site.replace('listen 80;', f'listen unix:{folder}/plain;').replace('127.0.0.1:8080', f'127.0.0.1:{behind}').replace('/var/log/huotang', str(folder))
    temp = ' '.join(f'{what}_temp_path {folder}/{what};' for what in ('client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'))
    (folder / 'nginx.conf').write_text(f'daemon off; pid {folder}/pid; error_log {folder}/error; worker_rlimit_nofile 8192;\n'
                                       f'events {{ worker_connections 4096; }}\nhttp {{ {temp}\n{site}\n}}\n')
    return subprocess.Popen(['nginx', '-c', folder / 'nginx.conf'], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Others:
    """OTHERS who ask once a second, each from an address of his own: (status, seconds) each."""

    def __init__(self, port):
        self.port, self.seen, self.over = port, [], threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(n,)) for n in range(OTHERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def run(self, number):
        line = http.client.HTTPConnection('127.0.0.1', self.port, timeout=20, source_address=(f'127.0.{1 + number // 200}.{1 + number % 200}', 0))
        self.over.wait(number / OTHERS)
        while not self.over.is_set():
            begun = time.monotonic()
            try:
                line.request('GET', '/help', headers={'Host': 'x'})
                answer = line.getresponse()
                answer.read()
                self.seen.append((answer.status, time.monotonic() - begun))
            except (OSError, http.client.HTTPException) as fault:
                self.seen.append((type(fault).__name__, time.monotonic() - begun))
                line.close()
            self.over.wait(1)

    def p95(self):
        return at(sorted(took for _, took in self.seen), .95)


def fairness(say, house):
    folder = Path(tempfile.mkdtemp(prefix='huotang-crowds-'))
    folder.chmod(0o755)
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        port = s.getsockname()[1]
    nginx = shipped_site(folder, port, house.port)
    try:
        time.sleep(1)
        with Others(port) as alone:
            time.sleep(FAIR_S)
        with Others(port) as beside:
            (folder / 'greedy.lua').write_text(GREEDY)
            out = subprocess.run(['wrk', '-t1', '-c100', f'-d{FAIR_S}s', '-s', folder / 'greedy.lua', f'http://127.0.0.1:{port}/help'], capture_output=True, text=True).stdout
    finally:
        nginx.terminate()
        nginx.wait()
        shutil.rmtree(folder, ignore_errors=True)
    all_asked, refused = (int((re.findall(what, out) or ['0'])[0]) for what in (r'(\d+) requests in', r'Non-2xx or 3xx responses: (\d+)'))
    let, most = all_asked - refused, BURST + RATE * (FAIR_S + 1)
    say('one who asks without end', f'{all_asked} times, {let} of them let in, {refused} told 429', f'at most {most} let in', refused > 0 and let <= most)
    odd = [status for status, _ in beside.seen if status != 200]
    say(f'{OTHERS} others meanwhile', f'{len(beside.seen)} asked, p95 {1000 * beside.p95():.1f} ms, {1000 * alone.p95():.1f} ms without him, {len(odd)} not let in',
        'all let in, p95 at most half more, or 10 ms', not odd and beside.p95() <= max(FAIR_MORE * alone.p95(), alone.p95() + 0.01))


# ---- a long day ----

def soak(say, house):
    """Readers and writers, with pauses; what it holds is looked at after a fifth and at the end."""
    over, faults, done = threading.Event(), [], [0]

    def work(number):
        turn = 0
        while not over.wait(0.02):
            turn += 1
            try:
                path = ('/api/v1/proposals?limit=20', '/api/v1/proposals?state=closed&limit=20', '/livez', '/api/v1/notices')[turn % 4]
                answer = house.draft(f'长跑 {number}-{turn}', f'{number}-{turn}') if turn % 10 == 0 else house.ask('GET', path)
                done[0] += 1
                if answer.status not in (200, 201):
                    faults.append(answer.status)
            except OSError as fault:
                faults.append(type(fault).__name__)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(SOAK_S / 5)
    memory, open_files = own_kb(house), files(house)
    time.sleep(SOAK_S * 4 / 5)
    later, later_files = own_kb(house), files(house)
    over.set()
    for thread in threads:
        thread.join()
    say(f'{SOAK_S} s of work', f'{done[0]} requests, {len(faults)} faults {sorted(map(str, set(faults)))}', 'no fault', not faults)
    say('memory from a fifth of it to the end', f'{memory / 1024:.1f} to {later / 1024:.1f} MiB', f'{RSS_MORE:.2f} times at most, or 2 MiB', later <= max(memory * RSS_MORE, memory + 2048))
    say('open files', f'{open_files}, then {later_files}', 'as many, but for connections of the moment', later_files <= open_files + 8)


def prove(say):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, STREAMS + 5000) if hard > 0 else STREAMS + 5000, hard))
    with House() as house:
        house.env.update(HUOTANG_TRUSTED_PROXIES='127.0.0.1', HUOTANG_MAX_CONNECTIONS=str(2 * STREAMS + 1000))
        house.must('demo', '--scale', '0')
        house.token = house.must('token', 'add', 'staff').strip().split()[-1]
        house.member = house.rows('SELECT min(id) FROM members')[0][0]
        house.serve().wait_ready()
        streams(say, house)
        fairness(say, house)
        soak(say, house)
