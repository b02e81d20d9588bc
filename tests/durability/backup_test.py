#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Backup and restore (quality D6, D7, C5): a copy taken under load comes back whole with its attachments; a changed,
torn, foreign or hostile file leaves nothing behind; the secret is never in it. Export writes what it says. TAP."""
import hashlib, io, os, shutil, subprocess, sys, tarfile, threading, zipfile
from house import House, Tap


def attach(house, proposal, content):
    """Bytes in the store and their row, as an upload leaves them."""
    digest = hashlib.sha256(content).hexdigest()
    folder = house.data / 'files' / digest[:2] / digest[2:4]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / digest).write_bytes(content)
    org = house.rows('SELECT min(org_id) FROM proposals')[0][0]
    house.rows('INSERT INTO attachments (org_id, owner, owner_id, name, type, sha256, size_bytes, uploaded_at,'
               f" uploaded_by, account_id) VALUES ({org}, 'proposals', {proposal}, '附件.pdf', 'application/pdf',"
               f" '{digest}', {len(content)}, 1, '', 0)")
    return folder / digest


def left_behind(data):
    return sorted(p.name for p in data.iterdir() if p.name != 'secret') if data.exists() else []


def empty(house, name, secret=None):
    data = house.dir / name
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    (data / 'secret').write_bytes(secret or (house.data / 'secret').read_bytes())
    return data


def refused(tap, house, what, file, word=None, secret=None):
    data = empty(house, 'refused', secret)
    done = house.run('restore', file, data=data)
    good = done.returncode == 1 and not left_behind(data) and (not word or word in done.stderr)
    tap.check(f'refused, nothing left behind: {what}', good, f'{done.returncode} {left_behind(data)} {done.stderr}')


def crafted(house, *members):
    """A plain tar with a database first; each member: (name, bytes) or (name, type, link)."""
    path = house.dir / 'crafted.tar'
    with tarfile.open(path, 'w', format=tarfile.PAX_FORMAT) as tar:
        for name, *rest in (('huotang.db', b'SQLite format 3'), *members):
            info = tarfile.TarInfo(name)
            content = rest[0] if len(rest) == 1 else b''
            if not content:
                info.type, info.linkname = rest
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


def load(house, stop, known):
    number = 0
    while not stop.is_set():
        answer = house.draft(f'写入中 {number}', f'load-{number}')
        if answer.status == 201:
            known.append(answer.json()['id'])
        number += 1


def take_backup(tap, house):
    """While somebody writes; gives the file and the ids that were acknowledged before it began."""
    file, stop, known = house.dir / 'a.tar.zst', threading.Event(), []
    writer = threading.Thread(target=load, args=(house, stop, known))
    writer.start()
    while len(known) < 20:
        pass
    before = list(known)
    done = house.run('backup', file)
    stop.set()
    writer.join()
    tap.check('backup while the house serves', done.returncode == 0 and file.exists(), done.stderr)
    tap.check('it tells that the secret is not in it', str(house.data / 'secret') in done.stdout, done.stdout)
    tap.check('nothing else lies beside it', [p.name for p in house.dir.glob('a.tar.zst*')] == ['a.tar.zst'])
    tap.check('only the owner may read it', file.stat().st_mode & 0o777 == 0o600)
    return file, before


def check_cut_chain(tap, house, file, data):
    """Who owns only the database cuts the audit log and sets the head right; then puts an old state of it back."""
    kept = (data / 'huotang.db').read_bytes()
    org = house.rows('SELECT MIN(org_id) FROM audit_heads', data)[0][0]
    house.rows(f'DELETE FROM audits WHERE org_id = {org} AND seq > 1', data)
    house.rows(f'UPDATE audit_heads SET seq = 1, digest = (SELECT digest FROM audits WHERE org_id = {org} AND seq = 1)'
               f' WHERE org_id = {org}', data)
    cut = house.run('verify', data=data)
    tap.check('a cut audit log is found by its seal', cut.returncode == 1 and '封印' in cut.stderr, cut.stderr)
    house.rows(f'DELETE FROM audits WHERE org_id = {org}', data)
    house.rows(f'DELETE FROM audit_heads WHERE org_id = {org}', data)
    cut = house.run('verify', '--since', file, data=data)
    tap.check('an emptied one by an earlier backup', cut.returncode == 1 and '不符' in cut.stderr, cut.stderr)
    (data / 'huotang.db').write_bytes(kept)
    for end in ('-wal', '-shm'):
        (data / ('huotang.db' + end)).unlink(missing_ok=True)


def check_secret(tap, house, data):
    """Another secret than the database was made with is refused, whatever its length says."""
    right = (data / 'secret').read_bytes()
    (data / 'secret').write_bytes(bytes(32))
    wrong = house.run('verify', data=data)
    tap.check('another secret is refused', wrong.returncode == 1 and '密钥' in wrong.stderr, wrong.stderr)
    (data / 'secret').unlink()
    lost = house.run('verify', data=data)
    tap.check('a lost one is not made anew', lost.returncode == 1 and not (data / 'secret').exists(), lost.stderr)
    (data / 'secret').write_bytes(right)


def check_round_trip(tap, house, file, before, attachments):
    data = empty(house, 'back')
    done = house.run('restore', file, data=data)
    tap.check('restore', done.returncode == 0, done.stderr)
    ids = {i for i, in house.rows('SELECT id FROM proposals', data)}
    tap.check('everything acknowledged before is there', set(before) <= ids and len(before) >= 20)
    same = all((data / p.relative_to(house.data)).read_bytes() == p.read_bytes() for p in attachments)
    tap.check('attachments are there, byte for byte', same)
    open_doors = house.rows('SELECT (SELECT COUNT(*) FROM logins WHERE ended_at = 0) +'
                            ' (SELECT COUNT(*) FROM tokens WHERE ended_at = 0)', data)[0][0]
    tap.check('log-ins and tokens that came with it are ended', open_doors == 0 and '作废' in done.stdout, done.stdout)
    tap.check('messages that came with it are held',
              house.rows("SELECT COUNT(*) FROM outbox WHERE sent_at = 0 AND failed_at = 0", data) == [(0,)])
    verified = house.run('verify', data=data)
    tap.check('verify finds it sound and prints the heads', verified.returncode == 0 and '审计链头' in verified.stdout,
              verified.stderr)
    since = house.run('verify', '--since', file, data=data)
    tap.check('and that it goes on from the backup', since.returncode == 0 and '相符' in since.stdout, since.stderr)
    check_cut_chain(tap, house, file, data)
    check_secret(tap, house, data)
    again = house.run('restore', file, data=data)
    tap.check('a directory that is not empty is refused', again.returncode == 1 and 'huotang.db' in again.stderr)
    (data / attachments[0].relative_to(house.data)).write_bytes(b'rotten')
    verified = house.run('verify', data=data)
    tap.check('verify finds a changed attachment', verified.returncode == 1 and '1' in verified.stderr, verified.stderr)


def check_damage(tap, house, file):
    whole = file.read_bytes()
    bad = house.dir / 'bad.tar.zst'
    for part in (0.05, 0.5, 0.95):
        at = int(len(whole) * part)
        bad.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1:])
        refused(tap, house, f'a byte changed at {part:.0%}', bad)
    for part in (0.3, 0.999):
        bad.write_bytes(whole[:int(len(whole) * part)])
        refused(tap, house, f'cut off at {part:.1%}', bad)
    bad.write_bytes(b'')
    refused(tap, house, 'an empty file', bad)
    refused(tap, house, 'made with another secret', file, '密钥', secret=b'x' * 32)
    data = house.dir / 'bare'
    data.mkdir()
    done = house.run('restore', file, data=data)
    tap.check('without the secret it says so', done.returncode == 1 and '密钥' in done.stderr and not left_behind(data))
    tap.check('the secret is not in the backup', (house.data / 'secret').read_bytes() not in whole)


def check_hostile(tap, house):
    content = b'x'
    right = hashlib.sha256(content).hexdigest()
    place = f'files/{right[:2]}/{right[2:4]}/{right}'
    for name in ('../evil', '/tmp/evil', 'files/../../evil', f'files/{right[:2]}/../{right}', place + '/x',
                 f'files/aa/bb/{right}', 'secret'):
        refused(tap, house, f'name {name}', crafted(house, (name, content)), '不该有')
    refused(tap, house, 'a symbolic link', crafted(house, (place, tarfile.SYMTYPE, '/etc/passwd')), '不该有')
    refused(tap, house, 'a hard link', crafted(house, (place, tarfile.LNKTYPE, 'huotang.db')), '不该有')
    refused(tap, house, 'bytes under a wrong digest', crafted(house, (place, b'y')))
    refused(tap, house, 'the same part twice', crafted(house, (place, content), (place, content)))
    refused(tap, house, 'no manifest', crafted(house, (place, content)))
    database = hashlib.sha256(b'SQLite format 3').hexdigest()
    lines = f'{database}  huotang.db\n{right}  {place}\n# huotang backup 1\n# sign {"0" * 32}\n'.encode()
    refused(tap, house, 'a manifest nobody signed', crafted(house, (place, content), ('SHA256SUMS', lines)), '密钥')
    tap.check('nothing was written outside', not os.path.exists('/tmp/evil') and not (house.dir / 'evil').exists())


def check_refusals(tap, house, file):
    again = house.run('backup', file)
    tap.check('an old backup is not overwritten', again.returncode == 1 and '已经存在' in again.stderr, again.stderr)
    nowhere = house.run('backup', house.dir / 'no/such/folder/a.tar.zst')
    tap.check('no folder: told, nothing made', nowhere.returncode == 1 and nowhere.stderr.strip())
    tap.check('wrong usage is 2', house.run('backup').returncode == 2 and house.run('restore').returncode == 2)


def check_export(tap, house):
    xlsx = house.dir / 'members.xlsx'
    done = house.run('export', 'members', xlsx)
    good = done.returncode == 0 and '周试验' in zipfile.ZipFile(xlsx).read('xl/worksheets/sheet1.xml').decode()
    tap.check('export as XLSX', good, done.stderr)
    done = house.run('export', 'members')
    tap.check('export as CSV to standard output', done.returncode == 0 and '周试验' in done.stdout, done.stderr)
    audits = house.rows("SELECT count(*) FROM audits WHERE act = 'members.exported'")[0][0]
    tap.check('both are in the audit log', audits == 2, f'{audits}')
    usage = house.run('export', 'nonsense')
    tap.check('an unknown list: usage names the known ones', usage.returncode == 2 and 'proposals' in usage.stderr)
    tap.check('another ending is refused', house.run('export', 'members', 'a.pdf').returncode == 2)


def main():
    tap = Tap(51)
    with House() as house:
        house.found()
        first = house.draft('有附件的提案', 'first').json()['id']
        attachments = [attach(house, first, os.urandom(size)) for size in (1, 70_000, 3_000_000)]
        file, before = take_backup(tap, house)
        check_round_trip(tap, house, file, before, attachments)
        check_damage(tap, house, file)
        check_hostile(tap, house)
        check_refusals(tap, house, file)
        check_export(tap, house)
        attachments[1].write_bytes(b'rotten')
        done = house.run('backup', house.dir / 'b.tar.zst')
        tap.check('rotten bytes: the rest is kept, and it is told',
                  done.returncode == 1 and attachments[1].name in done.stderr and (house.dir / 'b.tar.zst').exists())
        tap.check('the house ends gracefully', house.stop() == 0)
        postgres = house.run('restore', file, HUOTANG_DB='postgresql://nobody@127.0.0.1:1/none')
        tap.check('PostgreSQL: told to use pg_dump', postgres.returncode == 1 and 'pg_dump' in postgres.stderr,
                  postgres.stderr)
    return tap.bad > 0


sys.exit(main())
