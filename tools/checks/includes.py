#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Who may include whom (STYLE.md T2–T5): platform never modules; a module only public headers of its `.needs`, without
cycles; pages and API never platform/db; an outside library is included by one file. Statements: sql.py."""
import re
from collections import defaultdict
from house import Fault, allowed, line_of, main, without_comments

# Headers of the C library, POSIX and Linux; all others come from an outside library.
SYSTEM = set('''assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic
stdbool stddef stdint stdio stdlib stdnoreturn string strings tgmath threads time uchar wchar wctype dirent dlfcn fcntl fnmatch
ftw getopt glob grp iconv langinfo libgen malloc netdb poll pthread pwd regex sched search semaphore spawn syslog termios unistd
utime alloca endian byteswap err execinfo ifaddrs mntent paths features'''.split())


def is_system(header):
    return header.startswith(('sys/', 'linux/', 'netinet/', 'arpa/', 'net/', 'bits/')) or header[:-2] in SYSTEM


def cycle(needs):
    """A cycle of the graph as a list, or None."""
    state = {}

    def walk(node, trail):
        state[node] = 1
        for other in needs.get(node, ()):
            if state.get(other) == 1:
                return trail + [node, other]
            if other not in state and (found := walk(other, trail + [node])):
                return found
        state[node] = 2

    return next((c for n in sorted(needs) if n not in state and (c := walk(n, []))), None)


def needs_of(tree):
    needs = {}
    for path in tree.find('modules/*/*_module.c'):
        text = without_comments(tree.text(path))
        m = re.search(r'\.needs\s*=\s*(\(\s*const char \*const\s*\[\]\s*\)\s*\{([^}]*)\}|(\w+))', text)
        names = m[2] if m and m[2] is not None else ''
        if m and m[3] and m[3] != 'NULL':
            table = re.search(rf'\b{m[3]}\s*\[\]\s*=\s*\{{([^}}]*)\}}', text)
            names = table[1] if table else ''
        needs[path.split('/')[1]] = set(re.findall(r'"(\w+)"', names))
    return needs


def check(tree):
    needs, outside = needs_of(tree), defaultdict(list)
    if (c := cycle(needs)):
        yield Fault(f'modules/{c[-1]}', 1, 'modules need each other: ' + ' -> '.join(c[c.index(c[-1]):]))
    for path in tree.product:
        text, folder = without_comments(tree.text(path)), path.split('/')[1]
        for m in re.finditer(r'^[ \t]*#[ \t]*include[ \t]+([<"])([^>"]+)[>"]', text, re.M):
            line, header, part = line_of(text, m.start()), m[2], m[2].split('/')
            if m[1] == '<':
                if not is_system(header):
                    outside[header.split('/')[0]].append((path, line))
            elif path.startswith('platform/') and part[0] == 'modules':
                yield Fault(path, line, f'platform must not know the module {part[1]}')
            elif path.startswith('modules/') and path.count('/') == 2 and part[0] in ('modules', 'views'):
                other = part[1].removesuffix('.h')
                if other == folder or part[0] == 'views' and other not in tree.modules:
                    continue
                if part[0] == 'views' or header.endswith(('_store.h', '_internal.h')):
                    yield Fault(path, line, f'{header} is private to {other}')
                elif other not in needs.get(folder, ()):
                    yield Fault(path, line, f'{other} is not in .needs of {folder}')
            if path.endswith(('_pages.c', '_api.c')) and part[:2] == ['platform', 'db']:
                yield Fault(path, line, 'pages and API reach the database through their store')
    excepted = allowed(tree.root, 'includes')
    for header, places in sorted(outside.items()):
        several = len({p for p, _ in places if f'{p}:{header}' not in excepted}) > 1
        for path, line in places:
            if several or f'{path}:{header}' in excepted:
                yield Fault(path, line, f'<{header}> is included by several files', f'{path}:{header}')


if __name__ == '__main__':
    main('includes', check)
