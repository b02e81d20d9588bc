#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Five function-like macros and no more (STYLE.md section 6): P, FIELD, SQL, TRY, PUT. Tests and build tools too,
but that a test may shorten cmocka's own macros, which need file, line or name."""
import re
from house import Fault, line_of, main, without_comments

FIVE = {'P', 'FIELD', 'SQL', 'TRY', 'PUT'}


def check(tree):
    for path in tree.all_c:
        text = without_comments(tree.text(path))
        for m in re.finditer(r'^[ \t]*#[ \t]*define[ \t]+(\w+)\(', text, re.M):
            body = text[m.end():].replace('\\\n', ' ').split('\n')[0]
            if m[1] not in FIVE and not ('tests/' in path and re.search(r'\b(cmocka|_?assert|_?fail)_\w+', body)):
                yield Fault(path, line_of(text, m.start()), f'function-like macro {m[1]}: write a function', f'{path}:{m[1]}')


if __name__ == '__main__':
    main('macros', check)
