# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove lighthouse`: ten pages of the demo city as Lighthouse sees them from a phone on slow 4G with a processor four times slower (Q2, Q3):
scores, largest paint, shifts, blocked time. Each page three times, the one in the middle counts. Some five minutes."""
import json, re, subprocess, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests/durability'))
from house import House
from overload import signed_in

FOLDER = Path(__file__).with_suffix('')
PERFORMANCE, PAINT_MS, SHIFT, BLOCKED_MS = 95, 1500, 0.02, 50


def pages(house, password):
    """(name, path, who looks)"""
    case = house.rows("SELECT min(id) FROM proposals WHERE state = 'closed'")[0][0]
    meeting = house.rows("SELECT max(id) FROM meetings WHERE state = 'settled'")[0][0]
    member, staff = (signed_in(house, password, name) for name in ('m001', 'staff'))
    return [('public page', '/', ''), ('log-in', '/login', ''), ('letter', '/letters/new', ''), ('help', '/help', ''),
            ("a member's first page", '/', member), ('a new opinion', '/opinions/new', member), ('proposals', '/proposals', member),
            ('what I did', '/entries', member), ('a case', f'/proposals/{case}', staff), ('a meeting', f'/meetings/{meeting}', staff)]


def prove(say):
    subprocess.run(['make', '-s', 'tests/prove/lighthouse/node_modules/.package-lock.json'], cwd=ROOT, check=True)
    with House() as house:
        told = house.must('demo', '--scale', '1')
        house.token = house.must('token', 'add', 'staff').strip().split()[-1]
        house.serve().wait_ready()
        asked = [{'name': name, 'url': f'http://127.0.0.1:{house.port}{path}', 'cookie': cookie}
                 for name, path, cookie in pages(house, re.search(r'[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}', told)[0])]
        done = subprocess.run(['node', FOLDER / 'audit.mjs'], input=json.dumps(asked), capture_output=True, text=True)
        looks = [json.loads(line) for line in done.stdout.splitlines()]
        for ask, look in zip(asked, looks):
            path = ask['url'].split(str(house.port), 1)[1]
            if look['at'] != path:
                say(look['name'], f'led to {look["at"]}', path, False)
                continue
            performance, accessibility, practices = look['scores']
            say(look['name'], f'{performance}/{accessibility}/{practices}' + (f', not whole: {", ".join(look["failed"])}' if look['failed'] else ''),
                f'{PERFORMANCE}/100/100', performance >= PERFORMANCE and accessibility == practices == 100)
            say(f'{look["name"]}: paint, shift, blocked', f'{look["lcp"]:.0f} ms, {look["cls"]:.3f}, {look["tbt"]:.0f} ms, {look["bytes"] / 1024:.0f} KiB',
                f'{PAINT_MS} ms, {SHIFT}, {BLOCKED_MS} ms', look['lcp'] <= PAINT_MS and look['cls'] <= SHIFT and look['tbt'] <= BLOCKED_MS)
        say('pages looked at', str(len(looks)), str(len(asked)), len(looks) == len(asked))
        if done.returncode:
            say('it ended badly', done.stderr.strip()[-300:], 'well', False)
