# SPDX-License-Identifier: MulanPSL-2.0
"""Three machines with etcd, Patroni and PostgreSQL, two of them with a house, and HAProxy in front, by the very files that operators take
(docs/operations/cluster; only folders and passwords are put in). Each machine is a network namespace of its own with the addresses of the
guide, joined by a bridge, so that ports clash with nobody and a plug can be pulled. A program that uses this calls enter() first: it is started
again in namespaces of its own, with all processes below it, so nothing is left behind however it ends. An ordinary user may."""
import json, os, pwd, re, secrets, shutil, signal, subprocess, sys, time, urllib.error, urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests/durability'))
from house import BIN, House

FILES = ROOT / 'docs/operations/cluster'
NAMES = ('huo1', 'huo2', 'huo3')
APPS = NAMES[:2]
FRONT = '10.0.0.254'
NEEDED = ('etcd', 'patroni', 'haproxy', 'ip', 'unshare', 'nsenter', 'setpriv')
MEMORY = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None


def lacking():
    """Why there can be no cluster here, or an empty string."""
    gone = [name for name in NEEDED if not shutil.which(name, path=os.environ['PATH'] + ':/usr/sbin:/sbin')]
    gone += ['python3-etcd'] if subprocess.run(['/usr/bin/python3', '-c', 'import etcd'], capture_output=True).returncode else []
    if gone:
        return f'{", ".join(gone)} not installed; ./dev deps cluster does'
    tried = subprocess.run([*own_space(), 'ip', 'link', 'add', 'huo', 'type', 'bridge'], capture_output=True, text=True)
    return f'no namespaces of its own here: {tried.stderr.strip()[:200]}' if tried.returncode else ''


def own_space():
    who = [] if os.geteuid() == 0 else ['--user', '--map-current-user', '--keep-caps']
    return ['unshare', *who, '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']


def enter():
    """Starts this program again in namespaces of its own and ends with its status; returns in there."""
    if os.environ.get('HUOTANG_CLUSTER') == 'inside':
        if os.getpid() == 1 and (child := os.fork()):
            bury(child)
        return
    env = dict(os.environ, HUOTANG_CLUSTER='inside', PATH=os.environ['PATH'] + ':/usr/sbin:/sbin', LC_ALL='C.UTF-8')
    sys.exit(subprocess.run([*own_space(), sys.executable, *sys.argv], env=env).returncode)


def bury(child):
    """As the first process of the namespace: takes leave of who has no parent any more (a postmaster whose Patroni was killed: as long as nobody
    does, Patroni believes it to run), and ends with the child."""
    while True:
        pid, status = os.wait()
        if pid == child:
            os._exit(os.waitstatus_to_exitcode(status) & 0xff)


def run(*words):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f'{" ".join(map(str, words))}: {done.stdout}{done.stderr}')
    return done.stdout


def children(pid):
    """All processes below one, itself last."""
    try:
        below = Path(f'/proc/{pid}/task/{pid}/children').read_text().split()
    except OSError:
        return []
    return [p for child in below for p in children(int(child))] + [pid]


def kill9(pids):
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


class Machine:
    """A network namespace, held by a process that sleeps, and what runs in it."""

    def __init__(self, cluster, number):
        self.cluster, self.name, self.address = cluster, NAMES[number], f'10.0.0.{number + 1}'
        self.folder, self.ran = cluster.folder / self.name, {}
        self.folder.mkdir()
        self.holder = subprocess.Popen(['unshare', '--net', 'sleep', 'infinity'])
        mine = os.readlink('/proc/self/ns/net')
        while os.readlink(f'/proc/{self.holder.pid}/ns/net') == mine:
            time.sleep(0.01)
        run('ip', 'link', 'add', self.name, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', self.holder.pid)
        run('ip', 'link', 'set', self.name, 'master', 'bridge', 'up')
        for words in (('link', 'set', 'lo', 'up'), ('addr', 'add', self.address + '/24', 'dev', 'eth0'), ('link', 'set', 'eth0', 'up')):
            run(*self.inside('ip', *words))
        if os.geteuid() == 0:
            os.chown(self.folder, *cluster.owner)

    def inside(self, *words):
        return ['nsenter', '-t', str(self.holder.pid), '-n', *map(str, words)]

    def start(self, name, *words, env=None, as_owner=True):
        """A program on this machine; PostgreSQL, and so Patroni, refuse root."""
        who = ['setpriv', f'--reuid={self.cluster.owner[0]}', f'--regid={self.cluster.owner[1]}', '--clear-groups']
        who = who if os.geteuid() == 0 and as_owner else []
        with open(self.folder / f'{name}.log', 'ab') as log:
            self.ran[name] = subprocess.Popen(self.inside(*who, *words), cwd=self.folder,
                                              env={**os.environ, 'HOME': str(self.folder), **(env or {})},
                                              stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def configured(self, name):
        """A file of the guide as this machine has it, in its folder."""
        text = self.cluster.filled((FILES / name).read_text()).replace('NODE_NAME', self.name).replace('NODE_ADDRESS', self.address)
        text = text.replace('/var/lib/postgresql', str(self.folder)).replace('/var/run/postgresql', str(self.folder))
        text = text.replace('/var/lib/etcd', f'{self.folder}/etcd').replace('/usr/lib/postgresql/15/bin', str(self.cluster.bin))
        text = text.replace('/etc/postgresql', str(self.cluster.keys)).replace('huotang.key', f'{self.name}.key').replace('huotang.crt', f'{self.name}.crt')
        beside = f'    - hostssl huotang huotang {FRONT}/32 scram-sha-256\n'  # a test's commands come from beside the machines
        text = text.replace('    - hostssl replication', beside + '    - hostssl replication', 1)
        text = text.replace('mode: automatic', "mode: 'off'")  # a watchdog would restart this very machine
        path = self.folder / name
        path.write_text(text)
        if os.geteuid() == 0:
            os.chown(path, *self.cluster.owner)
        return path

    def etcd(self):
        lines = [line for line in self.configured('etcd.env').read_text().splitlines() if '=' in line and line[0] != '#']
        self.start('etcd', 'etcd', env=dict(line.split('=', 1) for line in lines))

    def patroni(self):
        self.start('patroni', 'patroni', self.configured('patroni.yml'))

    def app(self):
        self.start('app', BIN, 'serve', env=self.cluster.app_env(self), as_owner=False)

    def postmaster(self):
        try:
            return int((self.folder / 'huotang/postmaster.pid').read_text().split('\n', 1)[0])
        except (OSError, ValueError):
            return 0

    def kill(self, *names):
        """kill -9 at once of PostgreSQL (postgres), of Patroni, etcd, the house: of whatever is named and runs."""
        pids = []
        for name in names:
            pid = self.postmaster() if name == 'postgres' else self.ran[name].pid if name in self.ran else 0
            pids += children(pid) if pid and name != 'patroni' else [pid] if pid else []
        kill9(pids)
        for name in names:
            if name in self.ran:
                self.ran.pop(name).wait()

    def plug(self, is_in):
        run('ip', 'link', 'set', self.name, 'up' if is_in else 'down')

    def status(self, of='patroni'):
        """What Patroni says of itself, or of the whole cluster; empty when it says nothing."""
        try:
            with urllib.request.urlopen(f'http://{self.address}:8008/{of}', timeout=1) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as told:
            return json.load(told)
        except (OSError, ValueError):
            return {}

    def psql(self, sql, seconds=5, user='huotang', database='huotang'):
        """Asked on this machine itself, of its own PostgreSQL. The client is killed when it is late: asked to stop, it would have the server say
        that it did."""
        words = ['timeout', '-s', 'KILL', seconds, 'psql', '-qXAt', '-v', 'ON_ERROR_STOP=1',
                 f'postgresql://{user}:{self.cluster.passwords[user]}@127.0.0.1/{database}?connect_timeout=2', '-c', sql]
        return subprocess.run(self.inside(*words), capture_output=True, text=True, stdin=subprocess.DEVNULL)


class Cluster(House):
    """A house of durability tests whose database is the cluster and which is asked by HAProxy's door."""
    APPS = APPS

    def __init__(self):
        super().__init__()
        self.folder = self.dir if not MEMORY else Path(subprocess.check_output(['mktemp', '-d', f'{MEMORY}/huotang-cluster-XXXXXX'], text=True).strip())
        self.folder.chmod(0o755)
        self.dir.chmod(0o755)
        postgres = pwd.getpwnam('postgres') if os.geteuid() == 0 else None
        self.owner = (postgres.pw_uid, postgres.pw_gid) if postgres else (os.geteuid(), os.getegid())
        self.bin = sorted(Path('/usr/lib/postgresql').glob('*/bin/initdb'))[-1].parent
        words = {word: secrets.token_hex(12) for word in ('REST', 'SUPERUSER', 'REPLICATOR', 'REWINDER', 'HUOTANG')}
        self.words = words
        self.passwords = {'postgres': words['SUPERUSER'], 'huotang': words['HUOTANG']}
        self.port, self.machines, self.proxy = 8080, [], None
        hosts = ','.join(f'10.0.0.{n + 1}' for n in range(3))
        self.keys = self.folder / 'keys'
        self.certify()
        self.url = f'postgresql://huotang:{words["HUOTANG"]}@{hosts}/huotang?sslmode=verify-full&sslrootcert={self.data}/huotang-ca.crt'
        self.env['HUOTANG_DB'] = self.url
        self.env.pop('HUOTANG_LISTEN')

    def certify(self):
        """An authority and a certificate for each machine, by the commands of the guide (docs/operations/cluster.md, step 3)."""
        guide = (ROOT / 'docs/operations/cluster.md').read_text()
        commands = re.search(r'```\n(umask 077 && mkdir .*?)```', guide, re.S)[1].replace('/root/huotang-keys', str(self.keys))
        subprocess.run(['sh', '-ec', commands], check=True, capture_output=True)
        self.data.mkdir(exist_ok=True)  # the sandbox of the house reads there, or below /etc as in the guide
        shutil.copy(self.keys / 'huotang-ca.crt', self.data)
        self.keys.chmod(0o755)
        for path in self.keys.iterdir():
            path.chmod(0o600 if path.suffix == '.key' else 0o644)
            if os.geteuid() == 0:
                os.chown(path, *self.owner)

    def filled(self, text):
        return re.sub(r'PASSWORD_(\w+)', lambda m: self.words[m[1]], text)

    def app_env(self, machine):
        return {**self.env, 'HUOTANG_LISTEN': machine.address + ':8080', 'HUOTANG_TRUSTED_PROXIES': FRONT}

    def begin(self, city=False):
        """Everything up, a house founded in it, with the people of the demo city or with next to nobody; ready to be asked."""
        run('ip', 'link', 'add', 'bridge', 'type', 'bridge')
        for words in (('link', 'set', 'lo', 'up'), ('addr', 'add', FRONT + '/24', 'dev', 'bridge'), ('link', 'set', 'bridge', 'up')):
            run('ip', *words)
        self.machines = [Machine(self, n) for n in range(3)]
        for machine in self.machines:
            machine.etcd()
        for machine in self.machines:
            machine.patroni()
        first = self.primary(60)
        for sql in (f"CREATE ROLE huotang LOGIN PASSWORD '{self.words['HUOTANG']}'",
                    "CREATE DATABASE huotang OWNER huotang ENCODING 'UTF8' TEMPLATE template0"):
            done = first.psql(sql, 30, 'postgres', 'postgres')
            if done.returncode:
                raise RuntimeError(done.stderr)
        self.wait_until(lambda: all(m.psql('SELECT 1').returncode == 0 for m in self.machines), 30, 'the database on all three')
        if not city:
            return self.found()
        said = self.must('demo', '--scale', '0')
        self.password = re.search(r'\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b', said)[0]
        self.token = self.must('token', 'add', 'staff').strip().split()[-1]
        self.member = self.rows('SELECT min(id) FROM members')[0][0]
        return self.serve().wait_ready()

    def serve(self, limits=()):
        for name in APPS:
            self.machine(name).app()
        self.haproxy()
        return self

    def wait_ready(self, seconds=60, path='/'):
        """Signs of life do not go out by the door: the machines are asked for them, the door for a page."""
        self.wait_until(lambda: all(self.answers(self.machine(name)) for name in APPS), seconds, 'ready')
        self.wait_until(lambda: self.ask('GET', path, timeout=2).status == 200, seconds, 'a page')
        return self

    def haproxy(self):
        text = self.filled((FILES / 'haproxy.cfg').read_text()).replace('/etc/haproxy', str(FILES))
        plain = {'maxconn 20000': 'maxconn 2000', 'bind *:443': None, '{ ssl_fc }': None, 'bind *:80': 'bind *:8080', 'user haproxy': None, 'group haproxy': None}
        lines = []
        for line in text.splitlines():    # no certificate here, and one door
            key = next((k for k in plain if k in line), None)
            lines.append(line if key is None else line.replace(key, plain[key]) if plain[key] else '')
        path = self.folder / 'haproxy.cfg'
        path.write_text('\n'.join(lines).replace('X-Forwarded-Proto https', 'X-Forwarded-Proto http') + '\n')
        with open(self.folder / 'haproxy.log', 'ab') as log:
            self.proxy = subprocess.Popen(['haproxy', '-db', '-f', path], stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def answers(self, machine):
        """Whether a machine's own house is ready."""
        with urllib.request.urlopen(f'http://{machine.address}:8080/readyz', timeout=2) as answer:
            return answer.status == 200

    def machine(self, name):
        return next(m for m in self.machines if m.name == name)

    def wait_until(self, fn, seconds, what):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if fn():
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise RuntimeError(f'not within {seconds} s: {what}; logs in {self.folder}')

    def primary(self, seconds=90):
        """The machine whose PostgreSQL takes writes, once there is one."""
        found = []

        def look():
            found[:] = [m for m in self.machines if m.status().get('role') in ('master', 'primary') and m.status().get('state') == 'running']
            return len(found) == 1
        self.wait_until(look, seconds, 'a primary')
        return found[0]

    def whole(self, seconds=120):
        """Waits until all three follow one primary and one of them is written to with it, and Patroni has noted which: before that (a loop of its,
        after each recovery) nobody may take over, since nobody knows who has everything."""
        def look():
            said = [s for s in (m.status() for m in self.machines) if s.get('role') in ('master', 'primary')]
            follow = said[0].get('replication', []) if len(said) == 1 else []
            return sum(f['state'] == 'streaming' for f in follow) == 2 and 'sync' in [f['sync_state'] for f in follow] and self.noted()
        self.wait_until(look, seconds, 'three that follow each other')

    def noted(self):
        """Whether one that follows is in Patroni's own memory as the one that has everything."""
        return any(member['role'] == 'sync_standby' for member in self.machines[0].status('cluster').get('members', []))

    def rows(self, sql, data=None):
        done = subprocess.run(['psql', '-qXAt', '-F', '\t', self.url + '&target_session_attrs=read-write', '-c', sql], capture_output=True,
                              text=True, stdin=subprocess.DEVNULL)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return [tuple(int(c) if re.fullmatch(r'-?\d+', c) else c for c in line.split('\t')) for line in done.stdout.splitlines()]

    def __exit__(self, *_):
        for machine in self.machines:
            kill9([p for name in machine.ran for p in children(machine.ran[name].pid)] + children(machine.postmaster()))
            machine.holder.kill()
        if self.proxy:
            self.proxy.kill()
        shutil.rmtree(self.dir, ignore_errors=True)
        if not os.environ.get('HUOTANG_KEEP'):
            shutil.rmtree(self.folder, ignore_errors=True)
