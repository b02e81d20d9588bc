# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove move`: `huotang move` from SQLite to PostgreSQL and back (K3): the demo city, enlarged to a million rows, has the same digest of all
rows on both engines, each table compared once more here; sound databases, whole audit chains, the same cases found by the same words; a house
serves from the moved one; no move over data, or while somebody writes. HUOTANG_MOVE_ROWS for another number of rows."""
import os, re, shutil, sqlite3, subprocess, sys, tempfile, threading, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests/durability'))
from house import House

ROWS, LIMIT_S = 1_000_000, 900
OWN = ('text_docs', 'schema_migrations')


def count_of(house):
    return sum(tables(house.data / 'huotang.db').values())


def tables(path):
    """Rows of each table that travels, asked of SQLite by hand."""
    db = sqlite3.connect(path)
    names = [n for n, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
             if not n.startswith(('sqlite_', 'text_fts')) and n not in OWN]
    found = {n: db.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names}
    db.close()
    return found


def differing(one, other):
    """Tables of two SQLite files whose rows are not the same, row for row."""
    db = sqlite3.connect(one)
    db.execute('ATTACH ? AS other', (str(other),))
    odd = []
    for name in tables(one):
        columns = ', '.join(f'"{c[1]}"' for c in db.execute(f'PRAGMA table_info("{name}")'))
        for a, b in (('main', 'other'), ('other', 'main')):
            if db.execute(f'SELECT 1 FROM (SELECT {columns} FROM {a}."{name}" EXCEPT SELECT {columns} FROM {b}."{name}") LIMIT 1').fetchone():
                odd.append(name)
    db.close()
    return sorted(set(odd))


def enlarge(house, rows):
    """More trails, as years would bring: a table of every column type but bytes, which other tables have."""
    db = sqlite3.connect(house.data / 'huotang.db')
    columns = [c[1] for c in db.execute('PRAGMA table_info(trails)') if c[1] != 'id']
    names = ', '.join(columns)
    while (short := rows - count_of(house)) > 0:
        db.execute(f'INSERT INTO trails ({names}) SELECT {names} FROM trails LIMIT ?', (short,))
        db.commit()
    db.close()


def told(done):
    """(rows, digest) of a move's words."""
    found = re.search(r'(\d+) 行.*校验值：(\w+)', done.stdout)
    return (int(found[1]), found[2]) if found else (0, done.stderr.strip()[-300:])


def written_meanwhile(house, to):
    """A house that serves and takes a draft each moment, while everything is moved."""
    stop, count = threading.Event(), [0]

    def write():
        while not stop.is_set():
            count[0] += house.draft('搬家时', f'move-{count[0]}', timeout=20).status == 201
    house.serve().wait_ready()
    writer = threading.Thread(target=write)
    writer.start()
    done = house.run('move', to)
    stop.set()
    writer.join()
    house.stop()
    return done, count[0]


def prove(say):
    folder = Path(tempfile.mkdtemp(prefix='huotang-move-'))
    folder.chmod(0o755)
    form = subprocess.run([ROOT / 'tests/harness/pg.sh', 'start', folder / 'pg'], check=True, capture_output=True, text=True).stdout.strip()
    try:
        with House() as house:
            judged(say, house, form, folder)
    finally:
        subprocess.run([ROOT / 'tests/harness/pg.sh', 'stop', folder / 'pg'])
        shutil.rmtree(folder, ignore_errors=True)


def made(form, name):
    subprocess.run(['psql', '-qXAt', form % 'postgres', '-c', f'CREATE DATABASE {name}'], check=True, stdin=subprocess.DEVNULL)
    return form % name


def searched(house):
    """What a word finds, by the API."""
    answer = house.ask('GET', '/api/v1/proposals?q=停车&limit=50'.replace('停车', '%E5%81%9C%E8%BD%A6'), timeout=60)
    return sorted(item['id'] for item in answer.json()['items']) if answer.status == 200 else answer.status


def judged(say, house, form, folder):
    house.must('demo', '--scale', '1')
    house.token = house.must('token', 'add', 'staff').strip().split()[-1]
    house.member = house.rows('SELECT min(id) FROM members')[0][0]
    wanted = int(os.environ.get('HUOTANG_MOVE_ROWS', ROWS))
    enlarge(house, wanted)
    begun = count_of(house)
    say('rows', f'{begun:,}' + (f' of the {ROWS:,} of K3' if begun < ROWS else ''), f'{wanted:,}', begun >= wanted)
    postgres, back = made(form, 'moved'), folder / 'back.db'
    begin = time.monotonic()
    first = house.run('move', postgres)
    took = time.monotonic() - begin
    rows, digest = told(first)
    say('SQLite to PostgreSQL', f'{rows:,} rows in {took:.0f} s, {digest[:16]}…', f'{begun:,} rows in {LIMIT_S} s',
        first.returncode == 0 and rows == begun and took <= LIMIT_S)
    begin = time.monotonic()
    second = house.run('move', f'sqlite:{back}', HUOTANG_DB=postgres)
    took, (rows, again) = time.monotonic() - begin, told(second)
    say('and back', f'{rows:,} rows in {took:.0f} s, {again[:16]}…', f'{begun:,} rows in {LIMIT_S} s, the same digest',
        second.returncode == 0 and rows == begun and again == digest and took <= LIMIT_S)
    odd = differing(house.data / 'huotang.db', back) if back.exists() else ['no file']
    say('tables that differ, row for row', ', '.join(odd) or 'none', 'none', not odd)
    for what, url in (('PostgreSQL', postgres), ('SQLite again', f'sqlite:{back}')):
        verified = house.run('verify', HUOTANG_DB=url)
        say(f'verify on {what}', (verified.stdout + verified.stderr).strip().splitlines()[-1][:80], 'whole', verified.returncode == 0)
    served(say, house, postgres)
    over = house.run('move', postgres)
    say('a move over data', 'refused' if over.returncode else 'done', 'refused', over.returncode == 1 and '没有搬' in over.stderr)
    done, wrote = written_meanwhile(house, f'sqlite:{folder}/meanwhile.db')
    say(f'a move while {wrote} drafts are written', done.stderr.strip()[:60], 'refused', done.returncode == 1 and wrote > 0)


def served(say, house, url):
    """The moved house serves: the same found by the same word, and a new draft."""
    house.serve().wait_ready()
    before = searched(house)
    house.stop()
    house.env['HUOTANG_DB'] = url
    house.serve().wait_ready()
    after, draft = searched(house), house.draft('搬家以后', 'moved').status
    house.stop()
    del house.env['HUOTANG_DB']
    same = before == after and isinstance(before, list) and len(before) > 0
    say('search before and after', f'{len(before) if same else before} and {len(after) if same else after} found', 'the same', same)
    say('a draft in the moved house', str(draft), '201', draft == 201)
