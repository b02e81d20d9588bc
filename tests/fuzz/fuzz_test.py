#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Quality F1, short form: each fuzz target takes its kept inputs, then new ones for a few seconds from a fixed seed, under
AddressSanitizer and UBSan. `./dev test fuzz SECONDS` is the long form; `./dev test` builds the targets before this. TAP."""
import os, re, subprocess, sys, tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = os.environ.get('HUOTANG_FUZZ_SECONDS', '3')


def run(target, name, *options):
    env = dict(os.environ, ASAN_OPTIONS='detect_leaks=1', UBSAN_OPTIONS='print_stacktrace=1:halt_on_error=1')
    env.pop('LSAN_OPTIONS', None)
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run([target, '-rss_limit_mb=1024', '-timeout=20', '-seed=1', '-print_final_stats=1',
                               f'-artifact_prefix={scratch}/', *options, scratch, ROOT / 'tests/fuzz/corpus' / name],
                              env=env, capture_output=True, text=True, errors='replace')
        found = [p.read_bytes()[:400] for p in Path(scratch).glob('[clot]*-*')]
    return done, found


def main():
    names = sorted(p.name.removesuffix('_fuzz.c') for p in (ROOT / 'tests/fuzz').glob('*_fuzz.c'))
    if Path(os.environ.get('HUOTANG_BUILD', 'asan')).name != 'asan':
        print('1..1\nok 1 - # SKIP fuzz targets run with ./dev test as a whole, not with its quicker forms')
        return 0
    built = {n: ROOT / 'build/fuzzer/fuzz' / f'{n}_fuzz' for n in names}
    print(f'1..{len(names)}')
    failed, total = 0, 0
    for number, name in enumerate(names, 1):
        if not built[name].exists():
            print(f'ok {number} - # SKIP {name}: not built, since clang is not installed (./dev deps fuzz)', flush=True)
            continue
        done, found = run(built[name], name, f'-max_total_time={SECONDS}')
        count = int((re.findall(r'number_of_executed_units: (\d+)', done.stderr) or ['0'])[0])
        total += count
        failed += done.returncode != 0 or not count
        print(f'{"ok" if done.returncode == 0 and count else "not ok"} {number} - {name}: {count} inputs', flush=True)
        if done.returncode:
            print(f'# {found}\n' + re.sub(r'(?m)^', '# ', done.stderr[-4000:]), flush=True)
    print(f'# {total} inputs')
    return failed > 0


sys.exit(main())
