#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""One organisation never sees another's rows (STYLE.md S4, S5). Tables: org_id leads unique and foreign keys. Statements:
every alias of such a table is bound to :org, directly or through an alias that is; subqueries may lean on outer aliases.
Tables without org_id, and statements of the house that cross organisations, stand in allowed.txt."""
import re
from house import Fault, closing, line_of, main

WORDS = set('''where group order limit having union join left inner cross on set returning using values select as from natural
full window except intersect default'''.split())
CONSTRAINT = re.compile(r'(?:(\w+)\.)?org_id\s*=\s*(?::org\b|(\w+)\.org_id\b)|:org\s*=\s*(?:(\w+)\.)?org_id\b')
KEY = re.compile(r'\b(PRIMARY KEY|UNIQUE|FOREIGN KEY)\s*\(\s*(\w+)')


def table_faults(tree):
    for name, columns in sorted(tree.tables.items()):
        path, line = tree.table_place[name]
        if 'org_id' not in columns:
            yield Fault(path, line, f'table {name} has no org_id', name)
            continue
        for rule in columns['']:
            m, target = KEY.search(rule), re.search(r'REFERENCES (\w+)', rule)
            global_target = target and 'org_id' not in tree.tables.get(target[1], {'org_id': ''})
            if m and m[2] != 'org_id' and not global_target:
                yield Fault(path, line, f'{name}: {m[1]} must begin with org_id', name)
        for column, definition in columns.items():
            target = column and re.search(r'REFERENCES (\w+)', definition)
            if column and re.search(r'\bUNIQUE\b', definition) or target and 'org_id' in tree.tables.get(target[1], {}):
                yield Fault(path, line, f'{name}.{column}: a key of one column does not hold org_id', f'{name}.{column}')
    for path in tree.schema_files:
        for m in re.finditer(r'CREATE UNIQUE INDEX (\w+) ON (\w+)\s*\(\s*(\w+)', tree.text(path)):
            if 'org_id' in tree.tables.get(m[2], {}) and m[3] != 'org_id':
                yield Fault(path, line_of(tree.text(path), m.start()), f'{m[1]}: unique index must begin with org_id', m[1])


def blocks(sql):
    """[(text, number of the enclosing block or None)]: every SELECT in brackets becomes a block, UNION parts too."""
    out = []

    def cut(text, parent):
        mine = []
        number = len(out)
        out.append(None)
        i = 0
        while i < len(text):
            if text[i] == '(' and re.match(r'\(\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b', text[i:], re.I):
                end = closing(text, i + 1)
                cut(text[i + 1:end], number)
                mine.append(' () ')
                i = end + 1
            else:
                mine.append(text[i])
                i += 1
        parts = re.split(r'\bUNION(?:\s+ALL)?\b|\bEXCEPT\b|\bINTERSECT\b', ''.join(mine), flags=re.I)
        out[number] = (parts[0], parent)
        out.extend((part, parent) for part in parts[1:])

    cut(sql, None)
    return out


def aliases(text):
    """[(table, alias)] of FROM, JOIN, UPDATE and DELETE in a block; comma lists too."""
    found = []
    for m in re.finditer(r'\b(FROM|JOIN|UPDATE)\s+', text, re.I):
        if re.search(r'\bDO\s+$|\bDISTINCT\s+$|\bNOT DISTINCT\s+$', text[:m.start()], re.I):
            continue
        stop = re.compile(r'\b(WHERE|GROUP|ORDER|LIMIT|HAVING|LEFT|RIGHT|INNER|CROSS|JOIN|ON|SET|RETURNING|UNION)\b', re.I)
        end = stop.search(text, m.end())
        for item in text[m.end():end.start() if end else len(text)].split(','):
            words = [w for w in re.findall(r'[\w.]+', item) if w.lower() != 'as']
            if words:
                found.append((words[0], words[1] if len(words) > 1 and words[1].lower() not in WORDS else words[0]))
    return found


def insert_fault(text, tables):
    m = re.search(r'\bINSERT INTO (\w+)\s*\(([^)]*)\)(.*)', text, re.I | re.S)
    if m and 'org_id' in tables.get(m[1], {}):
        if 'org_id' not in re.findall(r'\w+', m[2]) or not re.search(r':org\b|\borg_id\b', m[3]):
            return f'INSERT INTO {m[1]} without org_id'


def unbound(sql, tables):
    """What is wrong with a statement, one text each."""
    parts = blocks(' '.join(sql.split()))
    bound = {}
    for number, (text, parent) in enumerate(parts):
        if (fault := insert_fault(text, tables)):
            yield fault
        mine = [(t, a) for t, a in aliases(text) if 'org_id' in tables.get(t, {})]
        known = set(bound.get(parent, ()))
        links = []
        for m in CONSTRAINT.finditer(text):
            left, right = m[1] or m[3], m[2]
            if left is None and len(mine) == 1:
                left = mine[0][1]
            if right is None:
                known.add(left)
            else:
                links.append((left, right))
        for _ in links:
            for a, b in links:
                if a in known or b in known:
                    known |= {a, b}
        bound[number] = known
        for table, alias in mine:
            if alias not in known:
                yield f'{table}{" " + alias if alias != table else ""} is not bound to :org'


def check(tree):
    yield from table_faults(tree)
    for s in tree.statements:
        for what in unbound(s.sql, tree.tables):
            yield Fault(s.path, s.line, what, f'{s.path}:{tree.function_at(s.path, s.line)}')


if __name__ == '__main__':
    main('org', check)
