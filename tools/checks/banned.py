#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Calls that no product code makes (STYLE.md B2, X1), a second net beside platform/base/banned.h: unsafe text functions and
shells anywhere; heap and clock only in platform/base."""
import re
from house import Fault, code_only, line_of, main

ANYWHERE = 'strcpy strncpy stpcpy strcat strncat sprintf vsprintf gets strtok strtok_r atoi atol atof system popen mktemp tmpnam ' \
           'tempnam alloca rand srand random setuid scanf sscanf vfork'
OUTSIDE_BASE = 'malloc calloc realloc free strdup strndup asprintf vasprintf time gettimeofday clock_gettime localtime gmtime ' \
               'localtime_r gmtime_r mktime ctime asctime strftime getrandom'


def check(tree):
    for path in tree.product:
        text = code_only(tree.text(path))
        names = ANYWHERE if path.startswith('platform/base/') else f'{ANYWHERE} {OUTSIDE_BASE}'
        for m in re.finditer(rf'(?<![\w.>])({"|".join(names.split())})\s*\(', text):
            yield Fault(path, line_of(text, m.start()), f'{m[1]}() is banned here', f'{path}:{m[1]}')


if __name__ == '__main__':
    main('banned', check)
