# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove power`: power cuts below SQLite (D2), in process: at any write of a day's work, of checkpoints and of recoveries, unforced writes
are lost, torn or in another order; what is left must open, be sound, have a whole audit chain and be row for row the house after the last
acknowledged request or the one under way. A disk that lies about forcing must be found out. 10,000 cuts, half an hour; HUOTANG_CUTS for others."""
import os, re, subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = 'build/tests/tests/durability/power_cut_test'
CUTS = 10_000


def prove(say):
    subprocess.run(['make', '-j2', PROGRAM], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    env = {'HUOTANG_CUTS': str(CUTS), 'CMOCKA_MESSAGE_OUTPUT': 'tap', **os.environ, 'HUOTANG_TEST_DB': 'sqlite:'}
    done = subprocess.run([ROOT / PROGRAM], cwd=ROOT, env=env, capture_output=True, text=True)
    found = {word: int(number) for line in done.stdout.splitlines() if line.startswith('# ')
             for number, word in re.findall(r'(\d+) (cuts|requests acknowledged|lost|by half|unsound)', line)}
    wanted = int(env['HUOTANG_CUTS'])
    for line in done.stdout.splitlines():
        if re.match(r'# .*\d', line):   # not the framework's own
            say('cuts', line[2:])
    cuts = found.get('cuts', 0)
    say('cuts in all', f'{cuts:,}' + (f' of the {CUTS:,} of D2' if wanted < CUTS else ''), f'{wanted:,}', cuts >= wanted)
    for word, what in (('lost', 'acknowledged requests lost'), ('by half', 'requests there by half'), ('unsound', 'databases or chains unsound')):
        say(what, str(found.get(word, 'not counted')), '0', found.get(word) == 0)
    lied = bool(re.search(r'(?m)^ok \d+ - a_disk_that_lies', done.stdout))
    say('a disk that lies about forcing', 'found out' if lied else 'not found out', 'found out', lied)
    if done.returncode:
        say('it ended badly', (done.stderr.strip().splitlines() or [f'status {done.returncode}'])[-1][:300])
