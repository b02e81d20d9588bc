#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""What belongs to a case travels whole (platform/transfer): each declared table names every column of its schema exactly once,
and a table of a case that is declared nowhere stands in STAYS with its reason."""
import re
from house import Fault, line_of, main, without_comments

# Tables with a column of a case that stay where they are.
STAYS = {
    'transfer_cases': 'which case here is which there: of this house',
    'readers': 'of notices, not of cases',
    'board_marks': 'who reads a card for half an hour',
    'merger_dismissals': 'hints that were waved away, between two cases of this house',
    'dashboard_facts': 'counted anew where they arrive',
    'dashboard_side_facts': 'likewise',
    'dashboard_opinion_facts': 'of opinions, which stay in their house',
    'dashboard_letter_facts': 'of letters, which stay in their house',
    'publication_hosts': 'kept by each step, also by those that are told when a case has landed',
    'recasts': 'the opinion at the other end stays in its house',
    'guesses': 'what this house thought beside what it decided: another learns from its own',
    'errands': 'inside an agency, by its own desks and accounts: not for the office to send',
}
CASE = {'proposal_id', 'assignment_id', 'matter_id', 'subject_id'}


def block_end(text, at):
    depth = 0
    for i in range(at, len(text)):
        depth += {'{': 1, '}': -1}.get(text[i], 0)
        if depth == 0:
            return i
    return len(text)


def declared(tree):
    """{table: (path, line, columns)}"""
    found = {}
    for path in tree.product:
        text = without_comments(tree.text(path))
        for m in re.finditer(r'struct transfer_table \w+\[\] = \{', text):
            end = block_end(text, m.end() - 1)
            for entry in re.finditer(r'\{\s*\.name = "(\w+)"', text[m.end():end]):
                begin = m.end() + entry.start()
                body = text[begin:block_end(text, begin) + 1]
                columns = re.findall(r'\.by = "(\w+)"', body)[:1]
                for field in ('numbers', 'texts', 'zero', 'dropped'):
                    if (part := re.search(rf'\.{field} =\s*\(const char \*const\[\]\)\{{([^}}]*)\}}', body)):
                        columns += re.findall(r'"(\w+)"', part[1])
                if (part := re.search(r'\.links =\s*\(const struct transfer_link\[\]\)\{(.*?)\{ 0 \}', body, re.S)):
                    columns += re.findall(r'\{\s*"(\w+)"', part[1])
                found[entry[1]] = (path, line_of(text, begin), columns)
    return found


def check(tree):
    known = declared(tree)
    for name, (path, line, columns) in sorted(known.items()):
        if name not in tree.tables:
            yield Fault(path, line, f'{name} is no table')
            continue
        wanted = set(tree.tables[name]) - {'', 'id', 'org_id'}
        for column in sorted(wanted - set(columns)):
            yield Fault(path, line, f'{name}.{column} does not travel: declare it')
        for column in sorted(set(columns) - wanted):
            yield Fault(path, line, f'{name}.{column} is no column')
        for column in sorted({c for c in columns if columns.count(c) > 1}):
            yield Fault(path, line, f'{name}.{column} stands twice')
    for name, columns in sorted(tree.tables.items()):
        rules = ' '.join(columns.get('', ())) if isinstance(columns.get('', ()), (list, tuple)) else str(columns.get('', ''))
        hangs = set(re.findall(r'REFERENCES (\w+)', rules)) & set(known)
        if (CASE & set(columns) or hangs) and name not in known and name not in STAYS:
            place, line = tree.table_place[name]
            yield Fault(place, line, f'{name} belongs to a case and does not travel: declare it, or say why in travel.py')


if __name__ == '__main__':
    main('travel', check)
