#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""One word, one thing (STYLE.md section 7, B5): folders, tables, URLs, permissions and events use glossary words; no reserved
words as columns; moments end with _at and days with _on; handlers are named by kind; no floating point in modules;
READMEs name the tables and files that are there."""
import re
from house import Fault, code_only, line_of, main, without_comments

RESERVED = set('''case register return union switch order user column check grant references select add overlaps group key
values index table limit offset'''.split())
# Folders of pages and platform tables whose words are not terms of the domain.
GENERAL = set('api assets events first home help logout me my public receipt livez readyz metrics manifest robots sitemap static todos'.split())
HANDLERS = ('page_', 'api_', 'doc_', 'file_', 'slow_', 'job_', 'on_')


def known(word, glossary):
    """A glossary word, or a compound that begins with one (proposal_versions)."""
    return any(part in glossary for part in (word, word.split('_')[0], word.replace('_', ''), '_'.join(word.split('_')[:2])))


def table_faults(tree):
    for name, columns in sorted(tree.tables.items()):
        path, line = tree.table_place[name]
        if path.startswith('modules/') and not known(name, tree.glossary):
            yield Fault(path, line, f'table {name}: no glossary word', name)
        for column, definition in columns.items():
            if column in RESERVED:
                yield Fault(path, line, f'{name}.{column} is a reserved word')
            if column != 'source_id' and column.endswith(('_at', '_on', '_id', '_ms', '_fen', '_x100')) and not re.match(r'@int|@id', definition):
                yield Fault(path, line, f'{name}.{column} must be @int', f'{name}.{column}')


def readme_faults(tree):
    """A module's page names its tables (STYLE.md section 3), and no file that is not there."""
    names = {path.rsplit('/', 1)[-1] for path in tree.find('modules/**/*.[ch]', 'platform/**/*.[ch]', 'server/**/*.[ch]')}
    for path in tree.find('modules/*/README.md', 'platform/*/README.md'):
        text, folder = tree.text(path), path.rsplit('/', 1)[0]
        for m in re.finditer(r'`([a-z][a-z0-9_]*\.[ch])`', text):
            if m[1] not in names:
                yield Fault(path, line_of(text, m.start()), f'there is no {m[1]}')
        for name in sorted(n for n, (at, _) in tree.table_place.items() if at.startswith(folder + '/schema/')):
            if folder.startswith('modules/') and f'`{name}`' not in text:
                yield Fault(path, 1, f'table {name} is not named')


def module_faults(tree):
    for module in tree.modules:
        if module != 'modules.c' and not known(module, tree.glossary):
            yield Fault(f'modules/{module}', 1, 'folder is no glossary word')
    for path in tree.find('modules/*/*_module.c'):
        text = re.sub(r'^#include.*', '', without_comments(tree.text(path)), flags=re.M)
        for m in re.finditer(r'"([a-z_]+)\.[a-z_]+(?:\.[a-z_]+)*"', text):
            if not known(m[1], tree.glossary) and m[1] not in GENERAL:
                yield Fault(path, line_of(text, m.start()), f'"{m[1]}" in {m[0]} is no glossary word')
        for m in re.finditer(r'\{\s*(?:GET|POST|PUT|PATCH|DELETE)\s*,\s*"/(?:api/v1/)?([a-z_]*)', text):
            if m[1] and not known(m[1], tree.glossary) and m[1] not in GENERAL:
                yield Fault(path, line_of(text, m.start()), f'/{m[1]} is no glossary word')


def function_faults(tree):
    for f in tree.functions:
        if not f.path.startswith('modules/') or '/tests/' in f.path or f.static:
            continue
        if f.path.endswith(('_pages.c', '_api.c', '_jobs.c')) and not f.name.startswith(HANDLERS):
            yield Fault(f.path, f.line, f'{f.name}: a handler begins with page_, api_, doc_, file_, slow_, job_ or on_', f'{f.path}:{f.name}')
        if f.path.endswith('_store.c') and '_store_' not in f.name:
            yield Fault(f.path, f.line, f'{f.name}: exported from a store it is noun_store_verb')


def check(tree):
    yield from table_faults(tree)
    yield from module_faults(tree)
    yield from readme_faults(tree)
    yield from function_faults(tree)
    for path in tree.product:
        if path.startswith('modules/'):
            text = code_only(tree.text(path))
            for m in re.finditer(r'\b(double|float)\b', text):
                yield Fault(path, line_of(text, m.start()), 'floating point: sums must agree on every machine')


if __name__ == '__main__':
    main('names', check)
