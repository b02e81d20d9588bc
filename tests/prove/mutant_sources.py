# SPDX-License-Identifier: MulanPSL-2.0
"""Writes copies of the rule files in which each condition of a rule is given to mutant() (tests/prove/mutants.h). A rule is a function whose name
says that it judges (…_may, …_guard_…, …_is_own …), and anywhere else a condition that ends in 403 or 404. Of `a && (b || c)` each of a, b, c is a
condition of its own. What only tells whether a call failed (`.code`, err_is) is none.

A condition is one of who may what (Site.who) when it depends on who asks: it stands in a rule that reads the actor (or the address, or the listener
of a stream) itself or by a function that it asks, it refuses with 403, or it refuses with 404 by a word that reads the actor. The others are about
the case or the input (a day that has not come, a number that is none, a file that is not there): they let nobody in whom another would not be."""
import re, sys, zlib
from collections import namedtuple
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tools/checks'))
from house import code_only, line_of

Site = namedtuple('Site', 'number path line function text who')
Function = namedtuple('Function', 'kind name params begin end')
PLATFORM = ('access', 'audit', 'calendar', 'files', 'flow', 'list', 'notify', 'settings', 'web')
# which functions judge; not those that draw a part (on_…_shown), a page or an answer of the API
JUDGES = re.compile(r'(_may|_sees)(_|$)|^(may|sees)_|(^|_)guard(_|$)|_is_(own|mine|owner)(_|$)|^(is_leader|own_check|check_own|route_allows)$')
DRAWS = re.compile(r'^(on|page|api|file|job)_|_store_|_list_')
FUNCTION = re.compile(r'^(?:static )?((?:const |struct )?\w+) \*?(\w+)\(([^;{}]*)\)\n\{\n(.*?)^\}', re.M | re.S)
REFUSES = re.compile(r'\s*(?:\{\s*)?return err_make(?:_with)?\(ERR_(\w+)')
OUTSIDE = {'platform/web/lanes.c', 'platform/web/menu.c'}  # whether a write is tried again; what the menu shows: neither lets anybody do anything
WHO = re.compile(r'\bactor\b|\bin\.peer\b|\boptions\.account_id\b')  # whoever asks
CALL = re.compile(r'\b(\w+)\(')
CHARACTER = re.compile(r"'(?:\\[^'\n]+|\\'|[^'\\\n])'")
PLACES, EACH = 2000, 40   # of files, and conditions of one: PLACES * EACH < MUTANT_SITES
LITERAL = {'true', 'false', 'OK', '0', '1', 'NULL'}


def functions(code):
    return [Function(m[1].strip(), m[2], m[3], m.start(4), m.end(4)) for m in FUNCTION.finditer(code)]


def closing(code, at):
    """Behind the bracket that closes the one at `at`."""
    depth = 0
    for i in range(at, len(code)):
        depth += (code[i] in '([{') - (code[i] in ')]}')
        if depth == 0:
            return i + 1
    raise ValueError('no closing bracket')


def top_level(code, begin, end, pattern):
    """Where the pattern stands outside all brackets."""
    depth, i, found = 0, begin, []
    while i < end:
        depth += (code[i] in '([{') - (code[i] in ')]}')
        match = depth == 0 and re.compile(pattern).match(code, i, end)
        if match:
            found.append((i, match.end()))
        i = match.end() if match else i + 1
    return found


def trimmed(code, begin, end):
    while begin < end and code[begin].isspace():
        begin += 1
    while end > begin and code[end - 1].isspace():
        end -= 1
    return begin, end


def operands(code, begin, end):
    """The conditions that && and || join."""
    begin, end = trimmed(code, begin, end)
    if code[begin] == '(' and closing(code, begin) == end:
        yield from operands(code, begin + 1, end - 1)
        return
    joints = [] if top_level(code, begin, end, r'\?') else top_level(code, begin, end, r'&&|\|\|')
    for a, b in zip([begin] + [j[1] for j in joints], [j[0] for j in joints] + [end]):
        if joints:
            yield from operands(code, a, b)
        elif not re.search(r'\.code\b|\berr_is\(', code[a:b]) and code[a:b] not in LITERAL:
            yield a, b


def ternary(code, begin, end):
    """Of `c ? x : y` with a refusal among x and y: the span of c and the code of the refusal."""
    mark = top_level(code, begin, end, r'\?')
    refusal = re.search(r'err_make(?:_with)?\(ERR_(\w+)', code[begin:end])
    return (begin, mark[0][0], refusal[1]) if mark and refusal and mark[0][0] < begin + refusal.start() else None


def is_judge(f):
    return f.kind in ('bool', 'err') and JUDGES.search(f.name) and not DRAWS.search(f.name)


def source_files():
    return sorted(p for top in ['modules/*', *(f'platform/{name}' for name in PLATFORM)] for p in ROOT.glob(f'{top}/*.c'))


def code_of(text):
    """code_only blanks characters, which would end a condition too early."""
    return code_only(CHARACTER.sub(lambda m: '_' * len(m[0]), text))


@cache
def asking():
    """Names of the functions that read who asks, themselves or by another one of them. Only those that say something: what is written by somebody
    names its author without asking him."""
    says = {}
    for file in source_files():
        code = code_of(file.read_text())
        for f in functions(code):
            if f.kind in ('bool', 'i64', 'enum scope') or 'bool *' in f.params or is_judge(f):
                says.setdefault(f.name, '')
                says[f.name] += f.params + code[f.begin:f.end]
    found, before = {name for name, body in says.items() if WHO.search(body)}, None
    while found != before:
        before = set(found)
        found |= {name for name, body in says.items() if before.intersection(CALL.findall(body))}
    return found


def asks_who(code):
    return bool(WHO.search(code) or asking().intersection(CALL.findall(code)))


def ternary(code, begin, end):
    """Of `c ? x : y` with a refusal among x and y: the span of c and the code of the refusal."""
    mark = top_level(code, begin, end, r'\?')
    refusal = re.search(r'err_make(?:_with)?\(ERR_(\w+)', code[begin:end])
    return (begin, mark[0][0], refusal[1]) if mark and refusal and mark[0][0] < begin + refusal.start() else None


def is_judge(f):
    return f.kind in ('bool', 'err') and JUDGES.search(f.name) and not DRAWS.search(f.name)


def source_files():
    return sorted(p for top in ['modules/*', *(f'platform/{name}' for name in PLATFORM)] for p in ROOT.glob(f'{top}/*.c'))


def code_of(text):
    """code_only blanks characters, which would end a condition too early."""
    return code_only(CHARACTER.sub(lambda m: '_' * len(m[0]), text))


@cache
def asking():
    """Names of the functions that read who asks, themselves or by another one of them. Only those that say something: what is written by somebody
    names its author without asking him."""
    says = {}
    for file in source_files():
        code = code_of(file.read_text())
        for f in functions(code):
            if f.kind in ('bool', 'i64', 'enum scope') or 'bool *' in f.params or is_judge(f):
                says.setdefault(f.name, '')
                says[f.name] += f.params + code[f.begin:f.end]
    found, before = {name for name, body in says.items() if WHO.search(body)}, None
    while found != before:
        before = set(found)
        found |= {name for name, body in says.items() if before.intersection(CALL.findall(body))}
    return found


def asks_who(code):
    return bool(WHO.search(code) or asking().intersection(CALL.findall(code)))


def is_of_who(code, f, a, b):
    """Whether a condition is one of who may what: see above."""
    if is_judge(f):
        return asks_who(f.params + code[f.begin:f.end])
    refusal = re.compile(r'ERR_(\w+)').search(code, b)
    if refusal and refusal[1] == 'FORBIDDEN':
        return True
    statements = re.split(r'[;{}]', code[f.begin:a])
    filled = [s for word in re.findall(r'\b[a-z]\w*', code[a:b]) for s in statements if re.search(rf'(&|\b){word}\b( =[^=]|[,)])', s)
              and re.search(rf'&{word}\b|\b{word} =[^=]', s)]
    return any(map(asks_who, [code[a:b], *filled]))


def is_of_who(code, f, a, b):
    """Whether a whole condition is one of who may what: see above."""
    if is_judge(f):
        return asks_who(f.params + code[f.begin:f.end])
    refusal = re.compile(r'ERR_(\w+)').search(code, b)
    filled = {word for word in re.findall(r'\b[a-z]\w*', code[a:b])}
    before = [s for s in re.split(r'[;{}]', code[f.begin:a]) if any(re.search(rf'&{word}\b|\b{word} =[^=]', s) for word in filled)]
    return (refusal and refusal[1] == 'FORBIDDEN') or any(map(asks_who, [code[a:b], *before]))


def spans(code, f):
    """The whole conditions."""
    judges = is_judge(f)
    wanted = lambda refusal: judges or refusal in ('FORBIDDEN', 'NOT_FOUND')
    for m in re.finditer(r'\bif \(', code[f.begin:f.end]):
        begin = f.begin + m.end() - 1
        end = closing(code, begin)
        refusal = REFUSES.match(code, end)
        if judges or (refusal and wanted(refusal[1])):
            yield begin, end
    for m in re.finditer(r'\breturn ([^;]*);', code[f.begin:f.end]):
        begin, end = f.begin + m.start(1), f.begin + m.end(1)
        case = ternary(code, begin, end)
        if case and wanted(case[2]):
            yield case[0], case[1]
        elif judges and f.kind == 'bool':
            yield begin, end
    if judges and f.kind == 'err':
        for name in re.findall(r'bool \*(\w+)', f.params):
            for m in re.finditer(r'\*' + name + r' = ([^;]*);', code[f.begin:f.end]):
                yield f.begin + m.start(1), f.begin + m.end(1)


def mutated(path, first):
    """The text of a file with its conditions given to mutant(), and its sites from number `first` on."""
    text = (ROOT / path).read_text()
    code, places = code_of(text), {}
    for f in functions(code):
        for whole in spans(code, f):
            who = bool(is_of_who(code, f, *whole))
            places.update({span: (f.name, who) for span in operands(code, *whole)})
    sites = [Site(first + i, str(path), line_of(text, a), places[a, b][0], ' '.join(text[a:b].split()), places[a, b][1])
             for i, (a, b) in enumerate(sorted(places))]
    for site, (a, b) in reversed(list(zip(sites, sorted(places)))):
        a, b = trimmed(code, a, b)
        text = f'{text[:a]}mutant({site.number}, {text[a:b]}){text[b:]}'
    if str(path) == 'platform/flow/flow.c':
        text = text.replace('flow_starts_from(flow, a, state)', 'mutant_starts(flow, a, flow_starts_from(flow, a, state))', 1)
    return text, sites


def first_of(path, taken):
    """The first number of a file's conditions: its own, whatever other files hold, so that a change of one does not rebuild all."""
    place = zlib.crc32(str(path).encode())
    while place % PLACES * EACH + 1 in taken:
        place += 1
    return place % PLACES * EACH + 1


def write_all(folder, only=()):
    """Writes all rule files below the folder, or those of some modules and of the engine of flows; what is the same is left. Number -> site of all."""
    sites, kept, taken = [], set(), set()
    for file in source_files():
        path = file.relative_to(ROOT)
        if path.name.endswith(('_store.c', '_module.c')) or str(path) in OUTSIDE:
            continue
        first = first_of(path, taken)
        text, found = mutated(path, first)
        if len(found) > EACH:
            sys.exit(f'prove: {path} has more than {EACH} conditions')
        sites += found
        if found:
            taken.add(first)
        if not found or (only and path.parts[1] not in (*only, 'flow')):
            continue
        to = folder / path
        kept.add(to)
        if not to.exists() or to.read_text() != text:
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_text(text)
    for old in folder.rglob('*.c'):
        if old not in kept:
            old.unlink()
    return {site.number: site for site in sites}


if __name__ == '__main__':
    for site in write_all(ROOT / 'build/mutation/src').values():
        print(*site, sep='\t')
