# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove mutation`: every rule of who may what is broken alone (F9), and a test must notice. Permissions of routes and steps become another
one or none; a row of a flow starts from every state; each condition of a rule function says always yes, always no. First the permission matrix is
asked, in those cells that meet the rule; what it does not notice is tried on the relations and on the tests of the module. A rule that another one
doubles (both broken are noticed) and what stands with its reason in tests/prove/mutants.txt change nothing and are no mutants. An hour;
HUOTANG_MUTANTS_IN=claims,talks for the conditions and states of some modules only."""
import os, re, signal, subprocess, sys, tempfile, threading
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mutant_sources import ROOT, write_all

FOLDER = ROOT / 'build/mutation'
MATRIX, RELATIONS = 'tests/matrix/mutation_test', 'tests/matrix/relations_test'
REASONS = ROOT / 'tests/prove/mutants.txt'
WANTED = 0.98
SHOWN = 40
LINE = re.compile(r'# mutant (\w+) (.*): (killed|survived), (\d+) cells')


def built(programs):
    subprocess.run(['make', '-j2', *(f'build/mutation/tests/{p}' for p in programs)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def run(program, limit=600, **more):
    """The program as a test of SQLite, until the first test in it that fails; its output, None when it failed."""
    env = {**os.environ, 'CMOCKA_MESSAGE_OUTPUT': 'tap', 'HUOTANG_TEST_DB': 'sqlite:', 'TZ': 'Asia/Shanghai', 'LC_ALL': 'C.UTF-8',
           'HUOTANG_BUILD': str(ROOT / 'build'), 'HUOTANG_BIN': str(ROOT / 'build/huotang'), **more}
    child = subprocess.Popen(['stdbuf', '-oL', FOLDER / 'tests' / program], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             text=True, errors='replace', start_new_session=True)
    alarm, lines = threading.Timer(limit, os.killpg, (child.pid, signal.SIGKILL)), []
    alarm.start()
    for line in child.stdout:
        lines.append(line)
        if line.startswith('not ok'):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    alarm.cancel()
    return None if child.returncode else ''.join(lines)


def matrix_asked(sites):
    """(kind, name) -> killed, survived or doubled, as mutation_test tells."""
    told = run(MATRIX, limit=7200, HUOTANG_MUTANTS='all')
    if told is None:
        sys.exit('prove: the house without a mutant does not answer as the matrix says')
    fates, last = {}, None
    for line in told.splitlines():
        match = LINE.match(line)
        if match:
            last = (match[1], match[2])
            fates[last] = match[3]
        elif line.startswith('#   doubled'):
            fates[last] = 'doubled'
    for site in sites:   # those that no cell meets are not told of
        for says in (0, 1):
            fates.setdefault(('condition', f'{site.number} {says}'), 'survived')
    return fates


def described(sites, kind, name):
    """A name that lasts when lines move: of a condition file, function, words and what it says."""
    if kind != 'condition':
        return f'{kind}\t{name}'
    number, says = map(int, name.split())
    site = sites[number - 1]
    return f'condition\t{site.path}\t{site.function}\t{site.text}\t{"yes" if says else "no"}'


def reasons():
    """Mutants that change nothing -> why."""
    lines = [line.rstrip('\n').split('\t') for line in open(REASONS) if line.strip() and line[0] != '#']
    return {'\t'.join(cells[:-1]): cells[-1] for cells in lines}


def tests_of(folder):
    return [str(p.relative_to(ROOT).with_suffix('')) for p in sorted((ROOT / folder / 'tests').glob('*_test.c'))]


def heard_by(program):
    """Which conditions the program meets and what they say there; None when it fails as it is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, 'heard')
        if run(program, HUOTANG_MUTANTS_HEARD=str(path)) is None:
            return None
        return {tuple(map(int, line.split())) for line in path.read_text().splitlines()}


def folder_of(sites, kind, name):
    """The folder whose tests should notice."""
    if kind == 'condition':
        return '/'.join(sites[int(name.split()[0]) - 1].path.split('/')[:2])
    flow = name.split()[0]
    files = subprocess.run(['grep', '-lE', rf'^    \.name = "{flow}",', '-r', 'modules', '--include=*_module.c'], cwd=ROOT, capture_output=True, text=True)
    return '/'.join(files.stdout.split('/')[:2])


def noticed(program, heard, kind, name):
    if kind == 'condition':
        site, says = map(int, name.split())
        if (site, 1 - says) not in heard:
            return False
    return run(program, HUOTANG_MUTANT=' '.join(name.split()[:2])) is None


def others_asked(sites, fates, known):
    """What the matrix did not notice: by the tests of the module, then the relations."""
    left = defaultdict(list)
    for (kind, name), fate in fates.items():
        if fate == 'survived' and kind in ('condition', 'state') and described(sites, kind, name) not in known:
            left[folder_of(sites, kind, name)].append((kind, name))
    for folder, mutants in sorted(left.items()):
        programs = tests_of(folder)
        built(programs)
        for program in programs:
            ask(program, mutants, fates)
    built([RELATIONS])
    ask(RELATIONS, [m for mutants in left.values() for m in mutants if m[0] == 'condition'], fates)


def tell(sites, fates):
    """Writes down what nobody has noticed so far."""
    left = [described(sites, kind, name) for (kind, name), fate in fates.items() if fate == 'survived']
    (FOLDER / 'survivors.txt').write_text('\n'.join(left) + '\n')
    return left


def ask(program, mutants, fates):
    mutants = [m for m in mutants if fates[m] == 'survived']
    heard = heard_by(program) if mutants else None
    if heard is None:
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for mutant, killed in zip(mutants, pool.map(lambda m: noticed(program, heard, *m), mutants)):
            if killed:
                fates[mutant] = 'killed'


def prove(say):
    only = [name for name in os.environ.get('HUOTANG_MUTANTS_IN', '').split(',') if name]
    sites = write_all(FOLDER / 'src', only)
    built([MATRIX])
    judged = [site for site in sites if not only or site.path.split('/')[1] in (*only, 'flow')]
    fates, known = matrix_asked(judged), reasons()
    if only:
        fates = {(kind, name): fate for (kind, name), fate in fates.items() if kind != 'state' or folder_of(sites, kind, name)[len('modules/'):] in only}
    first = Counter(fates.values())
    tell(sites, fates)
    others_asked(sites, fates, known)
    tell(sites, fates)
    for (kind, name), fate in fates.items():
        if fate == 'survived' and described(sites, kind, name) in known:
            fates[kind, name] = 'the same'
    for kind, what in (('route', 'permissions of routes'), ('step', 'permissions of steps'), ('state', 'states of steps'), ('condition', 'conditions')):
        found = Counter(fate for (k, _), fate in fates.items() if k == kind)
        real = found['killed'] + found['survived']
        say(what, f'{found["killed"]} of {real} killed; {found["doubled"]} doubled by a second rule, {found["the same"]} listed as changing nothing')
    killed, survived = (sum(fate == word for fate in fates.values()) for word in ('killed', 'survived'))
    if only:
        say('conditions tried', f'{len(judged)} of {len(sites)}, those in {", ".join(only)}')
    say('noticed by the matrix alone', f'{first["killed"]} of {len(fates)}')
    share = killed / max(1, killed + survived)
    say('killed in all', f'{killed} of {killed + survived}, {100 * share:.1f} %', f'{100 * WANTED:.0f} %', share >= WANTED)
    for line in tell(sites, fates)[:SHOWN]:
        say('survived', line.replace('\t', ' '))
