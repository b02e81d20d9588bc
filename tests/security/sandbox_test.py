#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Quality O2 in a running house, on both engines (HUOTANG_TEST_DB): the worker is locked in, the supervisor is not, and what
the house is there for still goes: pages, PDF, XLSX, mail, upgrade by SIGHUP, backup. The forbidden actions themselves:
server/tests/sandbox_test.c. TAP."""
import io, json, os, re, select, signal, subprocess, sys, threading, time, zipfile
from pathlib import Path
from town import ROOT, Tap, Town


def status_of(pid):
    return dict(re.findall(r'^(\w+):\s*(.*)$', Path(f'/proc/{pid}/status').read_text(), re.M))


def is_locked(pid):
    s = status_of(pid)
    return s['Seccomp'] == '2' and s['NoNewPrivs'] == '1'


def post_office():
    server = subprocess.Popen(['/usr/bin/python3', ROOT / 'platform/notify/tests/smtp_server.py'], stdout=subprocess.PIPE, text=True)
    return server, server.stdout.readline().strip()


def restarted(town):
    before, end = town.workers(), time.monotonic() + 60
    town.server.send_signal(signal.SIGHUP)
    while time.monotonic() < end and (town.workers() == before or len(town.workers()) != 1):
        time.sleep(0.05)
    return town.workers() != before and is_locked(town.workers()[0])


def check_locked(tap, town):
    worker, log = town.workers()[0], (town.dir / 'server.log').read_text()
    said = [json.loads(x) for x in log.splitlines() if '"event":"sandbox"' in x]
    if said and said[0]['calls'] != 'on':
        print(f'ok {tap.number + 1} - # SKIP this kernel has no seccomp: {said[0]}')
        tap.number += 1
    else:
        tap.check('the worker is locked in', is_locked(worker), f'{status_of(worker)}')
    print(f'# sandbox: {said[0] if said else "nothing was said"}')
    tap.check('the log says which parts are in force', bool(said), log[-300:])
    tap.check('the supervisor, who starts workers, is not', status_of(town.server.pid)['Seccomp'] == '0')


def check_documents(tap, town, staff):
    member = town.person('m001')
    made = member.get('/proposals/new')
    tap.check('a page', made.status == 200 and b'</html>' in made.content, f'{made.status}')
    xlsx = staff.get('/members.xlsx')
    names = zipfile.ZipFile(io.BytesIO(xlsx.content)).namelist() if xlsx.status == 200 else []
    tap.check('XLSX', 'xl/worksheets/sheet1.xml' in names, f'{xlsx.status}')
    csv = staff.get('/members.csv')
    tap.check('CSV', csv.status == 200 and len(csv.content.splitlines()) > 300, f'{csv.status}')
    answer = town.ask('GET', '/api/v1/members?limit=1').json()
    people = next(v for v in answer.values() if isinstance(v, list))
    draft = town.ask('POST', '/api/v1/proposals', {'proposer_id': people[0]['id'], 'kind': 'personal', 'title': '沙箱里的提案',
                                                   'situation': '字体要读得到。'}, 'sandbox')
    pdf = staff.get(f'/proposals/{draft.json()["id"]}/pdf')
    shown = subprocess.run(['pdftotext', '-', '-'], input=pdf.content, capture_output=True).stdout.decode()
    tap.check('PDF with Chinese letters', '沙箱里的提案' in re.sub(r'\s', '', shown), f'{pdf.status} {shown[:200]}')


def check_mail(tap, town, staff, office):
    set_up = staff.post('/inbox/mail', {'address': 'staff@example.cn', 'active': '1'})
    member = town.person('m002')
    member.get('/members/me')
    asked = member.post('/members/me', {'job': '工程师', 'phone': '13800000010'})
    ready, _, _ = select.select([office.stdout], [], [], 40)
    line = office.stdout.readline() if ready else ''
    tap.check('mail', 'staff@example.cn' in line, f'{set_up.status} {asked.status} {line!r}')


def workbook(name):
    parts, box = {
        'xl/workbook.xml': '<workbook><sheets><sheet name="a" r:id="r"/></sheets></workbook>',
        'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c></row><row r="2">'
                                    f'<c r="A2" t="inlineStr"><is><t>{name}</t></is></c></row></sheetData></worksheet>'}, io.BytesIO()
    with zipfile.ZipFile(box, 'w', zipfile.ZIP_DEFLATED) as z:
        for path, text in parts.items():
            z.writestr(path, text)
    return box.getvalue()


def send_list(person, name, data):
    edge, head = 'edge-of-parts', 'Content-Disposition: form-data; name='
    fields = ''.join(f'--{edge}\r\n{head}"{k}"\r\n\r\n{v}\r\n' for k, v in (('csrf', person.csrf), ('run', '1')))
    body = (f'{fields}--{edge}\r\n{head}"file"; filename="{name}"\r\n\r\n'.encode() + data + f'\r\n--{edge}--\r\n'.encode())
    return person.ask('POST', '/orgs/import', body, Content_Type=f'multipart/form-data; boundary={edge}')


def children_of(pid):
    return [int(p.name) for p in Path('/proc').iterdir() if p.name.isdigit() and (p / 'status').exists()
            and status_of(p.name).get('PPid') == str(pid)]


def check_lists(tap, town, staff):
    """Lists are taken apart by a process beside the worker (server/tests/reader_test.c); the house outlives that one, too."""
    staff.get('/orgs/import')
    sent = [send_list(staff, 'a.xlsx', workbook('市第一沙箱局')), send_list(staff, 'a.csv', '名称\n市第二沙箱局\n'.encode('gb18030'))]
    found = staff.get('/orgs?q=%E6%B2%99%E7%AE%B1').content.decode()
    tap.check('lists of both kinds', [r.status for r in sent] == [303, 303] and '市第一沙箱局' in found and '市第二沙箱局' in found,
              f'{[r.status for r in sent]}')
    staff.get('/orgs/import')
    bomb = send_list(staff, 'bomb.xlsx', workbook('局' * 3000000))
    tap.check('a bomb is refused in words', bomb.status == 422 and '文件解开后过大' in bomb.content.decode(), f'{bomb.status}')


def check_helper(tap, town, staff):
    """The process beside the worker is the program anew; a list that it does not finish holds up nobody who writes; a new one comes
    when it is gone."""
    worker = town.workers()[0]
    helpers = children_of(worker)
    tap.check('one process beside the worker, with no environment and no file of the house', len(helpers) == 1
              and not Path(f'/proc/{helpers[0]}/environ').read_bytes()
              and {p.name for p in Path(f'/proc/{helpers[0]}/fd').iterdir()} == {'0', '1', '2', '3'}, f'{helpers}')
    other, answers = town.person('staff'), []
    staff.get('/orgs/import')
    os.kill(helpers[0], signal.SIGSTOP)
    waiting = threading.Thread(target=lambda: answers.append(send_list(staff, 'a.csv', '名称\n市第三沙箱局\n'.encode())))
    waiting.start()
    time.sleep(1)
    began = time.monotonic()
    written = other.post('/inbox/mail', {'address': 'other@example.cn', 'active': '1'})
    took, early = time.monotonic() - began, bool(answers)
    os.kill(helpers[0], signal.SIGCONT)
    waiting.join()
    tap.check('while a list is being read others write', not early and written.status == 303 and took < 5 and answers[0].status == 303,
              f'{written.status} after {took:.1f} s, list {answers[0].status}')
    os.kill(helpers[0], signal.SIGKILL)
    end = time.monotonic() + 30
    while time.monotonic() < end and (town.workers() == [worker] or len(town.workers()) != 1):
        time.sleep(0.05)
    staff.get('/orgs/import')
    after = send_list(staff, 'a.csv', '名称\n市第四沙箱局\n'.encode())
    tap.check('when it is gone another worker with another one takes over', town.workers() != [worker] and after.status == 303
              and '"worker.died"' not in (town.dir / 'server.log').read_text(), f'{after.status}')


def main():
    if os.environ.get('HUOTANG_SANDBOX') == 'no':
        print('1..1\nok 1 - # SKIP this build writes outside of its data directory (coverage)')
        return 0
    office, port = post_office()
    tap = Tap(16)
    try:
        with Town(HUOTANG_SMTP_URL=f'smtp://127.0.0.1:{port}', HUOTANG_SMTP_FROM='office@example.cn',
                  HUOTANG_LOG_LEVEL='info') as town:
            staff = town.person('staff')
            check_locked(tap, town)
            check_documents(tap, town, staff)
            check_mail(tap, town, staff, office)
            check_lists(tap, town, staff)
            check_helper(tap, town, staff)
            tap.check('an upgrade starts a new worker, locked in as well', restarted(town))
            done = town.run('backup', town.dir / 'a.tar.zst')
            pg = 'HUOTANG_DB' in town.env
            tap.check('backup', done.returncode == 0 or pg and 'pg_dump' in done.stderr, done.stderr)
            status = town.stop()
            log = (town.dir / 'server.log').read_text()
            tap.check('the end is graceful and nothing was refused on the way', status == 0 and 'Permission' not in log
                      and 'not permitted' not in log, f'{status} {log[-2000:]}')
    finally:
        office.kill()
    return tap.bad > 0


sys.exit(main())
