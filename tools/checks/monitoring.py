#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Figures of /metrics by one name everywhere: rules, dashboard and operators' documents name only figures and labels that
platform/web/metrics.c prints, and docs/operations/monitoring.md says of each what it means. An alert on a name that does not exist would
never fire, and nobody would know."""
import json, re
from house import Fault, line_of, main

SOURCE, PAGE, FOLDER = 'platform/web/metrics.c', 'docs/operations/monitoring.md', 'tools/package/monitoring'
FIGURE = r'\b(?:huotang|process)_[a-z_]+\b'
TARGET_LABELS = {'job', 'instance', 'alertname', 'alertstate', 'severity'}  # Prometheus adds them


def expressions(board):
    """Every PromQL text of a dashboard."""
    if isinstance(board, dict):
        for key, value in board.items():
            if key == 'expr':
                yield value
            else:
                yield from expressions(value)
    elif isinstance(board, list):
        for value in board:
            yield from expressions(value)


def labels_of(text):
    """Label names between braces and behind by and on."""
    for inside in re.findall(r'\{([^{}"]*(?:"[^"]*"[^{}"]*)*)\}', text):
        yield from re.findall(r'(\w+)\s*(?:=~|!~|!=|=)\s*"', inside)
    for inside in re.findall(r'\b(?:by|on|ignoring|without)\s*\(([\w, ]*)\)', text):
        yield from re.findall(r'\w+', inside)


def queries(tree, path):
    """The parts of a file that are PromQL."""
    text = tree.text(path)
    if path.endswith('.json'):
        return list(expressions(json.loads(text)))
    return re.findall(r'^ *expr: (.*(?:\n {10,}\S.*)*)', text, re.M)


def check(tree):
    if not tree.find(SOURCE):
        return
    source = tree.text(SOURCE)
    figures = set(re.findall(rf'"({FIGURE})', source))
    labels = set(re.findall(r'[{,](\w+)=\\"', source)) | TARGET_LABELS
    known = figures | {f + end for f in figures for end in ('_bucket', '_sum', '_count')}
    for path in tree.find(f'{FOLDER}/*', 'docs/operations/*.md'):
        text = tree.text(path)
        for m in re.finditer(FIGURE, text):
            if m[0] not in known:
                yield Fault(path, line_of(text, m.start()), f'/metrics has no {m[0]}')
    for path in tree.find(f'{FOLDER}/*.json', f'{FOLDER}/*.yml'):
        for query in queries(tree, path):
            for label in sorted(set(labels_of(query)) - labels):
                yield Fault(path, 1, f'no figure has the label {label}: {query[:60]}')
    page = tree.text(PAGE) if tree.find(PAGE) else ''
    for figure in sorted(figures):
        if not re.search(rf'`{figure}`', page):
            yield Fault(PAGE, 1, f'{figure} is not explained')


if __name__ == '__main__':
    main('monitoring', check)
