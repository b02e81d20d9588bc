# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove package`: the package of `./dev package` on a bare Debian. First page within five minutes, the service as closed as O1 asks,
backup with its drill, an upgrade under load that loses no request, removal and purge that keep the data."""
import json, os, re, shutil, subprocess, tempfile, time
from pathlib import Path

from bare import Bare, told

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / 'build/package'
NAME = '临沧市政协'
PAGE = r'''
import ssl, sys, urllib.request
context = ssl.create_default_context()
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
with urllib.request.urlopen(sys.argv[1], timeout=10, context=context) as answer:
    sys.stdout.write(answer.read().decode())
'''
# One request after another until told to end: how many, and what went wrong.
LOOP = r'''
import http.client, json, os, sys, time
until, count, faults = time.monotonic() + 60, 0, []
while time.monotonic() < until and not os.path.exists(sys.argv[1]):
    try:
        line = http.client.HTTPConnection('127.0.0.1', 8080, timeout=20)
        line.request('GET', '/login')
        status = line.getresponse().status
        if status != 200:
            faults.append(status)
    except OSError as fault:
        faults.append(str(fault))
    count += 1
print(json.dumps([count, faults]))
'''


def packed(version=''):
    """A package; with a version, one that is newer than any."""
    env = dict(os.environ, HUOTANG_PACKAGE_VERSION=version) if version else None
    told([ROOT / 'tools/package/build'], env=env)
    return next(OUT.glob('*.deb'))


def page(bare, url):
    done = subprocess.run(bare.near('python3', '-c', PAGE, url), capture_output=True, text=True)
    return done.stdout


def waited(bare, url, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        text = page(bare, url)
        if text:
            return text
        time.sleep(0.2)
    raise SystemExit(f'prove: {url} does not answer')


def exposure(bare, unit):
    return float(re.search(r'exposure level for \S+: ([\d.]+)', bare.run('systemd-analyze', 'security', unit, '--no-pager'))[1])


def upgraded(bare, folder):
    """A newer package while somebody asks for pages all the time. Requests, faults, whether another process answers now."""
    newer = packed('99.0')
    shutil.copy(newer, bare.root / 'root/newer.deb')
    begun = lambda: bare.run('journalctl', '-u', 'huotang', '--no-pager').count('"event":"worker.serves"')
    before, end = begun(), folder / 'end'
    loop = subprocess.Popen(bare.near('python3', '-c', LOOP, end), stdout=subprocess.PIPE, text=True)
    time.sleep(1)
    bare.run('dpkg', '-i', '/root/newer.deb')
    time.sleep(4)
    end.touch()
    count, faults = json.loads(loop.communicate()[0])
    return count, faults, begun() > before


def prove(say):
    first, again = (told(['sha256sum', packed()]).split()[0] for _ in range(2))
    say('packed twice', 'the same bytes' if first == again else 'other bytes', 'the same bytes', first == again)
    folder = Path(tempfile.mkdtemp(prefix='huotang-prove-', dir='/var/tmp'))
    bare = None
    try:
        bare = Bare(folder / 'root')
        judged(say, bare, folder)
    finally:
        if bare:
            bare.stop()
        shutil.rmtree(folder, ignore_errors=True)


def judged(say, bare, folder):
    deb = packed()
    say('package', f'{deb.stat().st_size / 2**20:.1f} MiB')
    shutil.copy(deb, bare.root / 'root/huotang.deb')
    begin = time.monotonic()
    bare.chroot('apt-get', '-q', '-y', 'install', '/root/huotang.deb')
    bare.boot()
    bare.run('ln', '-sf', '../sites-available/huotang', '/etc/nginx/sites-enabled/huotang')
    bare.run('nginx', '-t')
    bare.run('systemctl', 'reload-or-restart', 'nginx')
    made = bare.run('huotangctl', 'init', '--name', NAME)
    seen = waited(bare, 'https://127.0.0.1/first')
    took = time.monotonic() - begin
    good = '<html lang="zh-CN"' in seen and bool(re.search(r'[0-9A-Z]{4}-[0-9A-Z]{4}', made))
    say('first page after', f'{took:.0f} s', '300 s', good and took <= 300)
    for unit in ('huotang.service', 'huotang-backup.service'):
        level = exposure(bare, unit)
        say(f'exposure of {unit} (O1)', f'{level}', '1.5', level <= 1.5)
    log = bare.run('journalctl', '-u', 'huotang', '--no-pager')
    say('own sandbox under the unit', 'on' if '"calls":"on","files":"on"' in log else 'off', 'on', '"calls":"on","files":"on"' in log)
    bare.run('huotangctl', 'user', 'add', 'zhangsan', '--name', '张三', '--role', 'staff')
    bare.run('systemctl', 'start', 'huotang-backup')
    record = bare.run('cat', '/var/backups/huotang/演练记录.txt')
    say('backup and drill', record.strip().split('备份与恢复演练 ')[-1], '成功', '演练 成功' in record)
    count, faults, other = upgraded(bare, folder)
    say('requests during an upgrade', f'{count}, {len(faults)} failed{": " + str(faults[:3]) if faults else ""}', '0 failed', count > 50 and not faults and other)
    kept(say, bare)


def there(bare):
    return 'zhangsan' in bare.ask('sh', '-c', 'huotangctl export accounts 2>/dev/null; strings -a /var/lib/huotang/huotang.db 2>/dev/null || '
                                   'grep -a zhangsan /var/lib/huotang/huotang.db')


def kept(say, bare):
    bare.run('dpkg', '-r', 'huotang')
    gone = not page(bare, 'http://127.0.0.1:8080/readyz')
    say('removed: service / data', f'{"ended" if gone else "runs"} / {"there" if there(bare) else "lost"}', 'ended / there', gone and there(bare))
    bare.run('dpkg', '-i', '/root/newer.deb')
    back = '"ready":true' in waited(bare, 'http://127.0.0.1:8080/readyz')
    verified = bare.ask('huotangctl', 'verify')
    say('installed again', 'serves' if back else 'does not serve', 'serves', back and there(bare))
    say('verify', verified.strip().splitlines()[-1][:80] if verified.strip() else '', '', 'error' not in verified)
    bare.run('dpkg', '-P', 'huotang')
    say('purged: data', 'there' if there(bare) else 'lost', 'there', there(bare))
