#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Pages that a strict content security policy can serve (STYLE.md V4): no inline script, style or handler, nothing from other
hosts, no raw form without its token, 120 columns. The grammar itself is checked by tools/tmplc."""
import re
from house import Fault, line_of, main, spaces

BANNED = {
    r'<script(?![^>]*\bsrc=)': 'inline script', r'<style\b': 'inline style', r'<[^>]*\sstyle\s*=': 'style attribute',
    r'<[^>]*\son[a-z]+\s*=': 'event handler attribute', r'javascript:': 'javascript: address', r'<base\b': 'base element',
    r'<[^>]*\b(src|href|action|poster)\s*=\s*["\']?(https?:)?//': 'address of another host', r'<iframe\b|<object\b|<embed\b': 'embedded document',
    r'<[^>]*\starget\s*=\s*["\']?_blank(?![^>]*\brel=)': 'target=_blank without rel',
}


def check(tree):
    for path in tree.find('platform/*/views/*.html', 'modules/*/views/*.html'):
        text = re.sub(r'<!--.*?-->|\{#.*?#\}|/\*.*?\*/', spaces, tree.text(path), flags=re.S)
        for pattern, what in BANNED.items():
            for m in re.finditer(pattern, text, re.I):
                yield Fault(path, line_of(text, m.start()), what)
        for number, line in enumerate(tree.text(path).split('\n'), 1):
            if len(line) > 120:
                yield Fault(path, number, f'{len(line)} columns, at most 120')


if __name__ == '__main__':
    main('views', check)
