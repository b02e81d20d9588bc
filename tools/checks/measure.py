#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Figures of the tree, one line a part: sizes, functions (median/p90/max), comments, asserts, tests.

    tools/checks/measure.py          parts platform, modules, server, tools
    tools/checks/measure.py --hot    the files most often touched by commits
"""
import re, subprocess, sys
from collections import Counter
from pathlib import Path
from statistics import median
from gates import ASSERT, measured, p90
from house import Tree, code_only

ROOT = Path(__file__).resolve().parents[2]


def line_counts(tree, paths):
    """(lines of code, lines of nothing but comment, asserts)."""
    code = comment = asserts = 0
    for path in paths:
        text = tree.text(path)
        bare = code_only(re.sub(r'"(?:\\.|[^"\\\n])*"', '0', text))
        pairs = list(zip(bare.split('\n'), text.split('\n')))
        code += sum(1 for b, _ in pairs if b.strip())
        comment += sum(1 for b, t in pairs if t.strip() and not b.strip())
        asserts += len(ASSERT.findall(bare))
    return code, comment, asserts


def measure(tree, part, all_of):
    paths = [p for p in tree.find(f'{part}/**/*.c') if '/tests/' not in p]
    tests = [p for p in tree.find(f'{part}/**/tests/**/*.c')]
    mine = [figure for f, figure in all_of if f.path in set(paths)]
    if not mine:
        return
    sizes = [tree.text(p).count('\n') for p in paths]
    code, comment, asserts = line_counts(tree, paths)
    columns = ' | '.join(f'{what} {median(v):.0f}/{p90(v)}/{max(v)}' for what in mine[0] if (v := [m[what] for m in mine]))
    print(f'{part}: {len(paths)} files, {sum(sizes)} lines, file {median(sizes):.0f}/{p90(sizes)}/{max(sizes)} | {len(mine)} functions:'
          f' {columns} | comment/code {comment / max(1, code):.2f} | asserts/kLOC {1000 * asserts / max(1, code):.0f}'
          f' | test lines/lines {sum(tree.text(p).count(chr(10)) for p in tests) / max(1, sum(sizes)):.2f}')


def hot():
    log = subprocess.run(['git', 'log', '--no-merges', '--name-only', '--format=tformat:@', '-n', '6000'], cwd=ROOT,
                         capture_output=True, text=True, check=True).stdout
    commits = [c for c in ({f for f in part.split('\n') if f.endswith(('.c', '.h', '.sql', '.html', '.txt'))}
                           for part in log.split('@\n')) if c]
    for path, count in Counter(f for c in commits for f in c).most_common(15):
        print(f'{100 * count / len(commits):5.1f}%  {path}')


if __name__ == '__main__':
    if sys.argv[1:] == ['--hot']:
        hot()
    else:
        tree = Tree(ROOT)
        everything = measured(tree)
        for part in ('platform', 'modules', 'server', 'tools'):
            measure(tree, part, everything)
