# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove durability`: the long forms of tests/durability: kill -9 at random moments under load over drafts, steps of proposals and letters
(D1), restarts under load (R7), slow clients (R2), a full disk (D3), backup and restore with every bit of it tried (D6, D7, D10), exhaustion
(R3). A third of D1 by default, some ten minutes; the whole of it with HUOTANG_KILLS=1000, half an hour."""
import os, re, subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONG = {'crash': {'HUOTANG_KILLS': '300', 'HUOTANG_WRITERS': '24'}, 'restart': {'HUOTANG_RESTARTS': '100'},
        'slow_clients': {'HUOTANG_SLOW_CLIENTS': '10000'}, 'disk': {}, 'backup': {}, 'exhaustion': {}}
KILLS, ACKNOWLEDGED_PER_KILL = 1000, 100   # D1: 1,000 kills, 100,000 acknowledged writes


def crashed(say, text, wanted):
    """Kills and acknowledged writes against what was wanted; a run of fewer kills owes as much fewer writes, and says so."""
    kills = int((re.findall(r'^# (\d+) kills, \d+ acknowledged', text, re.M) or ['0'])[0])
    told = sum(map(int, re.findall(r'(\d+) (?:acknowledged|steps acknowledged|with a receipt)', text)))
    say('crash: kills', f'{kills:,}' + (f' of the {KILLS:,} of D1' if wanted < KILLS else ''), f'{wanted:,}', kills >= wanted)
    say('crash: acknowledged in all', f'{told:,}', f'{wanted * ACKNOWLEDGED_PER_KILL:,}', told >= wanted * ACKNOWLEDGED_PER_KILL)


def prove(say):
    for name, more in LONG.items():
        env = {**more, **os.environ}
        done = subprocess.run(['python3', ROOT / f'tests/durability/{name}_test.py'], env=env, capture_output=True, text=True)
        lines = done.stdout.splitlines()
        for line in lines:
            if line.startswith('# '):
                say(name, line[2:])
        if name == 'crash':
            crashed(say, done.stdout, min(KILLS, int(env['HUOTANG_KILLS'])))
        passed, failed = (sum(line.startswith(word) for line in lines) for word in ('ok ', 'not ok '))
        say(name, f'{passed} passed, {failed} failed', '0 failed', failed == 0 and passed > 0 and done.returncode == 0)
        for line in lines:
            if line.startswith('not ok '):
                say(name, line[:300])
        if done.returncode and not failed:   # it broke off: what it said last
            say(name, (done.stderr.strip().splitlines() or ['no word'])[-1][:300])
