# SPDX-License-Identifier: MulanPSL-2.0
"""Part `letters` of tests/bench/run (issue 4): what a new letter costs in a house of 10,000, 100,000 and a million. The first 10,000 come in
through the product's own code (add_letters.c). The others are these again in another alphabet: each character is swapped for one that is as
frequent, in texts, index, words and profiles alike, as if other people had written of other matters with the same words; so the lists of
texts by words are as full, and the tables as large, as they would be."""
import http.client, itertools, random, shutil, sqlite3, statistics, struct, subprocess, time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADD = ROOT / 'build/bench/add_letters'
BASE, MOST, WAITING, NEW, ASKED = 10_000, 1_000_000, 2_000, 300, 100
STEP = 1_000_000_000              # between the ids of a clone and of the next
POSTED, ITEM = 50, 6              # platform/text/gather.h, modules/clusters/cluster_engine.c
DAY_MS, CLONE_DAYS = 86_400_000, 7


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


class Writers:
    """Made-up letters: words of two and three characters, some much more frequent than others; three of ten letters begin a matter of
    their own, the others are about one that somebody wrote of, most about few."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        every = [bytes([a, b]).decode('gb2312') for a in range(0xb0, 0xd7) for b in range(0xa1, 0xfa)]
        self.alphabet = random.Random(1).sample(every, 1200)
        words = random.Random(2)
        often = list(itertools.accumulate(1 / (i + 40) for i in range(len(self.alphabet))))
        self.words = [''.join(words.choices(self.alphabet, cum_weights=often, k=words.choice((2, 2, 2, 3)))) for _ in range(40_000)]
        self.often = list(itertools.accumulate(1 / (i + 20) for i in range(len(self.words))))
        self.matters = []

    def one(self):
        dice = self.dice
        if not self.matters or dice.random() < 0.3:
            self.matters.append(dice.choices(self.words, k=8))
            matter = self.matters[-1]
        else:
            matter = self.matters[int(len(self.matters) * dice.random() ** 3)]
        body = ''
        for _ in range(dice.randint(4, 10)):
            body += ''.join(dice.choices(self.words, cum_weights=self.often, k=dice.randint(3, 6)) + dice.sample(matter, 2)) + '，'
        return ''.join(dice.sample(matter, 3)), body

    def file(self, path, count):
        path.write_text(''.join('%s\t%s\n' % self.one() for _ in range(count)))
        return path


def swaps(alphabet, number):
    """Each character for one of the fifty that are as frequent."""
    dice, table = random.Random(number), {}
    for at in range(0, len(alphabet), 50):
        band = alphabet[at:at + 50]
        table.update(zip(map(ord, band), dice.sample(band, len(band))))
    return table


def key_of(token):
    h = 2166136261
    for byte in token.encode():
        h = (h ^ byte) * 16777619 & 0xffffffff
    return h or 1


def tokens(folded):
    return ' '.join(run[i:i + 2] for run in folded.split() for i in range(len(run)))


def numbers(items):
    return [int.from_bytes(items[i:i + ITEM], 'little') for i in range(0, len(items), ITEM)]


class Clones:
    """Writes the letters of a house over and over into it."""

    def __init__(self, db, alphabet):
        self.db, self.alphabet = db, alphabet
        self.docs = db.execute("SELECT id, item_id, title, body FROM text_docs WHERE collection = 'letters' "
                               f'AND item_id < {STEP}').fetchall()
        pairs = {run[i:i + 2] for _, _, *texts in self.docs for text in texts for run in text.split() for i in range(len(run) - 1)}
        self.pairs = {key_of(pair): pair for pair in pairs}
        self.org = db.execute('SELECT min(org_id) FROM letters').fetchone()[0]
        self.posts = dict(db.execute('SELECT word, items FROM cluster_keys'))
        self.keys = [(word, [n for n in numbers(items) if n < STEP]) for word, items in self.posts.items()]
        self.profiles = db.execute(f'SELECT id, profile FROM clusters WHERE id < {STEP}').fetchall()
        self.columns = {t: [c[1] for c in db.execute(f'PRAGMA table_info({t})')]
                        for t in ('letters', 'clusters', 'cluster_members', 'cluster_days', 'triage_groups', 'triage_copies')}

    def rows(self, table, shift, back, **other):
        """The first rows of a table again, ids and days shifted."""
        ids = {'letters': ['id'], 'clusters': ['id', 'into_id', 'title_item'], 'cluster_members': ['item_id', 'cluster_id', 'was_id'],
               'cluster_days': ['cluster_id'], 'triage_groups': ['first_id'], 'triage_copies': ['letter_id', 'first_id']}[table]
        days = {'letters': {'received_at': DAY_MS}, 'clusters': {c: 1 for c in ('first_on', 'last_on', 'crowd_from_on', 'crowd_to_on')},
                'cluster_members': {'day_on': 1}, 'cluster_days': {'day_on': 1}}.get(table, {})
        new = []
        for column in self.columns[table]:
            if column in other:
                new.append(other[column])
            elif column in ids:
                new.append(f'CASE {column} WHEN 0 THEN 0 ELSE {column} + {shift} END')
            elif column in days:
                new.append(f'{column} - {back * days[column]}')
            else:
                new.append('NULL' if column == 'id' else column)
        self.db.execute(f'INSERT INTO {table} ({", ".join(self.columns[table])}) SELECT {", ".join(new)} FROM {table} '
                        f'WHERE {ids[0]} < {STEP}')

    def add(self, number):
        db, table, shift, back = self.db, swaps(self.alphabet, number), number * STEP, number * CLONE_DAYS
        words = {key: key_of(pair.translate(table)) for key, pair in self.pairs.items()}
        self.rows('letters', shift, back, state="'closed'", closed_at='received_at', ended="'silent'")
        self.rows('clusters', shift, back)
        for t in ('cluster_members', 'cluster_days', 'triage_copies', 'triage_groups'):
            self.rows(t, shift, back, waiting='0')
        db.executemany('UPDATE clusters SET profile = ? WHERE id = ?',
                       ((swapped(profile, words), i + shift) for i, profile in self.profiles))
        texts = [(item + shift, title.translate(table), body.translate(table)) for _, item, title, body in self.docs]
        last = db.execute('SELECT max(id) FROM text_docs').fetchone()[0]
        db.executemany(f"INSERT INTO text_docs (id, org_id, collection, item_id, title, body) VALUES (?, {self.org}, 'letters', ?, ?, ?)",
                       ((last + n, *text) for n, text in enumerate(texts, 1)))
        db.executemany(f"INSERT INTO text_fts (rowid, scope, title, body) VALUES (?, 'letters{self.org}', ?, ?)",
                       ((last + n, tokens(title), tokens(body)) for n, (_, title, body) in enumerate(texts, 1)))
        for word, items in self.keys:
            new = b''.join((n + shift).to_bytes(ITEM, 'little') for n in items)
            word = words.get(word, word)
            self.posts[word] = (self.posts.get(word, b'') + new)[-POSTED * ITEM:]
        db.commit()

    def end(self):
        self.db.execute('DELETE FROM cluster_keys')
        self.db.executemany(f"INSERT INTO cluster_keys (org_id, owner, word, items) VALUES ({self.org}, 'letters', ?, ?)",
                            self.posts.items())
        self.db.commit()


def swapped(profile, words):
    """The terms of a profile under their other keys (platform/text/gather.c: form, texts, square, count; then key and weight)."""
    head, terms = profile[:15], [(words.get(key, key), weight) for key, weight in struct.iter_unpack('<II', profile[15:])]
    known = dict(terms)
    return head[:13] + struct.pack('<H', len(known)) + b''.join(struct.pack('<II', k, known[k]) for k in sorted(known))


def begun(to, env):
    """A house with the first letters, of which some wait at the desk."""
    writers = Writers(4)
    subprocess.run([ADD, writers.file(to / 'letters.txt', BASE), '200'], env=env, check=True)
    db = opened(to)
    gone = f'(SELECT id FROM letters ORDER BY id LIMIT {BASE - WAITING})'
    db.execute(f"UPDATE letters SET state = 'closed', ended = 'silent', closed_at = received_at WHERE id IN {gone}")
    db.execute(f'UPDATE triage_copies SET waiting = 0 WHERE letter_id IN {gone}')
    db.execute(f'DELETE FROM triage_sketches WHERE letter_id IN {gone}')
    db.execute('UPDATE triage_groups SET waiting = (SELECT COUNT(*) FROM triage_copies c WHERE c.org_id = triage_groups.org_id AND '
               'c.first_id = triage_groups.first_id AND c.waiting = 1)')
    db.commit()
    db.execute('ANALYZE')
    db.close()
    return writers


def opened(to):
    db = sqlite3.connect(to / 'huotang.db')
    db.execute('PRAGMA synchronous=OFF')
    db.execute('PRAGMA cache_size=-400000')
    return db


def grown(to, alphabet, have, rows):
    db = opened(to)
    clones = Clones(db, alphabet)
    for number in range(have // BASE, rows // BASE):
        clones.add(number)
    clones.end()
    db.execute('ANALYZE')
    db.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()


def pages_of(server, to):
    """Times of what the office looks at, each for letters by chance, in ms."""
    db = sqlite3.connect(f'file:{to}/huotang.db?mode=ro', uri=True)
    waiting = [row[0] for row in db.execute("SELECT id FROM letters WHERE state = 'received' ORDER BY id DESC LIMIT 2000")]
    ids = random.Random(5).sample(waiting, ASKED)
    connection = http.client.HTTPConnection(server.base[7:], timeout=60)
    found = {}
    for name, path in (('desk', '/letters/desk?id=%d'), ('similar', '/api/v1/letters/%d/similar'), ('letter', '/letters/%d'),
                       ('list', '/letters?state=received'), ('hot', '/clusters?days=30')):
        took = []
        for number in ids:
            begin = time.monotonic()
            connection.request('GET', path.replace('%d', str(number)), headers={'Cookie': server.cookie})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f'bench: {path}: {answer.status}')
            took.append((time.monotonic() - begin) * 1000)
        found[f'{name}_p50_ms'], found[f'{name}_p95_ms'] = statistics.median(took), percentile(took, .95)
    return found


def part(say, run, data, password, folder):
    """run: the functions of tests/bench/run that are needed here. BENCH_LETTERS: fewer than a million."""
    to, have, first, most = run.copy(data, folder), BASE, {}, int(run.environ.get('BENCH_LETTERS', MOST))
    env = dict(run.environ, HUOTANG_DATA=str(to), HUOTANG_LOG_LEVEL='warn')
    begin = time.monotonic()
    writers = begun(to, env)
    say('letters', first_s=time.monotonic() - begin)
    rows = BASE
    while rows <= most:
        if rows > have:
            begin = time.monotonic()
            grown(to, writers.alphabet, have, rows)
            have = rows
            say('letters', **{f'made_{rows}_s': time.monotonic() - begin})
        with run.Server(to, password) as server:
            out = subprocess.run([ADD, writers.file(folder / 'new.txt', NEW), '1'], env=env, check=True, capture_output=True, text=True)
            figures = dict(zip(('place_p50_ms', 'place_p95_ms', 'add_p50_ms', 'add_p95_ms', 'place_cpu_p50_ms', 'place_cpu_p95_ms'), map(float, out.stdout.split()[1:])))
            figures.update(pages_of(server, to), server_mib=run.rss_mib(server.process.pid), load=run.load())
        first = first or figures
        say('letters', **{f'{name}_{rows}': value for name, value in figures.items()})
        rows *= 10
    say('letters', **{f'{name[:-7]}_growth': figures[name] / first[name] for name in figures if name.endswith('_p50_ms')})
    shutil.rmtree(to)
