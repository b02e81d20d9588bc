#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Files say what they hold, headers what their functions promise (STYLE.md N2–N4): SPDX line and an opening comment in every
file, a comment above every declaration or group of declarations without blank line, a README in every part and module."""
import re
from house import Fault, code_only, main

OPENING = ('*.py', '*.sh', '*.sql', '*.html', '*.css', '*.js', '*.mjs', '*.[ch]')
FOLDERS = ('platform', 'modules', 'server', 'tools', 'ui', 'tests')
LINES = range(1, 9)  # of the opening comment behind the SPDX line


def opening_fault(text, path):
    lines = [line for line in text.split('\n')[:14] if not re.match(r'#!|<!doctype', line, re.I)]
    if not lines or 'SPDX-License-Identifier: MulanPSL-2.0' not in lines[0]:
        return 'the first line is SPDX-License-Identifier: MulanPSL-2.0'
    opened = re.match(r'\s*(/\*|--|#|//|<!--|\{#|"""|\'\'\')', lines[1]) if len(lines) > 1 else None
    if not opened and not re.match(r'\s*(/\*|<!--|\{#)', lines[0]):
        return 'an opening comment says what the file holds, what not, where to go next'
    if not opened and lines[0].rstrip().endswith(('*/', '-->', '#}')):
        return 'an opening comment says what the file holds, what not, where to go next'


def header_faults(tree, path):
    """Prototypes that no comment introduces. A group of lines without a blank one shares the comment above it."""
    lines, bare = tree.text(path).split('\n'), code_only(tree.text(path)).split('\n')
    depth, covered, continued = 0, False, False
    for number, (line, code) in enumerate(zip(lines, bare), 1):
        stripped = code.strip()
        if not line.strip():
            covered = False
        elif not stripped:
            covered = True
        elif depth == 0 and not continued and not stripped.startswith('#'):
            if re.match(r'(?!typedef|struct \w+ \{|enum|return)[\w\s\*\[\]]+?\b(\w+)\([^;{]*', stripped) and not covered and '/*' not in line:
                yield Fault(path, number, f'no contract above {stripped[:60]}')
        depth += code.count('{') - code.count('}')
        continued = depth == 0 and bool(stripped) and not stripped.endswith((';', '}', '{')) and not stripped.startswith('#')
        continued = continued or stripped.endswith('\\')


def check(tree):
    for folder in FOLDERS:
        for path in tree.find(*(f'{folder}/**/{end}' for end in OPENING)):
            if '/corpus/' not in path and '/fixtures/' not in path and (fault := opening_fault(tree.text(path), path)):
                yield Fault(path, 1, fault)
    for path in tree.product:
        if path.endswith('.h'):
            yield from header_faults(tree, path)
    for path in sorted({'/'.join(p.split('/')[:2]) for p in tree.product if p.count('/') == 2 and not p.startswith('server/')}):
        if not (tree.root / path / 'README.md').exists():
            yield Fault(path, 1, 'no README.md')


if __name__ == '__main__':
    main('contracts', check)
