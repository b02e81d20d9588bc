#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Coverage of a `make SAN=coverage` build after its tests have run (STYLE.md X3, quality F8): lines and branches of each folder, of
what decides who may what, and the files with the most lines never run. With paths as arguments, the lines and the branches of those
files that never ran.

    tools/checks/coverage.py [PATH...]
A line is left out of the count by the comment `not covered: why` on it or on the line above. Branches of assert() are not counted:
their other side stops the process. `?` before a line: it ran, but not every way.
"""
import json, re, subprocess, sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OBJECTS = ROOT / 'build/coverage/obj'
# What decides who may what, and what is let in; rules files of the modules are those without SQL, HTTP and figures.
GUARDS = {
    'access, audit': r'platform/(access|audit)/\w+\.c',
    'flow': r'platform/flow/\w+\.c',
    'files': r'platform/files/\w+\.c',
    'csrf, forms, exchange': r'platform/web/(csrf|forms|params|upload|exchange|idempotency|router|headers|proxies|flow_routes|digest)\.c',
    'rules of modules': r'modules/\w+/(?!\w*_(store|pages|api|views?|list|lists|jobs|module|figures|figures_store|figures_tables|files|letter|'
                        r'json|import|forms)\.c)\w+\.c',
}


def counts():
    """path -> {line: [times run, [times each branch was taken]]}."""
    found = defaultdict(dict)
    data = [str(p) for p in OBJECTS.rglob('*.gcda') if '/tests/' not in str(p) and '/gen/' not in str(p)]
    for begin in range(0, len(data), 50):
        run = subprocess.run(['gcov', '-b', '-t', '--json-format', *data[begin:begin + 50]], capture_output=True, text=True, cwd=ROOT)
        for text in run.stdout.splitlines():
            for file in json.loads(text)['files']:
                if not file['file'].startswith('/'):
                    add(found[file['file'].removeprefix('./')], file['lines'])
    return found


def add(lines, more):
    """A line may stand several times: in a header, or once for each function that it makes."""
    for line in more:
        branches = [b['count'] for b in line.get('branches', [])]
        have = lines.setdefault(line['line_number'], [0, [0] * len(branches)])
        have[0] += line['count']
        if len(have[1]) == len(branches):
            have[1] = [a + b for a, b in zip(have[1], branches)]
        else:
            have[1] += branches


def wanted(path, lines):
    """The lines that should have been run, without the annotated ones, and without the branches of asserts."""
    text = (ROOT / path).read_text().split('\n')
    kept = {n: v for n, v in lines.items() if n <= len(text) and not any('not covered:' in text[i] for i in (n - 1, n - 2) if 0 <= i < len(text))}
    return {n: [c, [] if re.search(r'\bassert\(', text[n - 1]) else b] for n, (c, b) in kept.items()}


class Sum:
    def __init__(self):
        self.lines, self.run, self.branches, self.taken = 0, 0, 0, 0

    def add(self, lines):
        for count, branches in lines.values():
            self.lines += 1
            self.run += count > 0
            self.branches += len(branches)
            self.taken += sum(1 for b in branches if b)

    def __str__(self):
        return (f'{100 * self.run / max(1, self.lines):5.1f} % of {self.lines:6} lines  '
                f'{100 * self.taken / max(1, self.branches):5.1f} % of {self.branches:6} branches')


def tables(files):
    folders, guards, everything = defaultdict(Sum), defaultdict(Sum), Sum()
    for path, lines in files.items():
        folders['/'.join(path.split('/')[:2]) if path.count('/') > 1 else path.split('/')[0]].add(lines)
        everything.add(lines)
        for name, pattern in GUARDS.items():
            if re.fullmatch(pattern, path):
                guards[name].add(lines)
    for folder, total in sorted(folders.items()):
        print(f'{total}  {folder}')
    print(f'{everything}  everything')
    for name, total in guards.items():
        print(f'{total}  guards: {name}')


def lines_of(path, lines):
    text = (ROOT / path).read_text().split('\n')
    for n, (count, branches) in sorted(lines.items()):
        if not count or not all(branches):
            print(f'{path}:{n}: {" " if not count else "?"} {text[n - 1]}')


def main():
    files = {p: wanted(p, lines) for p, lines in counts().items() if p.startswith(('platform/', 'modules/', 'server/')) and '/tests/' not in p}
    tables(files)
    missing = {p: sum(1 for c, _ in lines.values() if not c) for p, lines in files.items()}
    for path, count in sorted(missing.items(), key=lambda x: -x[1])[:15]:
        print(f'{count:6} never run  {path}')
    for path in sys.argv[1:]:
        lines_of(path, files.get(path, {}))


if __name__ == '__main__':
    main()
