# SPDX-License-Identifier: MulanPSL-2.0
"""A bare Debian of the release that runs here, in a folder: made with debootstrap, started with systemd as process 1 in namespaces of its
own (files, processes, net: nothing but its own loopback). Needs root. Not a container for products: it keeps nobody out."""
import os, shutil, signal, subprocess, time
from pathlib import Path

# The root of files has to be a true one: systemd makes user namespaces, which the kernel refuses in a chroot.
BOOT = r'''
set -e
ip link set lo up
mount --make-rprivate /
mount --bind "$1" "$1"
cd "$1"
mount -t proc proc proc
mount -t sysfs -o ro sys sys
mount -t tmpfs tmpfs run
mount --rbind /dev dev
mount -t cgroup2 none sys/fs/cgroup
mkdir -p old
pivot_root . old
umount -l /old
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system
'''
CLEAN = {'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'LANG': 'C.UTF-8', 'DEBIAN_FRONTEND': 'noninteractive'}


def told(argv, **more):
    """Output of a command that must succeed."""
    done = subprocess.run([str(a) for a in argv], capture_output=True, text=True, errors='replace', **more)
    if done.returncode:
        raise SystemExit(f'prove: {" ".join(map(str, argv))[:200]}: status {done.returncode}\n{(done.stdout + done.stderr)[-2000:]}')
    return done.stdout


class Bare:
    def __init__(self, folder):
        self.root, self.process, self.first = Path(folder), None, 0
        release = dict(line.split('=', 1) for line in Path('/etc/os-release').read_text().splitlines() if '=' in line)
        self.suite = release['VERSION_CODENAME']
        sites = told(['apt-get', 'indextargets', '--format', '$(URI)'])
        mirror = sites.split('/dists/')[0].split('\n')[-1]
        told(['debootstrap', '--variant=minbase', '--include=systemd,systemd-sysv,dbus', self.suite, self.root, mirror])
        for place in ('sources.list', 'sources.list.d', 'apt.conf.d', 'trusted.gpg.d'):
            source, target = Path('/etc/apt', place), self.root / 'etc/apt' / place
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            elif source.exists():
                shutil.copy(source, target)
        shutil.copy('/etc/resolv.conf', self.root / 'etc/resolv.conf')
        (self.root / 'usr/sbin/policy-rc.d').write_text('#!/bin/sh\nexit 101\n')
        (self.root / 'usr/sbin/policy-rc.d').chmod(0o755)
        self.chroot('apt-get', '-q', 'update')

    def chroot(self, *argv):
        """Before it runs; the net is that of this machine."""
        return told(['chroot', self.root, *argv], env=CLEAN, stdin=subprocess.DEVNULL)

    def boot(self):
        (self.root / 'usr/sbin/policy-rc.d').unlink()
        self.process = subprocess.Popen(
            ['unshare', '--mount', '--pid', '--fork', '--uts', '--ipc', '--cgroup', '--net', 'bash', '-c', BOOT, 'boot', self.root],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        children = Path(f'/proc/{self.process.pid}/task/{self.process.pid}/children')
        until = time.monotonic() + 60
        while time.monotonic() < until:
            self.first = int((children.read_text().split() or ['0'])[0])
            if self.first and self.ask('systemctl', 'is-system-running').strip() in ('running', 'degraded'):
                return
            time.sleep(0.5)
        raise SystemExit('prove: the bare system did not start')

    def inside(self, *argv):
        return ['nsenter', '-t', str(self.first), '-m', '-p', '-u', '-i', '-n', '-r', '-w', 'env', '-i',
                *(f'{k}={v}' for k, v in CLEAN.items()), *argv]

    def ask(self, *argv):
        """Output, whatever the status."""
        done = subprocess.run(self.inside(*argv), capture_output=True, text=True, errors='replace', stdin=subprocess.DEVNULL)
        return done.stdout + done.stderr

    def run(self, *argv):
        return told(self.inside(*argv), stdin=subprocess.DEVNULL)

    def near(self, *argv):
        """A program of this machine that sees only the net of the bare one: an argv."""
        return ['nsenter', '-t', str(self.first), '-n', *map(str, argv)]

    def stop(self):
        if self.first:
            os.kill(self.first, signal.SIGKILL)  # with process 1 its whole namespace ends
        if self.process:
            self.process.wait()
        shutil.rmtree(self.root, ignore_errors=True)
