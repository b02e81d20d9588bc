#!/usr/bin/env bash
# SPDX-License-Identifier: MulanPSL-2.0
# tools/checks/hardening.py finds a soft binary and a module with state, and accepts a hard one. Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat >"$dir/a.c" <<'END'
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv)
{
    char text[40];
    strcpy(text, argv[argc - 1]);
    puts(text);
    return 0;
}
END
mkdir -p "$dir/clean/modules" "$dir/state/modules"
echo 'static const char *const A[] = { "a" }; const char *f(int i); const char *f(int i) { return A[i]; }' >"$dir/clean.c"
echo 'static int calls; int f(void); int f(void) { return ++calls; }' >"$dir/state.c"
[ "$(uname -m)" = x86_64 ] && cet=-fcf-protection || cet=
gcc -c -fPIE ${cet:+"$cet"} -o "$dir/clean/modules/a.o" "$dir/clean.c"
gcc -c -fPIE -o "$dir/state/modules/a.o" "$dir/state.c"
gcc -O2 -fPIE -pie -D_FORTIFY_SOURCE=2 -fstack-protector-strong -Wl,-z,relro,-z,now,-z,noexecstack -o "$dir/hard" "$dir/a.c"
gcc -O0 -no-pie -fno-stack-protector -Wl,-z,norelro,-z,lazy,-z,execstack -o "$dir/soft" "$dir/a.c" 2>/dev/null

echo 1..9
number=0
expect() {
    number=$((number + 1))
    if [ "$2" = "$3" ]; then echo "ok $number - $1"; else echo "not ok $number - $1: $2, expected $3"; fi
}
found() { grep -q "$1" <<<"$2" && echo yes || echo no; }
clean=$(tools/checks/hardening.py "$dir/hard" "$dir/clean"); status=$?
expect "hard binary, stateless module ($clean)" $status 0
soft=$(tools/checks/hardening.py "$dir/soft" "$dir/clean"); status=$?
expect "soft binary" $status 1
for what in 'not position-independent' 'no RELRO' 'bound late' 'executable stack' 'no stack canary' 'no fortified call'; do
    expect "finds: $what" "$(found "$what" "$soft")" yes
done
state=$(tools/checks/hardening.py "$dir/hard" "$dir/state")
expect "finds mutable state" "$(found 'modules/a.o: 4 bytes of mutable state in .bss' "$state")" yes
