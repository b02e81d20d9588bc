#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Line coverage of a `make SAN=coverage` build after its tests have run (STYLE.md X3): one line a folder, the files with the most
lines never run, and, with paths as arguments, those lines.

    tools/checks/coverage.py [PATH...]
A line is left out of the count by the comment `not covered: why` on it or on the line above.
"""
import json, subprocess, sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OBJECTS = ROOT / 'build/coverage/obj'


def counts():
    """path -> {line: times run}."""
    found = defaultdict(lambda: defaultdict(int))
    data = [str(p) for p in OBJECTS.rglob('*.gcda') if '/tests/' not in str(p) and '/gen/' not in str(p)]
    for begin in range(0, len(data), 50):
        run = subprocess.run(['gcov', '-t', '--json-format', *data[begin:begin + 50]], capture_output=True, text=True, cwd=ROOT)
        for text in run.stdout.splitlines():
            for file in json.loads(text)['files']:
                if not file['file'].startswith('/'):
                    for line in file['lines']:
                        found[file['file'].removeprefix('./')][line['line_number']] += line['count']
    return found


def wanted(path, lines):
    """The lines that should have been run, without the annotated ones."""
    text = (ROOT / path).read_text().split('\n')
    return {n: c for n, c in lines.items() if not any('not covered:' in text[i] for i in (n - 1, n - 2) if 0 <= i < len(text))}


def main():
    files = {p: wanted(p, lines) for p, lines in counts().items() if p.startswith(('platform/', 'modules/', 'server/'))}
    folders = defaultdict(lambda: [0, 0])
    for path, lines in files.items():
        folder = '/'.join(path.split('/')[:2]) if path.count('/') > 1 else path.split('/')[0]
        folders[folder][0] += sum(1 for c in lines.values() if c)
        folders[folder][1] += len(lines)
    for folder, (run, total) in sorted(folders.items()):
        print(f'{100 * run / max(1, total):5.1f} %  {run:6} of {total:6} lines  {folder}')
    missing = {p: sorted(n for n, c in lines.items() if not c) for p, lines in files.items()}
    for path, lines in sorted(missing.items(), key=lambda x: -len(x[1]))[:15]:
        print(f'{len(lines):6} never run  {path}')
    for path in sys.argv[1:]:
        text = (ROOT / path).read_text().split('\n')
        for n in missing.get(path, []):
            print(f'{path}:{n}: {text[n - 1]}')


if __name__ == '__main__':
    main()
