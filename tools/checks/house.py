# SPDX-License-Identifier: MulanPSL-2.0
"""What the house checks share: the files of the tree, C without its comments, functions, SQL, schemas, exceptions.

A check is a script with one generator `check(tree)` that yields faults; `main` prints them and exits 1 if there are any.
Exceptions stand with their reason in allowed.txt; one that is no longer needed is a fault itself.
"""
import json, re, subprocess, sys
from collections import defaultdict, namedtuple
from functools import cached_property, lru_cache
from pathlib import Path

Fault = namedtuple('Fault', 'path line text key', defaults=[None])  # key: what allowed.txt names; else the path
Function = namedtuple('Function', 'path name line end static params body')  # body without comments and literals
Statement = namedtuple('Statement', 'path line sql macro')  # macro: SQL("…"), else a declared list

COMMENT = r'/\*.*?\*/|//[^\n]*'
LITERAL = r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
ANY = re.compile(f'{COMMENT}|{LITERAL}', re.S)


def spaces(match):
    return '\n'.join(' ' * len(line) for line in match[0].split('\n'))


def without_comments(text):
    return ANY.sub(lambda m: spaces(m) if m[0].startswith('/') else m[0], text)


def code_only(text):
    """The text with comments and literals blanked; places stay the same."""
    return ANY.sub(spaces, text)


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


def strings_at(text, offset):
    """The joined string literals that start at offset, and the offset behind them."""
    parts, pattern = [], re.compile(r'\s*(?:"((?:\\.|[^"\\\n])*)"|[A-Z][A-Z0-9_]*(?=\s*"))')
    while (m := pattern.match(text, offset)):
        parts.append(m[1] or '')
        offset = m.end()
    return ''.join(parts).replace('\\"', '"').replace('\\n', '\n'), offset


class Tree:
    def __init__(self, root):
        self.root = Path(root)

    def find(self, *patterns):
        return sorted({str(p.relative_to(self.root)) for pattern in patterns for p in self.root.glob(pattern)
                       if 'node_modules' not in p.parts and p.is_file()})

    @lru_cache(None)
    def text(self, path):
        return (self.root / path).read_text(errors='replace')

    @lru_cache(None)
    def code_lines(self, path):
        return code_only(self.text(path)).split('\n')

    @cached_property
    def product(self):
        """C of the product: no tests, no build tools."""
        return [p for p in self.find('platform/**/*.[ch]', 'modules/**/*.[ch]', 'server/**/*.[ch]') if '/tests/' not in p]

    @cached_property
    def all_c(self):
        return self.find('platform/**/*.[ch]', 'modules/**/*.[ch]', 'server/**/*.[ch]', 'tools/**/*.[ch]', 'tests/**/*.[ch]')

    @cached_property
    def functions(self):
        """Every function of the .c files, found by Universal Ctags."""
        files = [p for p in self.all_c if p.endswith('.c')]
        run = subprocess.run(['ctags', '--output-format=json', '--languages=C', '--kinds-C=f', '--fields=+neS', '-L', '-',
                              '-f', '-'], input='\n'.join(files), capture_output=True, text=True, cwd=self.root, check=True)
        found = []
        for tag in map(json.loads, run.stdout.splitlines()):
            if 'end' not in tag:
                continue
            body = '\n'.join(self.code_lines(tag['path'])[tag['line'] - 1:tag['end']])
            inside = tag.get('signature', '()')[1:-1].strip()
            found.append(Function(tag['path'], tag['name'], tag['line'], tag['end'], tag.get('file', False),
                                  0 if inside in ('', 'void') else inside.count(',') + 1, body))
        return found

    def function_at(self, path, line):
        return next((f.name for f in self.functions if f.path == path and f.line <= line <= f.end), '-')

    @cached_property
    def statements(self):
        """SQL("…") of the product, and `from` + `where` of declared lists as a SELECT."""
        found = []
        for path in self.product:
            text = without_comments(self.text(path))
            for m in re.finditer(r'\bSQL\(\s*(?=")', text):
                found.append(Statement(path, line_of(text, m.start()), strings_at(text, m.end())[0], True))
            for m in re.finditer(r'\.from\s*=\s*(?=")', text):
                source, behind = strings_at(text, m.end())
                where = re.compile(r'\s*,\s*\.where\s*=\s*(?=")').match(text, behind)
                condition = strings_at(text, where.end())[0] if where else '1 = 1'
                found.append(Statement(path, line_of(text, m.start()), f'SELECT 1 FROM {source} WHERE {condition}', False))
        return found

    @cached_property
    def schema_files(self):
        return self.find('platform/*/schema/*.sql', 'modules/*/schema/*.sql')

    @cached_property
    def tables(self):
        """table -> {column: definition}, with '' -> table constraints, and its place."""
        tables, self.table_place = {}, {}
        for path in self.schema_files:
            text = re.sub(r'--[^\n]*', spaces, self.text(path))
            for m in re.finditer(r'\bCREATE TABLE (?:IF NOT EXISTS )?(\w+)\s*\(', text):
                body = text[m.end():closing(text, m.end())]
                columns, rest = {}, []
                for item in filter(None, map(str.strip, split_top(body))):
                    word = item.split()[0].upper()
                    if word in ('PRIMARY', 'UNIQUE', 'FOREIGN', 'CHECK', 'CONSTRAINT'):
                        rest.append(' '.join(item.split()))
                    else:
                        columns[item.split()[0]] = ' '.join(item.split()[1:])
                columns[''] = rest
                tables[m[1]] = columns
                self.table_place[m[1]] = (path, line_of(text, m.start()))
            for m in re.finditer(r'\bALTER TABLE (\w+) ADD COLUMN (\w+)\s+([^;]*)', text):
                tables.get(m[1], {})[m[2]] = m[3]
            for m in re.finditer(r'\bALTER TABLE (\w+) RENAME TO (\w+)', text):
                if m[1] in tables:
                    tables[m[2]], self.table_place[m[2]] = tables.pop(m[1]), self.table_place[m[1]]
            for m in re.finditer(r'\bDROP TABLE (?:IF EXISTS )?(\w+)', text):
                tables.pop(m[1], None)
        return tables

    @cached_property
    def modules(self):
        return sorted({p.split('/')[1] for p in self.find('modules/*/*')})

    @cached_property
    def glossary(self):
        """All identifiers and plurals of docs/glossary.md."""
        text = self.text('docs/glossary.md')
        words = set()
        for row in re.findall(r'^\|(.*)\|$', text, re.M):
            cells = row.split('|')
            words |= set(re.findall(r'`(\w+)`', cells[0] + (cells[1] if len(cells) > 2 else '')))
        cut = re.search(r'^Bound: (.*)\.$', text, re.M)
        return words | set(cut[1].split(', ') if cut else [])


def closing(text, start):
    """Offset of the bracket that closes the one before start."""
    depth = 1
    for i in range(start, len(text)):
        depth += (text[i] == '(') - (text[i] == ')')
        if depth == 0:
            return i
    return len(text)


def split_top(text):
    """Split at commas outside brackets."""
    depth, begin, parts = 0, 0, []
    for i, c in enumerate(text):
        depth += (c == '(') - (c == ')')
        if c == ',' and depth == 0:
            parts.append(text[begin:i])
            begin = i + 1
    return parts + [text[begin:]]


def allowed(root, check):
    """key -> line of the exceptions of a check: `check key  # reason`."""
    path = Path(root) / 'tools/checks/allowed.txt'
    keys = {}
    for number, line in enumerate(path.read_text().splitlines() if path.exists() else [], 1):
        entry, _, reason = line.partition('#')
        if entry.split()[:1] == [check]:
            assert reason.strip(), f'{path}:{number}: an exception needs a reason'
            keys[entry.split()[1]] = number
    return keys


def main(name, check):
    root = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    exceptions, used, count = allowed(root, name), set(), 0
    for fault in check(Tree(root)):
        hit = next((k for k in (fault.key, str(fault.path)) if k in exceptions), None)
        if hit:
            used.add(hit)
            continue
        count += 1
        hint = f'  [{fault.key}]' if fault.key else ''
        print(f'{fault.path}:{fault.line}: {name}: {fault.text}{hint}')
    for key in sorted(set(exceptions) - used):
        count += 1
        print(f'tools/checks/allowed.txt:{exceptions[key]}: {name}: exception "{key}" is no longer needed')
    sys.exit(1 if count else 0)
