# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove mutation`: every rule of who may what is broken alone (F9), and a test must notice. Permissions of routes and steps become another
one or none; a row of a flow starts from every state; each condition of a rule that depends on who asks (tests/prove/mutant_sources.py says which)
says always yes, always no. First the permission matrix is asked, in those cells that meet the rule; what it does not notice is tried on the
relations, then on the tests of the module. A rule that another one doubles (both broken are noticed) and what stands with its reason in
tests/prove/mutants.txt change nothing and are no mutants. Conditions of rules that do not ask who (about the case or the input) are told apart and
have no target. An hour. A program that has told before and is the same, with the house it is linked with, is not asked again.
HUOTANG_MUTANTS_IN=claims,talks for the conditions and states of some modules only."""
import hashlib, json, os, re, shutil, subprocess, sys, tempfile
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from mutant_sources import ROOT, write_all

FOLDER = ROOT / 'build/mutation'
MATRIX, RELATIONS = 'tests/matrix/mutation_test', 'tests/matrix/relations_test'
REASONS = ROOT / 'tests/prove/mutants.txt'
WANTED = 0.98
SHOWN = 40
SIDES = os.cpu_count()
LINE = re.compile(r'# mutant (\w+) (.*): (killed|survived)')
TEMPLATES = tempfile.mkdtemp(prefix='huotang-templates-', dir='/dev/shm' if os.access('/dev/shm', os.W_OK) else None)


def built(programs):
    """Those of the programs that can be linked."""
    made = [FOLDER / 'tests' / p for p in programs]
    subprocess.run(['make', '-k', '-j2', *(p.relative_to(ROOT) for p in made)], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)


def run(program, limit=900, **more):
    """The program as a test of SQLite; its output, None when it failed."""
    env = {**os.environ, 'CMOCKA_MESSAGE_OUTPUT': 'tap', 'HUOTANG_TEST_DB': 'sqlite:', 'TZ': 'Asia/Shanghai', 'LC_ALL': 'C.UTF-8',
           'HUOTANG_BUILD': str(ROOT / 'build'), 'HUOTANG_BIN': str(ROOT / 'build/huotang'), 'HUOTANG_TEST_TEMPLATES': TEMPLATES, **more}
    try:
        told = subprocess.run([FOLDER / 'tests' / program], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                              errors='replace', timeout=limit)
    except subprocess.TimeoutExpired:
        return None
    return None if told.returncode else told.stdout


# ---- what was told before ----

# What a program is not made of, though others are.
APART = {MATRIX: r'^tests/matrix/relations\.', RELATIONS: r'^$'}


@cache
def common(apart):
    """Of all files that the programs are made of, but for those apart and the tests themselves."""
    told = subprocess.run(['git', 'ls-files', '-z', '-co', '--exclude-standard', 'modules', 'platform', 'server', 'seed', 'ui', 'text', 'tests', 'Makefile'],
                          cwd=ROOT, capture_output=True, text=True, check=True).stdout
    digest = hashlib.sha256()
    for name in sorted(told.split('\0')):
        if re.search(r'\.(c|h|html|sql|txt|tsv|json|css|js|mjs)$|/mutant_sources\.py$', name) and not re.search(apart + r'|_test\.c$|^tests/(journeys|bench|fuzz|prove/mutants\.txt)', name):
            digest.update(name.encode() + b'\0' + (ROOT / name).read_bytes())
    return digest.hexdigest()


def memory_of(program):
    """Where its fates are kept, and under which digest."""
    source = (ROOT / f'{program}.c').read_bytes()
    digest = hashlib.sha256(common(APART.get(program, '^tests/matrix/')).encode() + source).hexdigest()
    return FOLDER / 'told' / (program.replace('/', '_') + '.json'), digest


def remembered(program):
    path, digest = memory_of(program)
    kept = json.loads(path.read_text()) if path.exists() else {}
    return kept['fates'] if kept.get('digest') == digest else {}


def remember(program, fates):
    path, digest = memory_of(program)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({'digest': digest, 'fates': {**remembered(program), **fates}}, ensure_ascii=False))


# ---- asking ----

def fates_told(text):
    """'kind name' -> killed, survived or doubled, as mutation_test tells."""
    fates, last = {}, None
    for line in text.splitlines():
        match = LINE.match(line)
        if match:
            last = f'{match[1]} {match[2]}'
            fates[last] = match[3]
        elif line.startswith('#   doubled'):
            fates[last] = 'doubled'
    return fates


def matrix_asked(sites):
    """(kind, name) -> what the matrix says of it."""
    told = remembered(MATRIX)
    if not told:
        with ThreadPoolExecutor(SIDES) as pool:
            texts = list(pool.map(lambda i: run(MATRIX, limit=7200, HUOTANG_MUTANTS=f'{i}/{SIDES}'), range(SIDES)))
        if None in texts:
            sys.exit('prove: the house without a mutant does not answer as the matrix says')
        for text in texts:
            told |= fates_told(text)
        remember(MATRIX, told)
    fates = {tuple(name.split(' ', 1)): fate for name, fate in told.items()}
    for number in sites:   # those that no cell meets are not told of
        for says in (0, 1):
            fates.setdefault(('condition', f'{number} {says}'), 'survived')
    return {(kind, name): fate for (kind, name), fate in fates.items() if kind != 'condition' or int(name.split()[0]) in sites}


def described(sites, kind, name):
    """A name that lasts when lines move: of a condition file, function, words and what it says."""
    if kind != 'condition':
        return f'{kind}\t{name}'
    number, says = map(int, name.split())
    site = sites[number]
    return f'condition\t{site.path}\t{site.function}\t{site.text}\t{"yes" if says else "no"}'


def reasons():
    """Mutants that change nothing -> why."""
    lines = [line.rstrip('\n').split('\t') for line in open(REASONS) if line.strip() and line[0] != '#']
    return {'\t'.join(cells[:-1]): cells[-1] for cells in lines}


def tests_of(folder):
    return [str(p.relative_to(ROOT).with_suffix('')) for p in sorted((ROOT / folder / 'tests').glob('*_test.c'))]


def heard_by(program):
    """(condition, what it says) -> the tests of the program in which it does; None when it fails as it is."""
    with tempfile.TemporaryDirectory() as folder:
        path, heard = Path(folder, 'heard'), defaultdict(set)
        if run(program, HUOTANG_MUTANTS_HEARD=str(path)) is None:
            return None
        for line in path.read_text().splitlines():
            test, site, says = map(int, line.split())
            heard['states', 1].add(max(test, 1))
            heard[site, says].add(max(test, 1))   # in the set-up of all: with any
        return heard


@cache
def folder_of_flow(flow):
    files = subprocess.run(['grep', '-lE', rf'^    \.name = "{flow}",', '-r', 'modules', '--include=*_module.c'], cwd=ROOT, capture_output=True, text=True)
    return '/'.join(files.stdout.split('/')[:2])


def folder_of(sites, kind, name):
    """The folder whose tests should notice."""
    return '/'.join(sites[int(name.split()[0])].path.split('/')[:2]) if kind == 'condition' else folder_of_flow(name.split()[0])


def asked(program, lines, kept):
    """The mutants of the lines, in as many processes as there are sides; a name of each -> its fate."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(SIDES) as pool:
        def side(i):
            path = Path(folder, str(i))
            path.write_text('\n'.join(lines[i::SIDES]) + '\n')
            return run(program, limit=7200, HUOTANG_MUTANTS_ASKED=str(path), **({'HUOTANG_MUTANTS_KEPT': '1'} if kept else {})) or ''
        texts = list(pool.map(side, range(SIDES)))
    return {name: fate for text in texts for name, fate in fates_told(text).items()}


def line_for(mutant, heard, kept):
    """What a program is asked of a mutant: on the tests that hear it say something else, and, unless the tests leave nothing behind, on those before
    them, on whose rows they may stand; '' when it never hears it."""
    kind, name = mutant
    if kind != 'condition':
        tests = heard['states', 1]
    else:
        site, says = map(int, name.split())
        tests = heard.get((site, 1 - says), ())
    if tests and not kept:
        tests = range(1, max(tests) + 1)
    return f'{",".join(map(str, sorted(tests)))} {" ".join(name.split()[:2])}' if tests else ''


def ask(program, sites, mutants, fates, kept=False):
    """Those of the mutants that nobody noticed yet, asked of a program."""
    before = remembered(program)
    open_ = lambda: [m for m in mutants if fates[m] == 'survived']
    settle = lambda told: fates.update({m: 'killed' for m in open_() if told.get(described(sites, *m)) == 'killed'})
    settle(before)
    new = [m for m in open_() if described(sites, *m) not in before]
    heard = heard_by(program) if new else None
    if heard is None:
        return
    line = {m: words for m in new if (words := line_for(m, heard, kept))}
    told = asked(program, list(line.values()), kept) if line else {}
    found = {described(sites, *m): told.get(line[m].split(' ', 1)[1], 'survived') if m in line else 'survived' for m in new}
    remember(program, found)
    settle(found)


def others_asked(sites, fates, known):
    """What the matrix did not notice: by the relations, then by the tests of the module."""
    left = defaultdict(list)
    for (kind, name), fate in fates.items():
        if fate == 'survived' and kind in ('condition', 'state') and described(sites, kind, name) not in known:
            left[folder_of(sites, kind, name)].append((kind, name))
    built([RELATIONS])
    ask(RELATIONS, sites, [m for mutants in left.values() for m in mutants if m[0] == 'condition'], fates, kept=True)
    for folder, mutants in sorted(left.items()):
        if any(fates[m] == 'survived' for m in mutants):
            built(tests_of(folder))
        for program in tests_of(folder):
            ask(program, sites, mutants, fates)
        print(f'# {folder}: {sum(fates[m] == "survived" for m in mutants)} of {len(mutants)} left', flush=True)
        tell(sites, fates)


def tell(sites, fates):
    """Writes down what nobody has noticed so far."""
    known = reasons()
    left = [described(sites, kind, name) for (kind, name), fate in fates.items() if fate == 'survived']
    left = [line for line in left if line not in known]
    (FOLDER / 'survivors.txt').write_text('\n'.join(left) + '\n')
    return left


# ---- telling ----

KINDS = {'route': 'permissions of routes', 'step': 'permissions of steps', 'state': 'states of steps', 'who': 'conditions of who may what',
         'case': 'conditions of the case or the input'}


def counted(sites, fates):
    """Kind -> how many of each fate."""
    found = defaultdict(Counter)
    for (kind, name), fate in fates.items():
        if kind == 'condition':
            kind = 'who' if sites[int(name.split()[0])].who else 'case'
        found[kind][fate] += 1
    return found


def share(found, kinds):
    killed, left = (sum(found[kind][fate] for kind in kinds) for fate in ('killed', 'survived'))
    return killed, killed + left, killed / max(1, killed + left)


def prove(say):
    only = [name for name in os.environ.get('HUOTANG_MUTANTS_IN', '').split(',') if name]
    sites = write_all(FOLDER / 'src')
    built([MATRIX])
    judged = {number: site for number, site in sites.items() if not only or site.path.split('/')[1] in (*only, 'flow')}
    fates, known = matrix_asked(judged), reasons()
    if only:
        fates = {(kind, name): fate for (kind, name), fate in fates.items() if kind != 'state' or folder_of(sites, kind, name)[len('modules/'):] in only}
    first = Counter(fates.values())
    tell(sites, fates)
    others_asked(sites, fates, known)
    shutil.rmtree(TEMPLATES, ignore_errors=True)
    for (kind, name), fate in fates.items():
        if fate == 'survived' and described(sites, kind, name) in known:
            fates[kind, name] = 'the same'
    found = counted(sites, fates)
    for kind, what in KINDS.items():
        killed, real, _ = share(found, [kind])
        say(what, f'{killed} of {real} killed; {found[kind]["doubled"]} doubled by a second rule, {found[kind]["the same"]} listed as changing nothing')
    if only:
        say('conditions tried', f'{len(judged)} of {len(sites)}, those in {", ".join(only)}')
    say('noticed by the matrix alone', f'{first["killed"]} of {len(fates)}')
    killed, real, part = share(found, ['who'])
    say('conditions of who may what', f'{killed} of {real}, {100 * part:.1f} %', f'{100 * WANTED:.0f} %', part >= WANTED)
    killed, real, part = share(found, ['route', 'step', 'state', 'who'])
    say('killed in all', f'{killed} of {real}, {100 * part:.1f} %', f'{100 * WANTED:.0f} %', part >= WANTED)
    for line in tell(sites, fates)[:SHOWN]:
        say('survived', line.replace('\t', ' '))
