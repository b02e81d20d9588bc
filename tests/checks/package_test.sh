#!/usr/bin/env bash
# SPDX-License-Identifier: MulanPSL-2.0
# The package of ./dev package as a file: the same bytes twice (S1), what must be in it, how closed its service is (O1). Installed on a
# bare system it is by `./dev prove package`.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
n=0

judge() { # NAME STATUS
    n=$((n + 1))
    if [ "$2" = 0 ]; then echo "ok $n - $1"; else echo "not ok $n - $1" && sed 's/^/# /' "$folder/said"; fi
    : >"$folder/said"
}

is_closed() { # UNIT
    cp "build/package/root/usr/lib/systemd/system/$1" "$folder/"
    systemd-analyze security --offline=true --threshold=15 --no-pager "$folder/$1" >/dev/null 2>&1
}

[ -x build/huotang ] || { echo "1..0 # SKIP no plain build"; exit 0; }
echo 1..16
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
: >"$folder/said" # what a failed judgement shows
first=$(tools/package/build 2>&1) && [ -n "$first" ]
judge "a package is made" $?
cp build/package/*.deb "$folder/first.deb"
tools/package/build >/dev/null 2>&1 && cmp -s build/package/*.deb "$folder/first.deb"
judge "made again it has the same bytes" $?
dpkg-deb -c "$folder/first.deb" >"$folder/files" && ! grep -vE 'root/root' "$folder/files" >/dev/null
judge "every file belongs to root" $?
lack=0
for file in usr/bin/huotang usr/sbin/huotangctl usr/bin/huotang-backup etc/huotang/huotang.conf etc/nginx/sites-available/huotang \
    usr/share/huotang/monitoring/rules.yml usr/share/man/man1/huotang.1.gz usr/share/doc/huotang/copyright usr/share/doc/huotang/operations/install.md \
    usr/share/doc/huotang/operations/cluster/haproxy.cfg usr/share/doc/huotang/operations/cluster/patroni.yml; do
    grep -qF " ./$file" "$folder/files" || { echo "# $file is missing"; lack=1; }
done
judge "program, configuration, site, manual and documents are in it" $lack
HUOTANG_DATA=$folder/data build/huotang check-config --config build/package/root/etc/huotang/huotang.conf >/dev/null
judge "the configuration that it brings is good" $?
is_closed huotang.service && is_closed huotang-backup.service
judge "its services are exposed 1.5 at most" $?
lack=0
mapfile -t commands < <(build/huotang help | sed -n 's/^\([a-z-]*\)[ 　].*/\1/p')
[ "${#commands[@]}" -gt 10 ] || lack=1
for command in "${commands[@]}"; do
    zgrep -q "^.B ${command//-/\\\\-}" build/package/root/usr/share/man/man1/huotang.1.gz || { echo "# $command is not in the manual"; lack=1; }
done
judge "the manual has every command" $lack
python3 - build/package/root/usr/share/doc/huotang/huotang.spdx.json <<'END'
import json, sys
parts = {p['name']: p for p in json.load(open(sys.argv[1]))['packages']}
known = [parts[name]['licenseConcluded'] != 'NOASSERTION' and parts[name]['checksums'] for name in ('huotang', 'htmx.org', '@tabler/icons', 'seed/passwords/common.txt')]
sys.exit(not (all(known) and 'libsqlite3-0' in parts and 'libc6' in parts and len(parts) > 20))
END
judge "its list of parts has those built in with licence and digest, and the libraries" $?
if command -v promtool >/dev/null; then
    monitoring=build/package/root/usr/share/huotang/monitoring
    sed "s|/usr/share/huotang|$PWD/build/package/root/usr/share/huotang|" $monitoring/prometheus.yml >"$folder/prometheus.yml"
    promtool check config "$folder/prometheus.yml" >"$folder/said" 2>&1 && python3 - $monitoring/grafana.json >"$folder/board.yml" <<'END' &&
import json, sys
panels = json.load(open(sys.argv[1]))['panels']
queries = [t['expr'].replace('$__rate_interval', '5m') for p in panels for t in p.get('targets', [])]
print(json.dumps({'groups': [{'name': 'board', 'rules': [{'record': f'board:q{n}', 'expr': q} for n, q in enumerate(queries)]}]}))
END
        promtool check rules "$folder/board.yml" >>"$folder/said" 2>&1
    judge "Prometheus takes its sample configuration and its rules, and the queries of its dashboard" $?
    sed "s|RULES|$PWD/$monitoring/rules.yml|" tests/checks/monitoring_rules.yml >"$folder/rules_test.yml"
    promtool test rules "$folder/rules_test.yml" >"$folder/said" 2>&1
    judge "each alert fires when it should, and none on a house that is well" $?
else
    for _ in 1 2; do n=$((n + 1)); echo "ok $n - # SKIP promtool is not installed"; done
fi
if command -v haproxy >/dev/null && command -v curl >/dev/null; then
    # HAProxy of the guide without any house behind it: one door without a certificate, which is taken for one that has.
    door=$folder/door.sock
    sed -e "s|/etc/haproxy|$PWD/docs/operations/cluster|; s|bind \*:80\$|bind unix@$door|; s|maxconn 20000|maxconn 100|" \
        -e "s|10.0.0.[12]:8080|127.0.0.1:1|; /bind \*:443/d; /redirect scheme/d; /log 127/d; /log .dev/d; /user haproxy/d; /group haproxy/d" \
        docs/operations/cluster/haproxy.cfg >"$folder/haproxy.cfg"
    haproxy -db -f "$folder/haproxy.cfg" >"$folder/said" 2>&1 &
    proxy=$!
    for _ in $(seq 100); do [ -S "$door" ] || sleep 0.1; done
    told() { curl -s -o /dev/null -D - --max-time 20 --unix-socket "$door" "$@" | tr -d '\r' | grep -E '^HTTP|^refresh' | cut -d' ' -f2 | paste -sd' '; }
    [ "$(told http://x/)/$(told -X POST http://x/)/$(told http://x/readyz)/$(told http://x/%6cive%7a)/$(told http://x/%61pi/x)" = "503 5/503/404/404/403" ]
    judge "the cluster's door: who looks is told to wait and asks again, who sends is not, no sign of life, no token in the clear" $?
    kill $proxy
else
    n=$((n + 1))
    echo "ok $n - # SKIP haproxy or curl is not installed"
fi
if command -v signify-openbsd >/dev/null; then
    # Released as a maintainer does, with keys of this test. What must be refused says why: a word of each reason.
    signify-openbsd -G -n -p "$folder/ours.pub" -s "$folder/ours.sec" && signify-openbsd -G -n -p "$folder/theirs.pub" -s "$folder/theirs.sec"
    # Never in build/package: that would leave a package there which trusts a key that nobody has any more.
    release=$folder/release
    HUOTANG_PACKAGE_OUT=$release HUOTANG_SIGN_KEY=$folder/ours.sec tools/package/build >"$folder/said" 2>&1
    deb=$(basename "$release"/*.deb)
    cmp -s "$release/root/usr/share/huotang/release.pub" "$folder/ours.pub" && [ ! -e build/package/root/usr/share/huotang/release.pub ] &&
        (cd "$release" && cp ../ours.pub huotang.pub && signify-openbsd -V -q -e -p huotang.pub -x SHA256SUMS.sig -m - | sha256sum -c --quiet - &&
            sh huotang-install --check --key huotang.pub "./$deb") >"$folder/said" 2>&1
    judge "a signed package brings its key, and is taken by the commands of the guide" $?
    refused() { # KEY PACKAGE REASON
        ! tools/package/huotang-install --check --key "$1" "$2" >"$folder/said" 2>&1 && grep -q "$3" "$folder/said"
    }
    refused "$folder/theirs.pub" "$release/$deb" 签名不对 && cp "$release/$deb" "$release/huotang_9.deb" &&
        refused "$folder/ours.pub" "$release/huotang_9.deb" 清单里没有
    judge "signed by somebody else, or not named in what was signed, it is refused" $?
    python3 - "$release/$deb" <<'END'
import sys
with open(sys.argv[1], 'r+b') as file:
    file.seek(5000)
    byte = file.read(1)[0]
    file.seek(5000)
    file.write(bytes([byte ^ 1]))
END
    refused "$folder/ours.pub" "$release/$deb" 签名时不一样
    judge "one byte changed, it is refused" $?
    (cd "$release" && sha256sum "$deb" huotang-install >SHA256SUMS && signify-openbsd -S -e -s "$folder/theirs.sec" -m SHA256SUMS -x SHA256SUMS.sig) &&
        refused "$folder/ours.pub" "$release/$deb" 签名不对 && rm "$release/SHA256SUMS.sig" && refused "$folder/ours.pub" "$release/$deb" 没有签名
    judge "changed and signed anew by somebody else, or without a signature, it is refused" $?
else
    for _ in 1 2 3 4; do n=$((n + 1)); echo "ok $n - # SKIP signify-openbsd is not installed"; done
fi
if command -v lintian >/dev/null; then
    lintian --allow-root --fail-on error,warning "$folder/first.deb" >"$folder/said" 2>&1
    judge "lintian finds no error and no warning" $?
else
    n=$((n + 1))
    echo "ok $n - # SKIP lintian is not installed"
fi
