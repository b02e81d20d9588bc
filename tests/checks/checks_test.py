#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Each house check can fail, and stays silent on what is right. A case is a check, a small tree, and what must be reported;
no text means: nothing. Prints TAP."""
import subprocess, sys, tempfile
from pathlib import Path

CHECKS = Path(__file__).resolve().parents[2] / 'tools/checks'
GLOSSARY = '| `proposal` | `proposals` | 提案 | m | |\n| `member` | `members` | 委员 | m | |\n'
SCHEMA = '''CREATE TABLE proposals (
    id @id, -- number
    org_id @int NOT NULL, -- owner
    version @int NOT NULL, -- counts changes
    title TEXT NOT NULL, -- 案由
    UNIQUE (org_id, id)
);
CREATE TABLE members (
    id @id, -- number
    org_id @int NOT NULL -- owner
);
'''
STORE, PAGES, MODULE = 'modules/proposals/proposal_store.c', 'modules/proposals/proposal_pages.c', 'modules/proposals/proposal_module.c'


def sql(text, **more):
    return {STORE: f'void proposal_store_x(void)\n{{\n    db_run(db, SQL("{text}"));\n}}\n', 'modules/proposals/schema/0001_proposals.sql': SCHEMA} | more


def schema(text):
    return {'modules/proposals/schema/0001_proposals.sql': text}


def figures(expr, page='`huotang_queue`, `huotang_answers_total`'):
    source = 'put(out, "huotang_queue");\nput(out, "huotang_answers_total{status=\\"%dxx\\"} 1");\n'
    return {'platform/web/metrics.c': source, 'docs/operations/monitoring.md': page,
            'tools/package/monitoring/rules.yml': f'groups:\n  - rules:\n      - alert: A\n        expr: {expr}\n'}


def proof(row):
    return {'docs/operations/evidence.md': row + '\n', 'server/a.c': 'void some_test(void)\n'}


SPDX = '/* SPDX-License-Identifier: MulanPSL-2.0 */\n/* What it holds. */\n'
CASES = [
    ('includes', {'platform/web/a.c': '#include "modules/proposals/proposal.h"\n'}, 'platform must not know'),
    ('includes', {PAGES: '#include "platform/db/db.h"\n'}, 'through their store'),
    ('includes', {PAGES: '#include "modules/members/member.h"\n'}, 'not in .needs'),
    ('includes', {PAGES: '#include "modules/members/member_store.h"\n', MODULE: '.needs = (const char *const[]){ "members", NULL }'}, 'private to members'),
    ('includes', {PAGES: '#include "modules/members/member.h"\n', MODULE: '.needs = (const char *const[]){ "members", NULL }'}, None),
    ('includes', {MODULE: '.needs = (const char *const[]){ "members", NULL }',
                  'modules/members/member_module.c': '.needs = (const char *const[]){ "proposals", NULL }'}, 'modules need each other'),
    ('includes', {'platform/db/a.c': '#include <sqlite3.h>\n', 'platform/text/b.c': '#include <sqlite3.h>\n'}, 'included by several files'),
    ('includes', {'platform/db/a.c': '#include <sqlite3.h>\n#include <sys/stat.h>\n', 'platform/text/b.c': '#include <sys/stat.h>\n'}, None),
    ('sql', sql('SELECT id FROM proposals WHERE org_id = :org LIMIT 5 OFFSET 9'), 'OFFSET'),
    ('sql', sql('SELECT id FROM proposals WHERE org_id = :org AND title LIKE :t'), 'LIKE'),
    ('sql', sql('SELECT id FROM proposals WHERE org_id = :org AND lower(title) LIKE :t'), None),
    ('sql', sql('UPDATE proposals SET title = :t WHERE org_id = :org AND id = :id'), 'without AND version'),
    ('sql', sql('UPDATE proposals SET title = :t WHERE org_id = :org AND id = :id AND version = :version'), None),
    ('sql', sql('SELECT max(id, 3) FROM proposals WHERE org_id = :org'), 'max or min'),
    ('sql', {PAGES: 'SQL("SELECT 1")'}, 'belongs in *_store.c'),
    ('sql', {PAGES: 'db_begin(db);'}, "platform's business"),
    ('sql', {PAGES: 'if (e == DB_SQLITE) x();'}, 'engine branch'),
    ('sql', schema('CREATE TABLE t (\n    id BIGINT -- number\n);\n'), 'integer type'),
    ('sql', schema('CREATE TABLE t (\n    oddity TEXT\n);\n'), 'without a sentence'),
    ('sql', {'modules/proposals/schema/0002_x.sql': '-- x\n'}, 'without gaps'),
    ('sql', sql('', **{'modules/proposals/schema/0002_x.sql': 'ALTER TABLE proposals DROP COLUMN title;\n'}), 'only add'),
    ('sql', sql('', **{'modules/proposals/schema/0002_x.sql': 'ALTER TABLE proposals ADD COLUMN note TEXT NOT NULL;\n'}), 'only add'),
    ('sql', sql('', **{'modules/proposals/schema/0002_x.sql': "ALTER TABLE proposals ADD COLUMN note TEXT NOT NULL DEFAULT '';\n"}), None),
    ('org', sql('SELECT id FROM proposals WHERE id = :id'), 'proposals is not bound'),
    ('org', sql('SELECT p.id FROM proposals p JOIN members m ON m.id = p.id WHERE p.org_id = :org'), 'members m is not bound'),
    ('org', sql('SELECT p.id FROM proposals p JOIN members m ON m.org_id = p.org_id AND m.id = p.id WHERE p.org_id = :org'), None),
    ('org', sql('SELECT id FROM proposals p WHERE p.org_id = :org AND EXISTS (SELECT 1 FROM members m WHERE m.id = p.id)'), 'members m is not bound'),
    ('org', sql('SELECT id FROM proposals p WHERE p.org_id = :org AND EXISTS (SELECT 1 FROM members m WHERE m.org_id = p.org_id)'), None),
    ('org', sql('INSERT INTO members (id) VALUES (:id)'), 'INSERT INTO members without org_id'),
    ('org', sql('INSERT INTO members (org_id) VALUES (:org) RETURNING id'), None),
    ('org', sql('DELETE FROM members WHERE id = :id'), 'members is not bound'),
    ('org', sql('SELECT 1', **{PAGES: '{ .from = "proposals p", .where = "p.id > 0" }'}), 'proposals p is not bound'),
    ('org', schema('CREATE TABLE t (\n    id @id\n);\n'), 'table t has no org_id'),
    ('org', schema('CREATE TABLE t (\n    id @id, org_id @int, UNIQUE (id)\n);\n'), 'must begin with org_id'),
    ('org', {**schema('CREATE TABLE t (\n    id @id\n);\n'), 'tools/checks/allowed.txt': 'org t  # of all\n'}, None),
    ('org', {'tools/checks/allowed.txt': 'org t  # of all\n'}, 'no longer needed'),
    ('names', {'modules/foo/foo.c': 'int x;\n'}, 'folder is no glossary word'),
    ('names', schema('CREATE TABLE widgets (\n    id @id\n);\n'), 'no glossary word'),
    ('names', schema('CREATE TABLE proposals (\n    user TEXT\n);\n'), 'reserved word'),
    ('names', schema('CREATE TABLE proposals (\n    sent_at TEXT\n);\n'), 'must be @int'),
    ('names', {MODULE: '{ GET, "/widgets/{id}", page_x, .may = "proposals.read" }'}, '/widgets is no glossary word'),
    ('names', {MODULE: '{ GET, "/proposals/{id}", page_x, .may = "proposals.read" }'}, None),
    ('names', {PAGES: 'err show(void)\n{\n}\n'}, 'a handler begins with page_'),
    ('names', {PAGES: 'double points;\n'}, 'floating point'),
    ('names', {'modules/proposals/README.md': 'See `proposal_gone.c`.\n'}, 'there is no proposal_gone.c'),
    ('names', {'modules/proposals/README.md': 'None.\n', **schema('CREATE TABLE proposals (\n    id @id\n);\n')}, 'table proposals is not named'),
    ('texts', {PAGES: 'x = "提案";\n'}, 'Han text'),
    ('texts', {PAGES: 'x = err_make(ERR_CONFLICT, "proposals.not_draft");\n'}, 'no text proposals.not_draft'),
    ('texts', {PAGES: 'x = err_make(ERR_CONFLICT, "proposals.not_draft");\n', 'text/zh.txt': 'proposals.not_draft = 不是草稿\n'}, None),
    ('texts', {'text/zh.txt': 'proposals.never = 无人用\n'}, 'proposals.never is not used'),
    ('texts', {'text/zh.txt': 'proposals.a = 甲\nproposals.a = 乙\n', PAGES: '"proposals.a"'}, 'twice'),
    ('views', {'modules/proposals/views/list.html': '<p onclick="x()">\n'}, 'event handler'),
    ('views', {'modules/proposals/views/list.html': '<p style="color:red">\n'}, 'style attribute'),
    ('views', {'modules/proposals/views/list.html': '<script>x()</script>\n'}, 'inline script'),
    ('views', {'modules/proposals/views/list.html': '<img src="https://example.org/x.png" alt="">\n'}, 'another host'),
    ('views', {'modules/proposals/views/list.html': '<a href="/proposals">x</a>\n'}, None),
    ('macros', {'platform/base/a.h': '#define MAX(a, b) a\n'}, 'MAX'),
    ('macros', {'platform/base/a.h': '#define TRY(x) x\n#define LIMIT (5)\n'}, None),
    ('contracts', {'server/a.h': SPDX + '\nint a(int b);\n'}, 'no contract'),
    ('contracts', {'server/a.h': SPDX + '\n/* Sum. */\nint a(int b);\nint c(int d);\n'}, None),
    ('contracts', {'server/a.c': 'int x;\n'}, 'first line is SPDX'),
    ('contracts', {'server/a.c': '/* SPDX-License-Identifier: MulanPSL-2.0 */\nint x;\n'}, 'opening comment'),
    ('contracts', {'modules/proposals/a.c': SPDX}, 'no README.md'),
    ('gates', {'server/a.c': 'int f(void)\n{\n' + '    x();\n' * 99 + '}\n'}, '102 lines'),
    ('gates', {'server/a.c': 'int f(int a, int b, int c, int d, int e, int g)\n{\n}\n'}, '6 parameters'),
    ('gates', {'server/a.c': 'int f(void)\n{\n if (a) { if (b) { if (c) { if (d) { if (e) { } } } } }\n}\n'}, '5 nesting'),
    ('gates', {'server/a.c': 'int f(void)\n{\n' + ' if (a) x();\n' * 16 + '}\n'}, '17 branches'),
    ('gates', {'server/a.c': '/* ' + 'x' * 120 + ' */\n'}, 'columns'),
    ('gates', {'server/a.c': 'int x;\n' * 1001}, 'lines, at most 1000'),
    ('gates', {'server/a.c': '/* TODO later */\n'}, 'TODO without owner'),
    ('gates', {'server/a.c': 'int f(void)\n{\n    return 1;\n}\n'}, None),
    ('monitoring', figures('huotang_queue > 5'), None),
    ('monitoring', figures('huotang_quene > 5'), '/metrics has no huotang_quene'),
    ('monitoring', figures('rate(huotang_answers_total{status="5xx"}[5m])'), None),
    ('monitoring', figures('rate(huotang_answers_total{code="5xx"}[5m])'), 'no figure has the label code'),
    ('monitoring', figures('sum by (path) (huotang_answers_total)'), 'no figure has the label path'),
    ('monitoring', figures('huotang_queue > 5', page='`huotang_queue`'), 'huotang_answers_total is not explained'),
    ('monitoring', figures('huotang_queue > 5') | {'tools/package/monitoring/board.json': '{"panels": [{"expr": "huotang_que"}]}'}, '/metrics has no huotang_que'),
    ('evidence', proof('| V1.1.1 | x | 做到 | `server/a.c` |'), 'V1.1.2 stands there 0 times'),
    ('evidence', proof('| V1.1.1, 1 | x | 做到 | `server/a.c` |'), 'V1.1.1 stands there 2 times'),
    ('evidence', proof('| V1.2.8–10 | x | 做到 | `server/a.c` |'), 'V1.2.10 stands there 1 times, and is no clause'),
    ('evidence', proof('| 8.1.4.1 a | x | 做到 | `server/b.c` |'), 'there is no server/b.c'),
    ('evidence', proof('| V1.1.1 | x | 做到 | `server/a.c:some_tests` |'), 'server/a.c has no some_tests'),
    ('evidence', proof('| V1.1.1 | x | 做到 | 人人都知道 |'), 'no file shows it'),
    ('evidence', proof('| V1.1.1 | x | 部分 | `server/a.c` |'), 'no reason'),
    ('evidence', proof('| V1.1.1 | x | 很好 | `server/a.c` |'), 'a row is clause'),
    ('evidence', proof('253 = 做到 1'), 'the sums are: 253 = 做到 0'),
    ('banned', {'server/a.c': 'int f(void)\n{\n    system("x");\n}\n'}, 'system() is banned'),
    ('banned', {'platform/base/a.c': 'int f(void)\n{\n    malloc(3);\n}\n'}, None),
    ('banned', {'platform/web/a.c': 'int f(void)\n{\n    malloc(3);\n}\n'}, 'malloc() is banned'),
]


def outcome(check, files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in ({'docs/glossary.md': GLOSSARY} | files).items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_text(text)
        run = subprocess.run([sys.executable, CHECKS / f'{check}.py', folder], capture_output=True, text=True)
        return run.returncode, run.stdout + run.stderr


def main():
    print(f'1..{len(CASES)}')
    failed = 0
    for number, (check, files, expected) in enumerate(CASES, 1):
        status, text = outcome(check, files)
        good = status == 1 and expected in text if expected else status == 0 and not text
        failed += not good
        print(f'{"ok" if good else "not ok"} {number} - {check} {expected or "silent"} ({next(iter(files))})')
        if not good:
            print('# ' + text.replace('\n', '\n# '))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
