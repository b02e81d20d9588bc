#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""The limits of STYLE.md section 9: hard ones for each function and file, p90 and median for the tree. Excess stands in
allowed.txt, a list that may only shrink. Figures of the tree: measure.py."""
import re
from statistics import median
from house import Fault, code_only, main

BRANCH = re.compile(r'\b(?:if|for|while|case)\b|&&|\|\||\?')
ASSERT = re.compile(r'\bassert\s*\(')
WIDTH = 100
HARD = {'lines': 100, 'nesting': 4, 'branches': 15, 'parameters': 5}
P90 = {'lines': 55, 'nesting': 3, 'branches': 10, 'parameters': 5}
FILE_LINES, FILE_MEDIAN, ASSERTS_PER_KLOC = 1000, 300, 10


def p90(values):
    return sorted(values)[min(len(values) - 1, int(len(values) * .9))] if values else 0


def figures(f):
    """Lines, nesting of blocks, branches and parameters of a function."""
    depth = deepest = 0
    for c in f.body:
        depth += (c == '{') - (c == '}')
        deepest = max(deepest, depth)
    return {'lines': f.end - f.line + 1, 'nesting': deepest - 1, 'branches': 1 + len(BRANCH.findall(f.body)),
            'parameters': f.params}


def measured(tree):
    return [(f, figures(f)) for f in tree.functions if '/tests/' not in f.path and not f.path.startswith('tests/')]


def check(tree):
    all_of = measured(tree)
    for f, figure in all_of:
        for what, limit in HARD.items():
            if figure[what] > limit:
                yield Fault(f.path, f.line, f'{f.name}: {figure[what]} {what}, at most {limit}', f'{f.path}:{f.name}')
    for what, limit in P90.items():
        if (value := p90([figure[what] for _, figure in all_of])) > limit:
            yield Fault('.', 1, f'p90 of {what} is {value}, at most {limit}', f'p90:{what}')
    sizes = {p: tree.text(p).count('\n') for p in tree.product if p.endswith('.c')}
    if sizes and median(sizes.values()) > FILE_MEDIAN:
        yield Fault('.', 1, f'median file has {median(sizes.values()):.0f} lines, at most {FILE_MEDIAN}', 'median:file')
    for path in tree.all_c:
        lines = tree.text(path).split('\n')
        if len(lines) > FILE_LINES:
            yield Fault(path, 1, f'{len(lines)} lines, at most {FILE_LINES}')
        for number, line in enumerate(lines, 1):
            if len(line) > WIDTH:
                yield Fault(path, number, f'{len(line)} columns, at most {WIDTH}')
            if re.search(r'\b(TODO|FIXME|XXX)\b(?!\(\w+\))', line):
                yield Fault(path, number, 'TODO without owner')
    yield from assert_faults(tree)


def assert_faults(tree):
    code = asserts = 0
    for path in tree.product:
        if path.startswith('platform/') and path.endswith('.c'):
            bare = code_only(tree.text(path))
            code += sum(1 for line in bare.split('\n') if line.strip())
            asserts += len(ASSERT.findall(bare))
    if code > 2000 and asserts * 1000 < ASSERTS_PER_KLOC * code:
        yield Fault('platform', 1, f'{1000 * asserts / code:.1f} asserts per 1,000 lines, at least {ASSERTS_PER_KLOC}', 'asserts')


if __name__ == '__main__':
    main('gates', check)
