# SPDX-License-Identifier: MulanPSL-2.0
"""The demo city as a running house, on the engine that HUOTANG_TEST_DB names, and people who sign in and fill in forms. For
the *_test.py here; the house itself is tests/durability/house.py."""
import http.client, os, re, sys, urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'durability'))
from house import BIN, ROOT, House, Tap  # noqa: E402, F401  (also for those who import this)


class Town(House):
    """With the people of the demo and `scale` proposals for each that the demo has; serves when entered."""

    def __init__(self, scale='0', **settings):
        super().__init__()
        self.env.update(settings)
        if os.environ.get('HUOTANG_TEST_DB', '').startswith('postgresql:'):
            self.env['HUOTANG_DB'] = os.environ['HUOTANG_TEST_DB']
        self.scale = scale

    def __enter__(self):
        said = self.must('demo', '--scale', self.scale)
        self.password = re.search(r'\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b', said)[0]
        self.token = self.must('token', 'add', 'staff').strip().splitlines()[-1]
        self.serve().wait_ready(path='/livez')
        return self

    def person(self, name):
        return Person(self).sign_in(name)


class Person:
    """A browser without scripts: cookies, and the token of the last page; from an address of this machine."""

    def __init__(self, town, source='127.0.0.1'):
        self.town, self.source, self.cookies, self.csrf = town, source, {}, ''

    def ask(self, method, path, body=None, **headers):
        headers = {k.replace('_', '-'): v for k, v in headers.items()}
        if self.cookies:
            headers['Cookie'] = '; '.join(f'{k}={v}' for k, v in self.cookies.items())
        connection = http.client.HTTPConnection('127.0.0.1', self.town.port, timeout=60, source_address=(self.source, 0))
        try:
            connection.request(method, path, body, headers)
            r = connection.getresponse()
            r.content = r.read()
        finally:
            connection.close()
        for line in r.headers.get_all('Set-Cookie') or []:
            key, _, value = line.split(';')[0].partition('=')
            self.cookies[key] = value
        found = re.search(rb'name="csrf" value="([^"]+)"', r.content)
        self.csrf = found[1].decode() if found else self.csrf
        return r

    def get(self, path, **headers):
        return self.ask('GET', path, **headers)

    def post(self, path, fields, **headers):
        body = urllib.parse.urlencode({'csrf': self.csrf, **fields}, doseq=True)
        return self.ask('POST', path, body, Content_Type='application/x-www-form-urlencoded', **headers)

    def sign_in(self, name, password=None):
        self.get('/login')
        answer = self.post('/login', {'login_name': name, 'password': password or self.town.password})
        if answer.status != 303:
            raise RuntimeError(f'{name} cannot sign in: {answer.status}')
        self.get('/inbox')
        return self
