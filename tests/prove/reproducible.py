# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove reproducible`: the committed source built twice from nothing (S1), in folders of other names and depth, under another umask, locale
and time zone, with another number of jobs and without a compiler cache: the same bytes of program, interface and embedded files."""
import hashlib, os, shutil, subprocess, tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = (('a', {'LC_ALL': 'C', 'TZ': 'UTC'}, 0o022, 2), ('another/much-deeper/place', {'LC_ALL': 'C.UTF-8', 'TZ': 'Asia/Shanghai'}, 0o077, 1))


def built(folder, more, umask, jobs):
    """Builds what HEAD holds in an empty folder; SHA-256 of the program and of what it is made of."""
    folder.mkdir(parents=True)
    head = subprocess.run(['git', 'archive', 'HEAD'], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(['tar', 'x'], cwd=folder, input=head, check=True)
    version = subprocess.run(['git', 'describe', '--tags', '--always'], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    (folder / 'VERSION').write_text(version)
    shutil.copytree(ROOT / 'ui/node_modules', folder / 'ui/node_modules', symlinks=True)
    (folder / 'ui/node_modules/.package-lock.json').touch()
    env = {**os.environ, **more, 'CCACHE_DISABLE': '1'}
    done = subprocess.run(['make', f'-j{jobs}', 'build/huotang'], cwd=folder, env=env, umask=umask, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f'prove: the build in {folder}: {done.stderr[-1000:]}')
    return {str(p.relative_to(folder / 'build')): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted([folder / 'build/huotang', *(folder / 'build/gen').rglob('*.[ch]'), *(folder / 'build/ui').rglob('*')]) if p.is_file()}


def prove(say):
    top = Path(tempfile.mkdtemp(prefix='huotang-twice-', dir='/var/tmp'))
    try:
        one, two = (built(top / place, more, umask, jobs) for place, more, umask, jobs in PLACES)
    finally:
        shutil.rmtree(top, ignore_errors=True)
    odd = sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
    say('program', f'{one["huotang"][:16]}… and {two["huotang"][:16]}…', 'the same bytes', one['huotang'] == two['huotang'])
    say('files made on the way that differ', ', '.join(odd[:5]) or f'none of {len(one)}', 'none', not odd)
