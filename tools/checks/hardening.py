#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""The binary is hardened and modules hold no state (quality F7, STYLE.md W4): position-independent, full RELRO, no executable
stack, stack canary, fortified calls, no run path; objects carry branch protection (the C library's start files of Debian do
not, so the binary as a whole cannot); .data and .bss of module objects are empty.

    tools/checks/hardening.py [BINARY [OBJECT_DIR]]        default build/huotang build/obj
"""
import platform, re, subprocess, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def read(*command):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, check=True).stdout


def binary_faults(path):
    header, segments, dynamic = read('readelf', '-hW', path), read('readelf', '-lW', path), read('readelf', '-dW', path)
    symbols = read('readelf', '--dyn-syms', '-W', path)
    stack = re.search(r'GNU_STACK.*', segments)
    wanted = {
        'not position-independent': re.search(r'Type:\s+DYN', header),
        'no RELRO': 'GNU_RELRO' in segments,
        'symbols bound late': re.search(r'BIND_NOW|FLAGS_1.*NOW', dynamic),
        'executable stack': stack and 'RWE' not in stack[0],
        'no stack canary': '__stack_chk_fail' in symbols,
        'no fortified call': re.search(r'__\w+_chk\b', symbols.replace('__stack_chk_fail', '')),
        'run path set': not re.search(r'RPATH|RUNPATH', dynamic),
        'writable text relocations': 'TEXTREL' not in dynamic,
    }
    return [what for what, good in wanted.items() if not good]


def object_faults(folder):
    for path in sorted(p for p in folder.rglob('*.o') if '/tests/' not in str(p) and '/tools/' not in str(p)):
        name = path.relative_to(folder)
        if platform.machine() == 'x86_64' and 'IBT, SHSTK' not in read('readelf', '-nW', path):
            yield f'{name}: no branch protection (IBT, SHSTK)'
        if name.parts[0] != 'modules':
            continue
        for section, size in re.findall(r'^(\.(?:t?data|t?bss)(?:\.(?!rel\.ro)\S+)?)\s+(\d+)', read('size', '-A', path), re.M):
            if int(size):
                yield f'{name}: {size} bytes of mutable state in {section}'


def main():
    binary = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / 'build/huotang'
    objects = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / 'build/obj'
    faults = binary_faults(binary) + list(object_faults(objects))
    for fault in faults:
        print(f'{binary.name}: hardening: {fault}')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
