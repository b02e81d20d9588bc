# SPDX-License-Identifier: MulanPSL-2.0
"""A house of its own for a durability test: data directory, one organisation, one member, a staff token, a server that
can be killed. Used by *_test.py here; prints TAP for them."""
import http.client, json, os, re, resource, shutil, signal, socket, sqlite3, subprocess, tempfile, time, urllib.parse, urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = os.environ.get('HUOTANG_BIN', str(ROOT / 'build/huotang'))


class Tap:
    def __init__(self, planned):
        self.number = self.bad = 0
        print(f'1..{planned}', flush=True)

    def check(self, name, good, why=''):
        self.number += 1
        self.bad += not good
        print(f'{"ok" if good else "not ok"} {self.number} - {name}' + (f': {why}' if why and not good else ''), flush=True)


class Answer:
    def __init__(self, status, body, headers):
        self.status, self.body, self.headers = status, body, headers

    def json(self):
        return json.loads(self.body)


class House:
    def __init__(self):
        self.dir = Path(tempfile.mkdtemp(prefix='huotang-durability-'))
        self.data = self.dir / 'data'
        self.server = None
        with socket.socket() as s:
            s.bind(('127.0.0.1', 0))
            self.port = s.getsockname()[1]
        self.env = {k: v for k, v in os.environ.items() if not k.startswith('HUOTANG_') or k == 'HUOTANG_SANDBOX'}
        self.env.update(HUOTANG_DATA=str(self.data), HUOTANG_LISTEN=f'127.0.0.1:{self.port}', HUOTANG_LOG_LEVEL='warn')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.server and self.server.poll() is None:
            self.kill_all()
        shutil.rmtree(self.dir, ignore_errors=True)

    def run(self, *words, data=None, **env):
        """A command; with data, in another data directory."""
        merged = dict(self.env, **env)
        if data:
            merged['HUOTANG_DATA'] = str(data)
        return subprocess.run([BIN, *map(str, words)], env=merged, cwd=self.dir, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)

    def must(self, *words, **options):
        done = self.run(*words, **options)
        if done.returncode:
            raise RuntimeError(f'huotang {" ".join(map(str, words))}: {done.stdout}{done.stderr}')
        return done.stdout

    def found(self):
        """Organisation, session, member, staff account with a token. Leaves it serving."""
        self.must('init', '--name', '试验市政协')
        self.must('user', 'add', 'staff', '--role', 'staff')
        self.token = self.must('token', 'add', 'staff').strip().splitlines()[-1]
        self.serve().wait_ready()
        today = self.today()
        session = self.ask('POST', '/api/v1/sessions',
                           {'term_number': 1, 'number': 1, 'opened_on': today, 'closed_on': today})
        if session.status >= 300:
            raise RuntimeError(f'session: {session.status} {session.body}')
        people = self.dir / 'members.csv'
        people.write_text('姓名,委员证号\n周试验,S001\n')
        self.must('import', 'members', people)
        self.member = self.rows('SELECT min(id) FROM members')[0][0]
        return self

    def found_city(self):
        """The people and bodies of the demo city, without proposals; likewise."""
        self.must('demo', '--scale', '0')
        self.token = self.must('token', 'add', 'staff').strip().split()[-1]
        self.member = self.rows('SELECT min(id) FROM members')[0][0]
        self.serve().wait_ready()
        return self

    def today(self):
        """The day in the house."""
        return time.strftime('%Y-%m-%d', time.gmtime(time.time() + 8 * 3600))

    def staff_of(self, agency):
        """Log-in names of an agency of the demo city: its operator and its leader, who signs."""
        lines = [line for line in (ROOT / 'seed/demo/agencies.txt').read_text().splitlines() if line and line[0] != '#']
        number = next(n for n, line in enumerate(lines, 1) if line.startswith(agency + ' = '))
        return {'operator': f'op{number:02}', 'leader': f'head{number:02}'}

    def rows(self, sql, data=None):
        db = sqlite3.connect(f'file:{data or self.data}/huotang.db', uri=True, timeout=20)
        try:
            with db:
                return db.execute(sql).fetchall()
        finally:
            db.close()

    def serve(self, limits=()):
        """limits: pairs (resource.RLIMIT_…, soft, hard) of the server."""
        def limit():
            for what, soft, hard in limits:
                resource.setrlimit(what, (soft, hard))
        self.log = open(self.dir / 'server.log', 'ab')
        self.server = subprocess.Popen([BIN, 'serve'], env=self.env, cwd=self.dir, stdin=subprocess.DEVNULL,
                                       stdout=self.log, stderr=self.log, start_new_session=True, preexec_fn=limit)
        return self

    def kill_all(self):
        """kill -9 of supervisor and workers: the power cut as far as a process can have one. Waits until none is left: a
        worker may still stand in an fsync, with the socket in its hand."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()
        end = time.monotonic() + 30
        while self.alive() and time.monotonic() < end:
            time.sleep(0.005)

    def alive(self):
        """Processes of the server's group that have not ended."""
        found = []
        for stat in Path('/proc').glob('[0-9]*/stat'):
            try:
                state, _, group = stat.read_text().rsplit(') ', 1)[1].split()[:3]
            except OSError:
                continue
            if int(group) == self.server.pid and state not in 'ZX':
                found.append(stat.parent.name)
        return found

    def stop(self):
        self.server.terminate()
        return self.server.wait(40)

    def workers(self):
        text = Path(f'/proc/{self.server.pid}/task/{self.server.pid}/children').read_text()
        return [int(pid) for pid in text.split()]

    def ask(self, method, path, body=None, key=None, timeout=10, token=None):
        headers = {'Authorization': 'Bearer ' + (token or self.token), 'Accept': 'application/json'}
        if body is not None:
            body = json.dumps(body, ensure_ascii=False).encode()
            headers['Content-Type'] = 'application/json'
        if key:
            headers['Idempotency-Key'] = key
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=timeout)
        try:
            connection.request(method, path, body, headers)
            r = connection.getresponse()
            return Answer(r.status, r.read().decode('utf-8', 'replace'), dict(r.getheaders()))
        finally:
            connection.close()

    def log_ins(self, many):
        """So many log-ins at once, all wrong and each of another name, so that each costs the whole hash: how many were answered how."""
        page = urllib.request.urlopen(f'http://127.0.0.1:{self.port}/login').read().decode()
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page[page.index('action="/login"'):])[:3])
        lines, answers = [], {}
        for i in range(many):
            body = urllib.parse.urlencode({**fields, 'login_name': f'nobody{i}', 'password': 'Quiet-River-2026'})
            s = socket.socket()
            s.settimeout(60)
            try:
                s.connect(('127.0.0.1', self.port))
                s.sendall(f'POST /login HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nOrigin: http://127.0.0.1:{self.port}\r\nConnection: close\r\n'
                          f'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}'.encode())
            except OSError:
                continue
            lines.append(s)
        for s in lines:
            try:
                status = s.recv(12)[9:12].decode() or 'closed'
            except OSError as fault:
                status = type(fault).__name__
            answers[status] = answers.get(status, 0) + 1
            s.close()
        return answers

    def wait_ready(self, seconds=60, path='/readyz'):
        """Ready to serve. A start that found the port still held (by a dying worker, or by a client that was given this very
        port for itself) is tried again, as a service manager would."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.server.poll() is not None:
                time.sleep(0.3)
                self.serve()
            try:
                if self.ask('GET', path, timeout=2).status == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.02)
        raise RuntimeError('not ready: ' + (self.dir / 'server.log').read_text()[-2000:])

    def draft(self, title, key, situation='试验用的情况说明。', **options):
        body = {'proposer_id': self.member, 'kind': 'personal', 'title': title, 'situation': situation}
        return self.ask('POST', '/api/v1/proposals', body, key, **options)
