#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Statements and schemas in the portable subset (STYLE.md S1, S6–S10, W1). Tenancy is org.py."""
import re
from house import Fault, line_of, main, spaces, without_comments

BANNED = {
    r'\bOFFSET\b': 'OFFSET: page by key', r'\bDEFERRABLE\b': 'DEFERRABLE', r'\bOR (ROLLBACK|REPLACE|IGNORE|ABORT|FAIL)\b': 'conflict clause',
    r'\bREPLACE INTO\b': 'REPLACE INTO: use ON CONFLICT', r'\bTRIGGER\b': 'trigger', r'\bFOR UPDATE\b': 'FOR UPDATE',
    r'\b(string_agg|group_concat)\b': 'join texts in C', r'\bgreatest\b|\bleast\b': 'greatest, least',
    r'\b(max|min)\(([^(),]|\([^()]*\))*,': 'max or min of several values', r'->|#>': 'JSON operator', r'::': 'cast by ::, use CAST',
    r'\bILIKE\b|\bGLOB\b': 'ILIKE, GLOB: use lower(x) LIKE', r'\bPRAGMA\b': 'PRAGMA', r'\bSELECT \*|,\s*\*|\.\*': '*: name the columns',
    r'\b(now|datetime|strftime|date_trunc|julianday|extract)\s*\(|\bCURRENT_(TIME|DATE|TIMESTAMP)\b': 'time comes from C',
    r'\bLIMIT -1\b': 'LIMIT -1', r'"': 'double quotes', r'\$\d|\?': 'counted parameter: bind by name',
    r'\b(BEGIN|COMMIT|ROLLBACK|SAVEPOINT)\b': 'the platform owns the transaction',
}
BANNED_SCHEMA = {
    r'\bDEFERRABLE\b': 'DEFERRABLE', r'\bTRIGGER\b': 'trigger', r'\bOR ROLLBACK\b': 'OR ROLLBACK', r'\bALTER COLUMN\b': 'ALTER COLUMN TYPE',
    r'\bADD CONSTRAINT\b': 'ADD CONSTRAINT', r'\bSTRICT\b': 'STRICT is added by platform/db', r'\bAUTOINCREMENT\b': 'AUTOINCREMENT',
    r'(?<!@)\b(INTEGER|BIGINT|INT|SMALLINT|SERIAL|BIGSERIAL)\b': 'integer type: @id or @int', r'\b(BLOB|BYTEA)\b': 'bytes type: @bytes',
    r'\b(VARCHAR|CHAR|REAL|DOUBLE|NUMERIC|DECIMAL|FLOAT|BOOLEAN|TIMESTAMP|TIMESTAMPTZ|DATE|JSONB?)\b': 'type: TEXT, @int, @bytes',
}
PLAIN = set('id org_id version source source_id state name title text body content note reason number code label position answer '
            'decision kind gender phone mail education round result'.split())
# What a program that does not know of it can live with.
ADDS = (r'UPDATE \w|CREATE TABLE \w|CREATE INDEX \w|CREATE VIEW \w|INSERT INTO \w|'
        r'ALTER TABLE \w+ ADD COLUMN (?!.*\bNOT NULL\b)|ALTER TABLE \w+ ADD COLUMN .*\bNOT NULL DEFAULT\b')
# Parts of the platform that speak to an engine themselves.
ENGINE = ('platform/db/', 'platform/text/')


def bare(sql):
    """Without the contents of '…' literals."""
    return re.sub(r"'(?:[^']|'')*'", "''", sql)


def statement_faults(tree):
    for s in tree.statements:
        sql = bare(' '.join(s.sql.split()))
        key = f'{s.path}:{tree.function_at(s.path, s.line)}'
        if not s.path.startswith(ENGINE):
            for pattern, what in BANNED.items():
                if re.search(pattern, sql, re.I):
                    yield Fault(s.path, s.line, what, key)
        if re.search(r'\bLIKE\b', sql) and not re.search(r"lower\([^)]*\)\s+(NOT )?LIKE|''\s+LIKE", sql):
            yield Fault(s.path, s.line, 'LIKE differs in case: lower(x) LIKE', key)
        m = re.match(r'UPDATE (\w+)\b', sql)
        if m and 'version' in tree.tables.get(m[1], {}) and not re.search(r'version = :\w*version\b', sql):
            yield Fault(s.path, s.line, f'UPDATE of {m[1]} without AND version = :version', key)


def place_faults(tree):
    for path in tree.product:
        text = without_comments(tree.text(path))
        if path.startswith('modules/') and not path.endswith('_store.c'):
            for m in re.finditer(r'\bSQL\(', text):
                yield Fault(path, line_of(text, m.start()), 'SQL belongs in *_store.c')
        if path.startswith('modules/'):
            for m in re.finditer(r'\bdb_(begin|commit|rollback|savepoint\w*|engine|open|script)\(', text):
                yield Fault(path, line_of(text, m.start()), f'{m[0]}…) is the platform\'s business')
        if not path.startswith(ENGINE):
            for m in re.finditer(r'\bDB_(SQLITE|POSTGRES)\b', text):
                yield Fault(path, line_of(text, m.start()), 'engine branch outside platform/db', f'{path}:{tree.function_at(path, line_of(text, m.start()))}')


def is_followed(views, name):
    """Whether an earlier migration made the view that took this one's place, x_2 of x, x_3 of x_2: no worker asks it any more."""
    stem, number = re.match(r'(.+?)(?:_(\d+))?$', name).groups()
    return f'{stem}_{int(number or 1) + 1}' in views


def schema_faults(tree):
    last, views = {}, {}
    for path in tree.schema_files:
        folder, name = path.rsplit('/', 1)
        number = re.match(r'(\d{4})_[a-z0-9_]+(\.sqlite|\.postgres)?\.sql$', name)
        twin = number and number[2] and int(number[1]) == last.get(folder)
        if not number or not twin and int(number[1]) != last.get(folder, 0) + 1:
            yield Fault(path, 1, 'migrations are NNNN_what.sql, numbered from 0001 without gaps')
        last[folder] = int(number[1]) if number else last.get(folder, 0)
        if number and number[2]:
            if not path.startswith(ENGINE):
                yield Fault(path, 1, 'a schema for one engine outside platform/db and platform/text')
            continue
        text = tree.text(path)
        plain = re.sub(r"--[^\n]*|'(?:[^']|'')*'", spaces, text)
        # At a hand-over the worker of before serves on the schema of after (server/supervisor.c).
        made = set(re.findall(r'CREATE TABLE (\w+)', plain))
        before = views.setdefault(folder, set())
        for m in re.finditer(r'[^;\s][^;]*', plain) if number and int(number[1]) > 1 else ():
            said = ' '.join(m[0].split())
            unique = re.match(r'CREATE UNIQUE INDEX \w+ ON (\w+)', said)
            dropped = re.match(r'DROP VIEW (\w+)$', said)
            if not re.match(ADDS, said) and not (unique and unique[1] in made) and not (dropped and is_followed(before, dropped[1])):
                yield Fault(path, line_of(plain, m.start()), 'later migrations only add: the worker of before still serves', path)
        before.update(re.findall(r'CREATE VIEW (\w+)', plain))
        for pattern, what in BANNED_SCHEMA.items():
            for m in re.finditer(pattern, plain):
                yield Fault(path, line_of(plain, m.start()), what)
        yield from comment_faults(path, text, PLAIN | tree.glossary)


def comment_faults(path, text, plain):
    """A column has its sentence on the same line or the line above, unless naming rules (_id, _at, _by, _on), the glossary or
    plain English say it all."""
    lines, inside = text.split('\n'), False
    for i, line in enumerate(lines):
        code, commented = line.split('--')[0].strip(), '--' in line or lines[i - 1].strip().startswith('--')
        column = re.match(r'([a-z_0-9]+)\s+(@id|@int|@bytes|TEXT)\b', code)
        if re.match(r'CREATE TABLE', code):
            inside = True
        elif inside and code.startswith(')'):
            inside = False
        elif inside and column and not commented and column[1] not in plain and not column[1].endswith(('_id', '_at', '_by', '_on')):
            yield Fault(path, i + 1, f'column {column[1]} without a sentence')


def sums_faults(tree):
    """What db_sum and db_hold hold back is seen by who names the table: no view may hide it."""
    held = {}
    for path in tree.product:
        for m in re.finditer(r'\bdb_sum\(\s*[^,]+,\s*SQL\(\s*"INSERT INTO (\w+)', without_comments(tree.text(path))):
            held[m[1]] = (path, line_of(tree.text(path), m.start()))
        for m in re.finditer(r'\bstruct db_holding \w+ = \{\s*"(\w+)"', without_comments(tree.text(path))):
            held[m[1]] = (path, line_of(tree.text(path), m.start()))
    for path in tree.schema_files:
        text = re.sub(r'--[^\n]*', spaces, tree.text(path))
        for m in re.finditer(r'CREATE VIEW [^;]*', text):
            for table in held:
                if re.search(rf'\b{table}\b', m[0]):
                    yield Fault(path, line_of(text, m.start()), f'a view of {table}, of which a transaction holds rows back')


def check(tree):
    yield from place_faults(tree)
    yield from sums_faults(tree)
    yield from statement_faults(tree)
    yield from schema_faults(tree)


if __name__ == '__main__':
    main('sql', check)
