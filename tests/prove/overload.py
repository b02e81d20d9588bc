# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove overload`: how much the house does and what it does beyond that (R1, R6, R8). Requests a second and p95 from 1 to 2,000 clients on
loopback for a public page, a list, a case and a submission, drawn in overload.svg; then ten times what it can do, with somebody who asks as always:
who is let in waits no longer than a second, who is not gets 503 with Retry-After and a Chinese word, nothing acknowledged is lost, and soon after all
is as before; then 2,000 log-ins at once. Slow clients (R2), full tables of files (R3) and restarts (R7): `./dev prove durability`. The clients run on
the same machine and take their part of it. HUOTANG_OVERLOAD_SECONDS (10) for each point, HUOTANG_OVERLOAD_CLIENTS (2000) for the most."""
import http.cookiejar, json, os, re, resource, subprocess, sys, tempfile, threading, time, urllib.parse, urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests/durability'))
from house import House

CURVE = ROOT / 'docs/reference/overload.svg'
STEPS = (1, 4, 16, 64, 256, 1000, 2000)
GOODPUT, ACCEPTED_S, REFUSED_S, AGAIN_S, STORM_S, MEMORY_MIB = 0.85, 1.0, 0.05, 5.0, 0.3, 512
LUA = '''
local threads = {}
function setup(thread) thread:set("number", #threads); table.insert(threads, thread) end
function init() good, busy, hinted, odd, asked, sample = 0, 0, 0, 0, 0, "" end
function request()
    asked = asked + 1
    if not wrk.body then return wrk.format() end
    local key = string.format("%s-%d-%d", wrk.headers["X-Run"], number, asked)
    wrk.headers["Idempotency-Key"] = key
    return wrk.format(nil, nil, nil, string.gsub(wrk.body, "KEY", key))
end
function response(status, headers, body)
    if status < 400 then good = good + 1
    elseif status == 503 or status == 429 then
        busy = busy + 1
        if headers["Retry-After"] then hinted = hinted + 1 end
        sample = body
    else odd = odd + 1 end
end
function done(summary, latency)
    local all, text = { good = 0, busy = 0, hinted = 0, odd = 0 }, ""
    for _, thread in ipairs(threads) do
        for name in pairs(all) do all[name] = all[name] + thread:get(name) end
        if thread:get("sample") ~= "" then text = thread:get("sample") end
    end
    io.write(string.format("FIGURES %f %f %d %d %d %d\\n", summary.duration / 1e6, latency:percentile(95) / 1000, all.good, all.busy, all.hinted, all.odd))
    io.write("SAMPLE " .. string.gsub(text, "%s+", " ") .. "\\n")
end
'''


class Load:
    """What wrk found: good answers a second, p95 in ms, answers by kind, the text of a refusal."""

    def __init__(self, house, path, clients, seconds, headers=(), body=''):
        with tempfile.NamedTemporaryFile('w', suffix='.lua') as lua:
            lua.write(LUA)
            if body:
                lua.write(f'wrk.method = "POST"\nwrk.body = [==[{body}]==]\nwrk.headers["X-Run"] = "{path[-9:]}-{clients}-{time.monotonic_ns()}"\n')
            lua.flush()
            argv = ['wrk', f'-t{min(2, clients)}', f'-c{clients}', f'-d{seconds}s', '--timeout', '20s', '-s', lua.name]
            for header in headers:
                argv += ['-H', header]
            out = subprocess.run([*argv, f'http://127.0.0.1:{house.port}{path}'], capture_output=True, text=True).stdout
        found = re.search(r'FIGURES (\S+) (\S+) (\d+) (\d+) (\d+) (\d+)\nSAMPLE (.*)', out)
        if not found:
            raise SystemExit(f'prove: wrk says {out[-500:]}')
        self.good, self.busy, self.hinted, self.odd = map(int, found.groups()[2:6])
        self.rps, self.p95, self.sample = self.good / float(found[1]), float(found[2]), found[7]


class Probe(threading.Thread):
    """Somebody who asks for the list as always, meanwhile: (status, seconds) each."""

    def __init__(self, house):
        super().__init__(daemon=True)
        self.house, self.over, self.seen = house, threading.Event(), []

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.join()

    def run(self):
        while not self.over.wait(0.02):
            self.seen.append(asked(self.house))

    def of(self, *wanted):
        return sorted(took for status, took in self.seen if status in wanted)


def asked(house):
    begun = time.monotonic()
    try:
        status = house.ask('GET', '/api/v1/proposals?limit=5', timeout=20).status
    except OSError as fault:
        status = type(fault).__name__
    return status, time.monotonic() - begun


def at(values, part):
    return values[min(len(values) - 1, int(len(values) * part))] if values else 0.0


def memory_mib(house):
    """The most that its processes have had in memory."""
    total = 0
    for pid in house.alive():
        text = Path(f'/proc/{pid}/status').read_text()
        total += int((re.findall(r'VmHWM:\s+(\d+)', text) or ['0'])[0])
    return total / 1024


def signed_in(house, password, name='staff'):
    jar, base = http.cookiejar.CookieJar(), f'http://127.0.0.1:{house.port}'
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(base + '/login').read().decode()
    form = page[page.index('action="/login"'):]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)[:3])
    fields.update(login_name=name, password=password)
    opener.open(urllib.request.Request(base + '/login', urllib.parse.urlencode(fields).encode(), {'Origin': base}))
    return '; '.join(f'{c.name}={c.value}' for c in jar)


# ---- the curve ----

def drawn(curves):
    """Two panels, requests/s and p95 over clients, both axes logarithmic."""
    import math
    colours = dict(zip(curves, ('#1f6feb', '#b35900', '#1a7f37', '#8250df')))
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 420" font-family="sans-serif" font-size="13" role="img">',
             '<title>Requests a second and p95 from 1 to 2,000 clients</title><rect width="960" height="420" fill="#fff"/>']
    for panel, (name, index) in enumerate((('requests/s', 1), ('p95, ms', 2))):
        left, top, wide, high = 70 + panel * 470, 50, 380, 310
        values = [max(0.1, p[index]) for curve in curves.values() for p in curve]
        low, most = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + 1e-9)
        x = lambda clients: left + wide * math.log10(clients) / math.log10(STEPS[-1])
        y = lambda value: top + high * (1 - (math.log10(max(0.1, value)) - low) / max(1, most - low))
        parts.append(f'<text x="{left}" y="{top - 16}" font-weight="bold">{name}</text>')
        for power in range(low, most + 1):
            parts.append(f'<path d="M{left} {y(10 ** power):.1f}h{wide}" stroke="#ddd"/>'
                         f'<text x="{left - 8}" y="{y(10 ** power) + 4:.1f}" text-anchor="end">{10 ** power:g}</text>')
        for clients in STEPS:
            parts.append(f'<text x="{x(clients):.1f}" y="{top + high + 20}" text-anchor="middle">{clients if clients < 1000 else str(clients // 1000) + "k"}</text>')
        for kind, curve in curves.items():
            line = ' '.join(f'{x(p[0]):.1f},{y(p[index]):.1f}' for p in curve)
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colours[kind]}" stroke-width="2"/>')
    for i, kind in enumerate(curves):
        parts.append(f'<rect x="{70 + i * 150}" y="396" width="14" height="14" fill="{colours[kind]}"/><text x="{90 + i * 150}" y="408">{kind}</text>')
    CURVE.write_text('\n'.join(parts) + '\n</svg>\n')


def curve_of(say, house, kinds, steps, seconds):
    curves = {}
    for kind, (path, headers, body) in kinds.items():
        for clients in steps:
            load = Load(house, path, clients, seconds, headers, body)
            curves.setdefault(kind, []).append((clients, load.rps, load.p95))
            say(f'{kind}, {clients} clients', f'{load.rps:.0f}/s, p95 {load.p95:.1f} ms' + (f', {load.busy} told to come later' if load.busy else ''),
                'no other fault', load.odd == 0)
    return curves


# ---- beyond ----

def beyond(say, house, kinds, curves, seconds, most):
    count = "SELECT COUNT(*), COUNT(DISTINCT title) FROM proposals WHERE title LIKE '压力%'"
    before = house.rows(count)[0][0]
    for kind in ('list', 'submission'):
        path, headers, body = kinds[kind]
        with Probe(house) as probe:
            load = Load(house, path, most, seconds, headers, body)
        peak = max(rps for _, rps, _ in curves[kind])
        say(f'{kind}s at {most} clients', f'{load.rps:.0f}/s of {peak:.0f} at best', f'{100 * GOODPUT:.0f} %', load.rps >= GOODPUT * peak)
        taken, refused = probe.of(200), probe.of(429, 503)
        say('who asks meanwhile', f'{len(taken)} times let in, p99 {at(taken, .99):.2f} s', f'{ACCEPTED_S:.0f} s', bool(taken) and at(taken, .99) <= ACCEPTED_S)
        if refused:
            say('told to come later', f'{len(refused)} times, p95 {1000 * at(refused, .95):.0f} ms', f'{1000 * REFUSED_S:.0f} ms', at(refused, .95) <= REFUSED_S)
        if load.busy:
            spoken = load.hinted == load.busy and re.search('[\u4e00-\u9fff]', load.sample)
            say('surplus', f'{load.busy} answers 503 or 429: {load.sample[:120]}', 'Retry-After and a Chinese word', bool(spoken))
        say(f'other faults among {kind}s', str(load.odd), '0', load.odd == 0)
        took = recovered(house)
        say('as before again after', f'{took:.1f} s', f'{AGAIN_S:.0f} s', took <= AGAIN_S)
        if kind == 'submission':
            rows, titles = house.rows(count)[0]
            say('acknowledged submissions', f'{load.good}, {rows - before} stored', 'none lost, none doubled', rows - before >= load.good and rows == titles)


def recovered(house):
    """Seconds until five in a row are answered within 100 ms."""
    begun, row = time.monotonic(), 0
    while row < 5 and time.monotonic() < begun + 60:
        status, took = asked(house)
        row = row + 1 if status == 200 and took < 0.1 else 0
    return time.monotonic() - begun


def storm(say, house, most):
    with Probe(house) as probe:
        answers = house.log_ins(most)
    say(f'{most} log-ins at once', ', '.join(f'{n} × {status}' for status, n in sorted(answers.items())), 'no 500', '500' not in answers)
    seen = probe.of(200)
    say('who asks meanwhile', f'{len(seen)} times, p95 {1000 * at(seen, .95):.0f} ms', f'{1000 * STORM_S:.0f} ms', bool(seen) and at(seen, .95) <= STORM_S)


def prove(say):
    seconds, most = int(os.environ.get('HUOTANG_OVERLOAD_SECONDS', '10')), int(os.environ.get('HUOTANG_OVERLOAD_CLIENTS', '2000'))
    resource.setrlimit(resource.RLIMIT_NOFILE, (2 * STEPS[-1] + 1000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with House() as house:
        told = house.must('demo', '--scale', '1')
        house.token = house.must('token', 'add', 'staff').strip().split()[-1]
        house.member, case = house.rows('SELECT min(id) FROM members')[0][0], house.rows("SELECT min(id) FROM proposals WHERE state = 'closed'")[0][0]
        house.serve().wait_ready()
        cookie = 'Cookie: ' + signed_in(house, re.search(r'[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}', told)[0])
        draft = json.dumps({'proposer_id': house.member, 'kind': 'personal', 'title': '压力 KEY', 'situation': '试验用的情况说明。'}, ensure_ascii=False)
        kinds = {'page': ('/help', [], ''), 'list': ('/proposals?state=closed', [cookie], ''), 'case': (f'/proposals/{case}', [cookie], ''),
                 'submission': ('/api/v1/proposals', [f'Authorization: Bearer {house.token}', 'Content-Type: application/json'], draft)}
        curves = curve_of(say, house, kinds, [step for step in STEPS if step <= most], seconds)
        drawn(curves)
        say('curve', '[overload.svg](overload.svg)')
        beyond(say, house, kinds, curves, seconds, most)
        storm(say, house, most)
        used = memory_mib(house)
        say('memory at most', f'{used:.0f} MiB', f'{MEMORY_MIB} MiB', used <= MEMORY_MIB)
        whole = house.rows('PRAGMA integrity_check') == [('ok',)]
        say('the store', 'whole' if whole else 'damaged', 'whole', whole)
