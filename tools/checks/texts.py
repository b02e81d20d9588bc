#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""C is free of wording (STYLE.md V5, B8): no Han text in literals of the product; every stable name that C gives an error, a
fault, a flash or a notice has its line in a text file; every line there is used; no name stands twice;
a day that an error, a fault or a notice tells is one as sentences have it (text_date), not as fields and files have it (text_day).
A line is `name = text`. Names are also put together at run time (FORM.FIELD, LIST.column.NAME, states.FLOW.CODE): one counts as
used if each of its words is a word of some literal or a FIELD."""
import re
from house import LITERAL, Fault, line_of, main, without_comments

HAN = re.compile(r'[\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff01-\uff5e]')
NAMED = re.compile(r'\b(?:err_make(?:_with)?|rq_fault|res_flash)\s*\([^;"]*?"([a-z0-9_]+(?:\.[a-z0-9_]+)+)"')
SENTENCE = re.compile(r'\b(?:rq_fault|err_make_with|fault)\s*\(|\.arg\s*=')  # what it is given becomes words of a sentence
LINE = re.compile(r'^([a-zA-Z0-9_.]+)\s*=\s?(.*)$')
JOINTS = {'column', 'help', 'state', 'states', 'flows', 'menu', 'settings', 'permissions', 'roles', 'units'}


def texts(tree):
    """name -> [(path, line)] of every text file."""
    found = {}
    for path in tree.find('text/*.txt', 'server/text/*.txt', 'platform/*/text/*.txt', 'modules/*/text/*.txt'):
        for number, line in enumerate(tree.text(path).split('\n'), 1):
            if (m := LINE.match(line)) and not line.startswith('#'):
                found.setdefault(m[1], []).append((path, number))
    return found


def check(tree):
    known, used = texts(tree), set()
    for path in tree.product:
        text = without_comments(tree.text(path))
        for m in re.finditer(LITERAL, text):
            if HAN.search(m[0]):
                yield Fault(path, line_of(text, m.start()), f'Han text {m[0][:30]} belongs in text/zh.txt')
            used.add(m[0][1:-1])
        for m in NAMED.finditer(text):
            if m[1] not in known:
                yield Fault(path, line_of(text, m.start()), f'no text {m[1]}', m[1])
        for m in re.finditer(r'\btext_day\s*\(', text):
            if SENTENCE.search(text, text.rfind(';', 0, m.start()) + 1, m.start()):
                yield Fault(path, line_of(text, m.start()), 'a day in a sentence: text_date, not text_day')
    views = ' '.join(tree.text(p) for p in tree.find('platform/*/views/*.html', 'modules/*/views/*.html'))
    used |= set(re.findall(r'[a-zA-Z0-9_]+(?:\.[a-zA-Z0-9_]+)+', views))
    words = JOINTS | {w for literal in used for w in re.findall(r'[a-z0-9_]+', literal)}
    words |= {w for p in tree.product for w in re.findall(r'\bFIELD\([^,]+,\s*(\w+)\)', tree.text(p))}
    words |= {w for p in tree.schema_files for w in re.findall(r"'([a-z_]+)'", tree.text(p))}  # states that a CHECK allows
    for name, places in known.items():
        if len(places) > 1:
            yield Fault(*places[1], f'{name} stands twice')
        if name not in used and not words.issuperset(name.split('.')):
            yield Fault(*places[0], f'{name} is not used', name)


if __name__ == '__main__':
    main('texts', check)
