# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove durability`: the long forms of tests/durability: kill -9 at random moments under load over drafts, steps of proposals and letters
(D1), restarts under load (R7), slow clients (R2), a full disk (D6), backup and restore with every bit of it tried (D7, D10), exhaustion."""
import os, re, subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONG = {'crash': {'HUOTANG_KILLS': '1000'}, 'restart': {'HUOTANG_RESTARTS': '100'}, 'slow_clients': {'HUOTANG_SLOW_CLIENTS': '10000'},
        'disk': {}, 'backup': {}, 'exhaustion': {}}
ACKNOWLEDGED = 100_000


def prove(say):
    for name, more in LONG.items():
        done = subprocess.run(['python3', ROOT / f'tests/durability/{name}_test.py'], env=dict(os.environ, **more), capture_output=True, text=True)
        lines = done.stdout.splitlines()
        for line in lines:
            if line.startswith('# '):
                say(name, line[2:])
        if name == 'crash':
            told = sum(map(int, re.findall(r'(\d+) (?:acknowledged|steps acknowledged|with a receipt)', done.stdout)))
            say('crash: acknowledged in all', f'{told:,}', f'{ACKNOWLEDGED:,}', told >= ACKNOWLEDGED)
        passed, failed = (sum(line.startswith(word) for line in lines) for word in ('ok ', 'not ok '))
        say(name, f'{passed} passed, {failed} failed', '0 failed', failed == 0 and passed > 0 and done.returncode == 0)
        for line in lines:
            if line.startswith('not ok '):
                say(name, line[:300])
