#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""The table of evidence (docs/operations/evidence.md) says of every clause whether it is met and what shows it: each clause of GB/T 22239-2019
8.1.4 for level 3 and each of the 253 items of ASVS 5.0 levels 1 and 2 stands there exactly once, what a row names is there
(`path`, or `path:test` whose name the file has), what is not met has a reason, and the sums at the top are right."""
import re
from collections import Counter
from house import Fault, main

PAGE = 'docs/operations/evidence.md'
STATES = ('做到', '部分', '未做到', '您来做', '不适用')
# How many items of a section are of level 1 or 2; in each section they come before those of level 3.
ASVS = dict(s.split(':') for s in '''1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4
5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4
10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5
14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2'''.split())
MLPS = {'1': 'abcd', '2': 'abcdefg', '3': 'abcd', '4': 'abcdef', '5': '-', '6': '-', '7': 'ab', '8': 'ab', '9': 'abc', '10': 'ab', '11': 'ab'}
WANTED = ({f'V{section}.{n}' for section, last in ASVS.items() for n in range(1, int(last) + 1)}
          | {f'8.1.4.{n}' + (f' {letter}' if letter != '-' else '') for n, letters in MLPS.items() for letter in letters})


def clauses(cell):
    """`V1.2.1–3, 5, V1.3.1` and `8.1.4.1 a, b` as single ones."""
    stem = ''
    for item in (i.strip() for i in cell.split(',')):
        whole = re.fullmatch(r'(V\d+\.\d+\.)?(\d+)(?:–(\d+))?|(8\.1\.4\.\d+)? ?([a-g])?', item)
        if not whole:
            yield item
        elif whole[2]:
            stem = whole[1] or stem
            for n in range(int(whole[2]), int(whole[3] or whole[2]) + 1):
                yield f'{stem}{n}'
        else:
            stem = whole[4] or stem
            yield f'{stem} {whole[5]}' if whole[5] else stem


def named_faults(tree, line, text):
    for path, name in re.findall(r'`([\w./-]+/[\w.*/-]*)(?::(\w+))?`', text):
        if not (tree.root / path).exists():
            yield Fault(PAGE, line, f'there is no {path}')
        elif name and not re.search(rf'\b{name}\b', tree.text(path)):
            yield Fault(PAGE, line, f'{path} has no {name}')


def check(tree):
    if not tree.find(PAGE):
        return
    seen, sums, text = Counter(), Counter(), tree.text(PAGE)
    for line, row in enumerate(text.split('\n'), 1):
        cells = [c.strip() for c in row.strip('|').split('|')]
        if not re.match(r'\| (V\d|8\.1\.4)', row):
            continue
        if len(cells) != 4 or cells[2] not in STATES:
            yield Fault(PAGE, line, 'a row is clause, what it asks, one of ' + ' '.join(STATES) + ', evidence')
            continue
        found = list(clauses(cells[0]))
        seen.update(found)
        sums[cells[2]] += len([f for f in found if f.startswith('V')])
        if cells[2] in ('做到', '部分') and '`' not in cells[3]:
            yield Fault(PAGE, line, 'no file shows it')
        if cells[2] != '做到' and not re.sub(r'`[^`]*`|[\s，、；。]', '', cells[3]):
            yield Fault(PAGE, line, 'no reason')
        yield from named_faults(tree, line, cells[3])
    for clause in sorted(WANTED ^ set(seen) | {c for c, n in seen.items() if n > 1}):
        yield Fault(PAGE, 1, f'{clause} stands there {seen[clause]} times' + ('' if clause in WANTED else ', and is no clause of these levels'))
    told = '253 = ' + ' + '.join(f'{state} {sums[state]}' for state in STATES)
    if told not in text:
        yield Fault(PAGE, 1, f'the sums are: {told}')


if __name__ == '__main__':
    main('evidence', check)
