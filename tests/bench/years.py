# SPDX-License-Identifier: MulanPSL-2.0
"""The bench's years: 10,000 members with 2 million records of five years, whose year is worked out from nothing and after one
more record; beside it what raw SQLite takes to read the same rows from the same index. And papers of all members' dossiers."""
import ctypes, ctypes.util, json, shutil, sqlite3, statistics, time
import urllib.request

MEMBERS, YEARS, EACH, FIRST = 10_000, 5, 40, 1_000_000
KINDS = ('meeting.attended', 'activity.attended', 'proposals.submitted', 'proposals.docketed', 'proposals.answered',
         'opinions.submitted', 'training.whole', 'welfare.attended', 'plenary.whole', 'meeting.leave')
READ = ("SELECT member_id, happened_on, kind, quantity, people, tags FROM entries INDEXED BY entries_scored WHERE org_id = 1 AND state = 'live' AND "
        "+happened_on BETWEEN {} AND {} ORDER BY member_id, happened_on, id")


def grown(path, members=MEMBERS, each=EACH):
    """Members, seats and records (each: of a year) of the term that began five years ago; the lists' indexes are made anew afterwards."""
    db = sqlite3.connect(path)
    today = int(time.time() + 8 * 3600) // 86400
    begin = today - 365 * YEARS
    numbers = f'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {members})'
    db.execute('UPDATE terms SET from_on = ? WHERE org_id = 1 AND from_on = (SELECT MAX(from_on) FROM terms WHERE org_id = 1)', (begin,))
    db.execute(f"INSERT INTO persons (id, org_id, name, birth_on) {numbers} SELECT {FIRST} + i, 1, 'Member ' || i, 0 FROM n")
    db.execute(f"INSERT INTO members (id, org_id, person_id, code) {numbers} SELECT {FIRST} + i, 1, {FIRST} + i, 'B' || i FROM n")
    db.execute(f"INSERT INTO seats (org_id, member_id, term_id, sector_id, status, from_on) {numbers} SELECT 1, {FIRST} + i, "
               "(SELECT MAX(id) FROM terms WHERE org_id = 1), (SELECT id FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS place, COUNT(*) OVER () "
               "AS many FROM sectors WHERE org_id = 1) WHERE place = i % many), 'serving', ? FROM n", (begin,))
    lists = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'entries' AND sql IS NOT NULL AND "
                       "name NOT IN ('entries_scored')").fetchall()
    for name, _ in lists:
        db.execute(f'DROP INDEX {name}')
    rows = ((FIRST + m, '', begin + (k * 365 * YEARS) // (each * YEARS), KINDS[(m + k) % len(KINDS)], FIRST + k)
            for m in range(1, members + 1) for k in range(each * YEARS))
    db.executemany("INSERT INTO entries (org_id, member_id, name, sector, committee, happened_on, year, kind, label, quantity, people, tags, "
                   "source, source_id, part_id, number, title, text, state, recorded_at, recorded_by, recorded_name) VALUES (1, ?, ?, '', '', ?, "
                   "2026, ?, '', 1000, 1, '', 'claims', ?, 0, '', '', '', 'live', 1, 0, '')", rows)
    for _, sql in lists:
        db.execute(sql)
    db.execute('ANALYZE')
    db.commit()
    db.close()
    return begin, today


def raw_read(path, begin, today):
    """Seconds that SQLite takes to step over the rows in C, without looking at them."""
    lib = ctypes.CDLL(ctypes.util.find_library('sqlite3'))
    db, statement, rows = ctypes.c_void_p(), ctypes.c_void_p(), 0
    lib.sqlite3_open_v2(str(path).encode(), ctypes.byref(db), 1, None)
    lib.sqlite3_exec(db, b'PRAGMA mmap_size = 4294967296', None, None, None)
    sql = f'SELECT SUM(member_id + happened_on + length(kind) + quantity + people + length(tags)), COUNT(*) FROM ({READ.format(begin, today)})'
    begun = time.monotonic()
    lib.sqlite3_prepare_v2(db, sql.encode(), -1, ctypes.byref(statement), None)
    lib.sqlite3_step(statement)
    rows = lib.sqlite3_column_int64(statement, 1)
    took = time.monotonic() - begun
    lib.sqlite3_finalize(statement)
    lib.sqlite3_close(db)
    return took, rows


def processor_s(pid):
    """Of a process and its children: the server is watched over by its parent."""
    fields = open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()
    children = open(f'/proc/{pid}/task/{pid}/children').read().split()
    return (int(fields[11]) + int(fields[12])) / 100 + sum(map(processor_s, children))


def asked(server, token, path, body=None):
    """The answer of the API, and its milliseconds."""
    headers = {'Authorization': f'Bearer {token}', 'Content-Type': 'application/json'}
    begun = time.monotonic()
    answer = urllib.request.urlopen(urllib.request.Request(server.base + '/api/v1' + path, body and json.dumps(body).encode(), headers)).read()
    return json.loads(answer or b'{}'), (time.monotonic() - begun) * 1000


# Ratios: all years against the raw read; an event written against a raw durable row; it seen against all worked out from nothing.
def scored(say, tools, data, password, folder):
    to = tools.copy(data, folder)
    begin, today = grown(to / 'huotang.db')
    year = time.gmtime(time.time() + 8 * 3600).tm_year
    rounds = []
    for _ in range(3): # in turn, so that a busy neighbour meets both alike; a server that has looked before does not begin from nothing
        with tools.Server(to, password) as server:
            before, begun = processor_s(server.process.pid), time.monotonic()
            server.get(f'/scores?year={year}')
            took = time.monotonic() - begun
            raw, rows = raw_read(to / 'huotang.db', begin, today)
            rounds.append((took / raw, took, processor_s(server.process.pid) - before, raw))
    ratio, took, own, raw = sorted(rounds)[1]
    say('scores', members=MEMBERS, rows=rows, ratio=ratio, all_s=took, processor_s=own, raw_s=raw)
    with tools.Server(to, password) as server:
        with sqlite3.connect(f'file:{to}/huotang.db?mode=ro', uri=True) as db: # the first, who signs in as m001
            who = db.execute("SELECT MIN(member_id) FROM seats WHERE org_id = 1 AND status = 'serving'").fetchone()[0]
        token, far = server.token('staff'), FIRST + MEMBERS - 77 # one whom no form draws
        one = f'/scores/members/{far}?year={year}'
        for _ in range(4): # each reader of the slow lane has its own memory
            server.get(f'/api/v1{one}')
        told, looks, own = [], [], []
        mine = server.token('m001')
        day = time.strftime('%Y-%m-%d', time.gmtime(time.time() - 16 * 3600))
        for i in range(12):
            told.append(asked(server, token, '/claims/record', {
                'kind': 'lecture.given', 'title': f'Talk {i}', 'quantity': 1, 'happened_on': day, 'distinct': True,
                'audience': [f'member:{who}', f'member:{far}']})[1])
            looks.append(asked(server, token, one)[1])
            own.append(asked(server, mine, f'/scores/mine?year={year}')[1])
        write, seen, beside = map(statistics.median, (told, own, looks))
        row = 1000 / tools.raw_writes(folder)
        say('scores', event_write_p50_ms=write, event_seen_p50_ms=seen, event_seen_beside_all_p50_ms=beside,
            event_write_ratio=write / row, event_seen_ratio=seen / (took * 1000),
            event_seen_beside_all_ratio=beside / (took * 1000), load=tools.load())
    shutil.rmtree(to)


def papers(say, tools, data, password, folder):
    """The file of everybody's dossiers, from asking to being made."""
    to = tools.copy(data, folder)
    with tools.Server(to, password) as server:
        year = time.gmtime(time.time() + 8 * 3600).tm_year
        token = server.token('staff')
        before, begun = processor_s(server.process.pid), time.monotonic()
        asked(server, token, '/dossiers/runs', {'year': year, 'format': 'pdf'})
        while (run := asked(server, token, f'/dossiers?year={year}')[0]['runs'][0])['state'] not in ('made', 'failed'):
            time.sleep(0.5)
        say('dossiers', papers=run['done'], state=run['state'], seconds=time.monotonic() - begun,
            processor_s=processor_s(server.process.pid) - before, load=tools.load())
    shutil.rmtree(to)
