# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove scan`: scanners and lists of injections against the demo city on loopback (F4). A crawl as ten people of the house finds pages, filters
and forms; wfuzz's lists go into every filter and, by naughty_test, into every text field of every route that writes; wapiti (all modules that need
no other host and no guessing of passwords) looks as a stranger, a member and the office; sqlmap (level 3, risk 2) asks filters and forms with their
cookies and headers. HUOTANG_SCAN_ENDPOINTS (40) for sqlmap, HUOTANG_SCAN_MODULE_SECONDS (60) for each module of wapiti. Half an hour."""
import http.client, json, os, re, sqlite3, subprocess, sys, tempfile, time, urllib.parse
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests/durability'))
from house import House
from overload import signed_in

PEOPLE = ('m001', 'staff', 'dispatcher', 'editor', 'op01', 'head01', 'sysadmin', 'secadmin', 'auditor')
LISTS = Path('/usr/share/wfuzz/wordlist/Injections')
ENDPOINTS, FIELDS, LIMIT_S, SLOW_S, SIDES, ALIKE = 30, 4, 600, 2.0, os.cpu_count(), 2
# Of one use, or nobody's to choose: the token of a login, the key of one handing in.
NOT_SENT = {'idempotency'}
# Passwords are guessed by signin_test; nikto, wapp and ssrf ask hosts elsewhere.
NOT_ASKED = {'brute_login_form', 'nikto', 'wapp', 'ssrf'}
# What wapiti finds and is meant so.
OURS = {'Strict-Transport-Security is not set': 'no TLS on loopback; the nginx site sets it',
        'Secure flag is not set': 'no TLS on loopback; with it the cookie is __Host-',
        'X-Frame-Options is not set': 'Content-Security-Policy says frame-ancestors',
        'X-XSS-Protection is not set': 'a filter that browsers have given up; the policy forbids scripts of a page',
        'Lack of anti CSRF token at /mode': 'how a page looks; the Origin is checked as everywhere',
        'Lack of anti CSRF token at /burdens/public': 'nobody is signed in and no cookie is read; a stamp with a proof of work stands in the form',
        'Lack of anti CSRF token at /letters/new': 'likewise'}


# ---- what there is ----

class Page(HTMLParser):
    """Links and forms of a page."""
    def __init__(self, text):
        super().__init__()
        self.links, self.forms, self.form = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        at = dict(attributes)
        if tag == 'a' and at.get('href', '').startswith('/'):
            self.links.append(at['href'].split('#')[0])
        elif tag == 'form':
            self.form = {'method': at.get('method', 'get').upper(), 'action': at.get('action') or '', 'fields': []}
            self.forms.append(self.form)
        elif self.form and at.get('name') and at['name'] not in NOT_SENT and tag in ('input', 'select', 'textarea'):
            if at.get('type') not in ('file', 'password', 'submit'):
                self.form['fields'].append((at['name'], at.get('value') or ''))

    def handle_endtag(self, tag):
        if tag == 'form':
            self.form = None


def shape(path):
    return re.sub(r'\d+', '{id}', path.split('?')[0])


class Client:
    def __init__(self, port, cookie):
        self.port, self.connection = port, http.client.HTTPConnection('127.0.0.1', port, timeout=60)
        self.headers = {'Cookie': cookie} if cookie else {}

    def get(self, path):
        for again in (True, False):
            try:
                self.connection.request('GET', path, headers=self.headers)
                answer = self.connection.getresponse()
                return answer.status, answer.headers.get('Content-Type', ''), answer.read()
            except (http.client.HTTPException, ConnectionError):
                self.connection.close()
                if not again:
                    raise


def crawled(port, cookie):
    """Forms and links with filters as who has the cookie finds them: (method, path, fields), a few of each shape."""
    client, left, seen, found = Client(port, cookie), ['/'], Counter(), {}
    while left:
        path = left.pop()
        if seen[shape(path)] >= ALIKE or path.startswith('/logout'):
            continue
        seen[shape(path)] += 1
        status, kind, body = client.get(path)
        if status != 200 or 'text/html' not in kind:
            continue
        page = Page(body.decode())
        left += page.links
        for link in page.links:
            if '?' in link:
                found.setdefault(('GET', shape(link)), (link.split('?')[0], [])) [1].extend(urllib.parse.parse_qsl(link.split('?')[1], True))
        for form in page.forms:
            action = form['action'].split('?')[0] or path.split('?')[0]
            found.setdefault((form['method'], shape(action)), (action, []))[1].extend(form['fields'])
    return {key: (path, list(dict(reversed(fields)).items())) for key, (path, fields) in found.items() if fields}, sum(seen.values())


# ---- lists ----

def injections():
    lines = {}
    for path in sorted(LISTS.glob('*.txt')):
        for line in path.read_text(errors='replace').splitlines():
            lines[line] = None
    return [line for line in lines if line]


def each_once(found):
    """(method, shape of the path) -> who saw the most of it, path and fields."""
    every = {}
    for who, endpoints in found.items():
        for key, (path, fields) in endpoints.items():
            if key not in every or len(fields) > len(every[key][2]):
                every[key] = (who, path, fields)
    return every


def filtered(port, cookie, path, fields, name, words):
    """What is wrong with the answers when one filter gets each word."""
    client, wrong = Client(port, cookie), []
    for word in words:
        query = urllib.parse.urlencode({**dict(fields), name: word})
        begun = time.monotonic()
        status, kind, body = client.get(f'{path}?{query}')
        took, text = time.monotonic() - begun, body.decode(errors='replace')
        raw = 'text/html' in kind and re.search(r'[<"\']', word) and len(word) > 8 and word in text
        told = re.search(r'SQL(?:ITE)?_?(?:ERROR|STATE)|syntax error|sqlite3|postgres|Traceback|root:x:0', text)
        for what, bad in (('status', status >= 500), ('written as it is', raw), ('tells', told), ('slow', took > SLOW_S)):
            if bad:
                wrong.append(f'{path} {name}={word[:40]!r}: {what} {status}, {took:.1f} s')
    return wrong


def lists_tried(say, port, cookies, found, words):
    jobs = [(port, cookies[who], path, fields, name, words)
            for (method, _), (who, path, fields) in each_once(found).items() if method == 'GET' for name, _ in fields]
    with ThreadPoolExecutor(SIDES) as pool:
        wrong = [w for told in pool.map(lambda job: filtered(*job), jobs) for w in told]
    say('wfuzz, filters', f'{len(words)} words in each of {len(jobs)}, {len(words) * len(jobs):,} requests')
    say('wfuzz, filters: 500s, errors told, words written raw, slow', f'{len(wrong)}' + ''.join(f'; {w}' for w in wrong[:5]), '0', not wrong)


def fields_tried(say, words):
    program = 'tests/security/naughty_test'
    subprocess.run(['make', '-s', '-j2', f'build/tests/{program}'], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with tempfile.NamedTemporaryFile('w', suffix='.json') as file:
        json.dump(words, file)
        file.flush()
        env = {**os.environ, 'HUOTANG_NAUGHTY': '1', 'HUOTANG_NAUGHTY_LIST': file.name, 'HUOTANG_TEST_DB': 'sqlite:', 'TZ': 'Asia/Shanghai', 'LC_ALL': 'C.UTF-8',
               'HUOTANG_BUILD': str(ROOT / 'build'), 'HUOTANG_BIN': str(ROOT / 'build/huotang')}
        done = subprocess.run([ROOT / 'build/tests' / program], cwd=ROOT, env=env, capture_output=True, text=True, errors='replace')
    told = re.search(r'^# (\d+ strings, \d+ text fields.*requests.*)$', done.stdout, re.M)
    say('wfuzz, text fields', told[1] if told else done.stdout[-200:] + done.stderr[-200:], 'no 500, each kept or refused', bool(told) and done.returncode == 0)


# ---- wapiti ----

def modules():
    told = subprocess.run(['wapiti', '--list-modules'], capture_output=True, text=True).stdout
    return [name for name in re.findall(r'^\t(\w+)', told, re.M) if name not in NOT_ASKED]


def wapiti_run(folder, house, cookie, limit, *words):
    """A run of wapiti, which keeps what it knows in the folder and asks nobody but this machine; its report and what it said."""
    report = Path(folder, 'report.json')
    report.unlink(missing_ok=True)
    command = ['wapiti', '-u', f'http://127.0.0.1:{house.port}/', '--scope', 'domain', '--no-bugreport',
               '-f', 'json', '-o', report, '--store-session', folder, '--store-config', folder, *words] + (['-H', f'Cookie: {cookie}'] if cookie else [])
    nobody = {'HTTP_PROXY': 'http://127.0.0.1:9', 'HTTPS_PROXY': 'http://127.0.0.1:9', 'NO_PROXY': '127.0.0.1'}
    try:
        said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace', timeout=limit,
                              env={**os.environ, 'HOME': folder, **nobody}).stdout
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b'').decode(errors='replace') + 'Max attack time was reached'
    return json.loads(report.read_text()) if report.exists() else None, said


def forget(folder, path):
    """Takes an address out of what wapiti crawled: its own way to leave one out (-x) does not work under Python 3.11."""
    for name in Path(folder).glob('*.db'):
        db = sqlite3.connect(name)
        with db:
            db.execute('DELETE FROM paths WHERE path LIKE ?', (f'%{path}',))
        db.close()


def wapiti(say, house, who, cookie, seconds):
    asked, findings, short, silent = modules(), [], [], []
    with tempfile.TemporaryDirectory() as folder:
        _, said = wapiti_run(folder, house, cookie, 300, '-m', '', '--max-scan-time', '120', '--max-files-per-dir', '40')
        pages = re.search(r'found (\d+) URLs and forms', said)
        forget(folder, '/logout')
        for module in asked:
            told, said = wapiti_run(folder, house, cookie, 3 * seconds, '--skip-crawl', '--flush-attacks', '-m', module, '--max-attack-time', str(seconds))
            short += [module] * ('Max attack time was reached' in said)
            silent += [module] * (told is None and module not in short)
            findings += [f'{name}: {one["info"]} at {one["path"]} {one.get("parameter") or ""}' for group in ('vulnerabilities', 'anomalies')
                         for name, ones in (told or {group: {}})[group].items() for one in ones]
    say(f'wapiti as {who}', f'{len(asked)} modules on {pages[1] if pages else 0} addresses and forms; cut short after {seconds} s: {", ".join(short) or "none"}',
        'each reports', bool(pages) and not silent)
    left = [f for f in findings if not any(known in f for known in OURS)]
    say(f'wapiti as {who}: findings', f'{len(left)}' + ''.join(f'; {f[:160]}' for f in left[:8]) + (f'; silent: {", ".join(silent)}' if silent else ''), '0',
        not left)
    for known, why in OURS.items():
        if count := sum(known in f for f in findings):
            say(f'wapiti as {who}: {known}', f'{count}: {why}')


# ---- sqlmap ----

def sqlmap(port, cookie, method, path, fields):
    """clean, injectable or untested, and the last word. A filter is asked of the API, whose answers are shorter; a form answers in JSON, too."""
    api = '/api/v1' + path
    if method == 'GET' and Client(port, cookie).get(api)[0] == 200:
        path, fields = api, [*fields, ('limit', '1')]
    body = urllib.parse.urlencode(fields)
    with tempfile.TemporaryDirectory() as folder:
        command = ['sqlmap', '-u', f'http://127.0.0.1:{port}{path}' + (f'?{body}' if method == 'GET' else ''), '--cookie', cookie, '--batch', '--level', '3',
                   '--risk', '2', '--dbms', 'SQLite', '--output-dir', folder, '--disable-coloring', '--ignore-code', '*', '--skip-waf', '--keep-alive',
                   '--headers', 'Accept: application/json', '--time-sec', '4', '--answers', 'redirect=N,new cookies=N'] + (
                   ['--data', body] if method == 'POST' else [])
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors='replace', env={**os.environ, 'HOME': folder}, timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            return 'untested', f'not done after {LIMIT_S} s'
    if 'identified the following injection point' in done.stdout:
        return 'injectable', re.search(r'^Parameter: .*$', done.stdout, re.M)[0]
    clean = 'all tested parameters do not appear to be injectable' in done.stdout
    return ('clean', '') if clean else ('untested', done.stdout.strip().splitlines()[-1][:160] if done.stdout.strip() else 'silent')


def chosen(found, most):
    """(who, method, path, fields) of so many endpoints: those with the most fields, three quarters of them filters, each shape once."""
    every = [(who, method, path, fields[:FIELDS]) for (method, _), (who, path, fields) in each_once(found).items() if who]
    gets, posts = (sorted((e for e in every if e[1] == method), key=lambda e: -len(e[3])) for method in ('GET', 'POST'))
    return gets[:most * 3 // 4] + posts[:most // 4]   # a form's answers are pages, and slow to compare


def maps(say, port, cookies, found, most):
    asked = chosen(found, most)
    with ThreadPoolExecutor(SIDES) as pool:
        told = list(pool.map(lambda e: sqlmap(port, cookies[e[0]], *e[1:]), asked))
    fates = Counter(fate for fate, _ in told)
    fields = sum(len(e[3]) for e in asked)
    say('sqlmap', f'{fates["clean"]} endpoints with {fields} fields, cookies and headers asked', f'{ENDPOINTS}', fates['clean'] >= ENDPOINTS)
    bad = [f'{e[1]} {e[2]}: {word}' for e, (fate, word) in zip(asked, told) if fate == 'injectable']
    say('sqlmap: injectable', f'{len(bad)}' + ''.join(f'; {b}' for b in bad), '0', not bad)
    for e, (fate, word) in zip(asked, told):
        if fate == 'untested':
            say('sqlmap: not to be asked', f'{e[1]} {e[2]}: {word}')


def prove(say):
    seconds, most = int(os.environ.get('HUOTANG_SCAN_MODULE_SECONDS', '60')), int(os.environ.get('HUOTANG_SCAN_ENDPOINTS', '40'))
    with House() as house:
        told = house.must('demo', '--scale', '1')
        house.token = house.must('token', 'add', 'staff').strip().split()[-1]
        house.serve().wait_ready()
        password = re.search(r'[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}', told)[0]
        cookies = {'': '', **{name: signed_in(house, password, name) for name in PEOPLE}}
        found, pages = {}, 0
        for who, cookie in cookies.items():
            found[who], count = crawled(house.port, cookie)
            pages += count
        endpoints = {key for one in found.values() for key in one}
        say('crawled', f'{pages} pages by {len(cookies)} people; {len(endpoints)} filters and forms')
        words = injections()
        lists_tried(say, house.port, cookies, found, words)
        fields_tried(say, words)
        maps(say, house.port, cookies, found, most)
        for who in ('', 'm001', 'staff'):
            wapiti(say, house, who or 'a stranger', cookies[who], seconds)
        faults = [line for line in (house.dir / 'server.log').read_text(errors='replace').splitlines() if '"level":"error"' in line]
        say('errors in the log', f'{len(faults)}' + ''.join(f'; {f[:160]}' for f in faults[:3]), '0', not faults)
        say('the store', str(house.rows('PRAGMA integrity_check')[0][0]), 'ok', house.rows('PRAGMA integrity_check') == [('ok',)])
