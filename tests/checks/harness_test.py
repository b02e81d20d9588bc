#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""The test runner counts what it should: passes, failures, skips in cmocka's and in the usual form, tests that never reported,
crashes, hangs and silence; it runs once more only what may be unstable. So does the bench's gate: what is worse than recorded. Prints TAP."""
import sys
import tempfile
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

sys.dont_write_bytecode = True
loader = SourceFileLoader('run', str(Path(__file__).resolve().parents[1] / 'harness/run'))
run = module_from_spec(spec_from_loader('run', loader))
loader.exec_module(run)
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'bench'))
import gate

# (what, output, passed, failed, skipped)
OUTPUTS = [
    ('a pass', '1..1\nok 1 - a\n', 1, 0, 0),
    ('a failure', '1..2\nok 1 - a\nnot ok 2 - b\n# b.c:3: error\n', 1, 1, 0),
    ("cmocka's skip", '1..1\nnot ok 1 # SKIP a\n', 0, 0, 1),
    ('the usual skip', '1..1\nok 1 - a # SKIP no data\n', 0, 0, 1),
    ('two groups of one program', '1..1\nok 1 - a\n# ok - x\n1..2\nok 1 - b\nok 2 - c\n', 3, 0, 0),
    ('planned but missing', '1..3\nok 1 - a\n', 1, 1, 0),
    ('words that only look like results', 'okay\nnot okay\n1..1\nok 1 - a\n', 1, 0, 0),
]
# (what, part, figures now, recorded ones, what is told as worse)
RATIOS = [
    ('a page that reaches less of the limit', 'list', {'ratio': 0.3}, {'ratio': 0.6}, 1),
    ('a little less of it', 'list', {'ratio': 0.5}, {'ratio': 0.6}, 0),
    ('a cost that has grown', 'scores', {'ratio': 1.9}, {'ratio': 1.2}, 1),
    ('a cost that has fallen', 'scores', {'ratio': 0.2}, {'ratio': 1.2}, 0),
    ('growth that is none', 'lists', {'entries_growth': 0.9}, {'entries_growth': 0.3}, 0),
    ('growth', 'lists', {'entries_growth': 1.6}, {'entries_growth': 0.3}, 1),
    ('a time, which hangs on the machine', 'scores', {'all_s': 9.0}, {'all_s': 1.0}, 0),
    ('a figure that was not recorded', 'scores', {'ratio': 9.0}, {}, 0),
]
# (what, failed tests, output, programs that failed, programs, whether it is run once more)
UNSTABLE = [
    ('one that failed beside others', ['a'], 'not ok 1 - a', 3, 500, True),
    ('too many failed', ['a'], 'not ok 1 - a', 4, 500, False),
    ('hardly anything ran beside it', ['a'], 'not ok 1 - a', 1, 3, False),
    ('a report of a sanitizer', ['a'], 'ERROR: AddressSanitizer: heap-use-after-free', 1, 500, False),
    ('undefined behaviour', ['a'], 'x.c:3:4: runtime error: signed integer overflow', 1, 500, False),
    ('death by signal', ['a', 'exit status -6'], '', 1, 500, False),
]
# (what, program, failures)
PROGRAMS = [
    ('exit status without a failure', 'echo 1..1; echo ok 1; exit 3', ['exit status 3']),
    ('death by signal', 'echo 1..2; echo ok 1; kill -SEGV $$', ['1 planned tests did not report', 'exit status -11']),
    ('silence', 'true', ['reported no test']),
    ('a hang', 'echo 1..1; echo ok 1; sleep 60', ['still running after 1 s']),
    ('a good program', 'echo 1..1; echo ok 1', []),
]


def main():
    results = []
    for what, text, *counts in OUTPUTS:
        passed, failed, skipped = run.tap(text)
        results.append((what, [passed, len(failed), len(skipped)], counts))
    shown = run.without_passed('TAP 13\n# Subtest: a\nok 1 - a\n  ---\n  ms: 1\n  ...\n# Subtest: b\nnot ok 2 - b\n  ---\n  why: c\n  ...\n1..2\n')
    results.append(('a failure is shown without what passed', shown, 'TAP 13\n# Subtest: b\nnot ok 2 - b\n  ---\n  why: c\n  ...\n'))
    run.LIMIT_S['units'] = 1
    with tempfile.TemporaryDirectory() as folder:
        for what, program, expected in PROGRAMS:
            path = Path(folder) / 'tests/x.sh'
            path.parent.mkdir(exist_ok=True)
            path.write_text(program)
            results.append((what, run.run_one('units', path, None, '', 'sqlite:', Path(folder))[2], expected))
        both, turns, one = Path(folder) / run.BOTH, Path(folder) / 'turns.mjs', Path(folder) / 'one.mjs'
        both.write_text('// HUOTANG_TEST_DB HUOTANG_PRESET')
        turns.write_text('// HUOTANG_TEST_DB HUOTANG_PRESET')
        one.write_text('// HUOTANG_PRESET')
        journeys = [('journeys', path) for path in (both, turns, one, turns)]
        places = lambda presets: [task[2:] for task in run.plan(journeys, ['sqlite', 'pg'], presets)]
        results.append(('journeys take turns under the rules of places', places(''), [
            ('sqlite', 'city_four'), ('pg', 'city_three'), ('sqlite', 'province'), (None, 'county'), ('pg', 'city_four')]))
        results.append(('or go under all of them', len(places('all')), 5 * 4))
        results.append(('or under one', {place for _, place in places('county')}, {'county'}))
    for what, part, now, old, expected in RATIOS:
        told = lambda scale: gate.worse({'scale': scale, 'goals': {'ratio': 1}, part: now}, {'scale': 1, part: old})
        results.append((what, [len(told(1)), len(told(2))], [expected, 0]))
    for what, failed, output, failures, tasks, expected in UNSTABLE:
        again = run.may_be_unstable(('x_test', 0, failed, [], output, 1.0), failures, tasks)
        results.append((f'run once more, alone: {what}', again, expected))
    build = Path('/x/build/asan')
    for path, engine, plain in (('modules/a/tests/a_test', 'sqlite', False), ('modules/a/tests/a_test', 'pg', True),
                                ('platform/db/tests/db_test', 'pg', False), ('tests/quality/a_test', None, True),
                                ('tests/matrix/permission_matrix_test', 'sqlite', True), ('tests/matrix/object_swap_test', 'sqlite', False)):
        results.append((f'{path} on {engine}: sanitizers or not', run.is_plain('units', build / 'tests' / path, engine, build), plain))
    print(f'1..{len(results)}')
    for number, (what, got, expected) in enumerate(results, 1):
        print(f'{"ok" if got == expected else "not ok"} {number} - {what}' + ('' if got == expected else f' # {got}, not {expected}'))
    return 0 if all(got == expected for _, got, expected in results) else 1


if __name__ == '__main__':
    sys.exit(main())
