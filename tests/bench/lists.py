# SPDX-License-Identifier: MulanPSL-2.0
"""The bench's lists at ten thousand rows and at a million (quality Q4): records of duty, members, meetings, and the table of scores over as many
records. Each page is what the office sees at first and, of records and members, what a filter leaves; one client. `growth`: a million against ten thousand."""
import shutil, sqlite3, time
from years import YEARS, grown

FEW, MANY, ASSESSED = 10_000, 1_000_000, 200


def more_meetings(path, rows):
    db = sqlite3.connect(path)
    columns = [c[1] for c in db.execute('PRAGMA table_info(meetings)') if c[1] != 'id']
    values = ', '.join('m.from_on - i % 1500' if c in ('from_on', 'to_on') else f'm.{c}' for c in columns)
    db.execute(f'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO meetings ({", ".join(columns)}) '
               f"SELECT {values} FROM n JOIN meetings m ON m.id = (SELECT MIN(id) FROM meetings WHERE org_id = 1 AND state = 'settled')", (rows,))
    db.execute('ANALYZE')
    db.commit()
    db.close()


def pages(year):
    return {'entries': '/entries', 'entries_sector': '/entries?sector=%E7%BB%8F%E6%B5%8E', 'meetings': '/meetings',
            'meetings_settled': '/meetings?state=settled', 'scores': f'/scores?year={year}'}


def timed(say, run, to, password, rows, paths):
    with run.Server(to, password) as server:
        for name, path in paths.items():
            for _ in range(6):  # what a connection remembers of a year it works out once
                server.get(path)
            rounds = [run.good(server.base + path, connections=1, cookie=server.cookie, seconds=1) for _ in range(5)]
            _, p50, p95 = min(rounds, key=lambda r: r[1])  # a busy neighbour only adds
            say('lists', **{f'{name}_p50_ms_{rows}': p50, f'{name}_p95_ms_{rows}': p95})
            yield name, p50


def part(say, run, data, password, folder):
    year = time.gmtime(time.time() + 8 * 3600).tm_year
    times = {}
    for rows in (FEW, MANY):
        to = run.copy(data, folder)
        grown(to / 'huotang.db', ASSESSED, rows // ASSESSED // YEARS)
        more_meetings(to / 'huotang.db', rows)
        times[rows] = dict(timed(say, run, to, password, rows, pages(year)))
        shutil.rmtree(to)
        to = run.copy(data, folder)
        grown(to / 'huotang.db', rows, 0)
        times[rows] |= timed(say, run, to, password, rows, {'members': '/members', 'members_serving': '/members?status=serving'})
        shutil.rmtree(to)
    say('lists', load=run.load(), **{f'{name}_growth': times[MANY][name] / times[FEW][name] for name in times[FEW]})
