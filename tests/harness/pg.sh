#!/usr/bin/env bash
# SPDX-License-Identifier: MulanPSL-2.0
# A private PostgreSQL for tests: `pg.sh start DIR` prints its URL without database name, `pg.sh stop DIR` removes it.
# It listens on a socket below DIR only, is fast because nothing survives a crash (fsync off), and never touches
# a cluster of the machine. Its files lie in memory where there is room: making thousands of small files costs ext4 more than
# the tests cost PostgreSQL. DIR/server.log holds every statement. initdb refuses root, so root runs it as the user "postgres".
set -eu

bin=$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -path '*/bin/initdb' 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "pg.sh: no PostgreSQL below /usr/lib/postgresql; ./dev deps test installs it" >&2; exit 1; }
bin=$(dirname "$bin")
dir=${2:?usage: pg.sh start|stop DIR}

as_owner() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- env LC_ALL=C.UTF-8 "$@")
    else
        LC_ALL=C.UTF-8 "$@"
    fi
}

case ${1:-} in
start)
    mkdir -p "$dir"
    free_kb=$(df --output=avail /dev/shm 2>/dev/null | tail -1)
    if [ "${free_kb:-0}" -gt 3000000 ] && [ -w /dev/shm ]; then
        ln -s "$(mktemp -d /dev/shm/huotang-pg-XXXXXX)" "$dir/data"
    else
        mkdir "$dir/data"
    fi
    if [ "$(id -u)" = 0 ]; then chown postgres "$dir" "$dir/data/"; fi
    as_owner "$bin/initdb" -D "$dir/data" -U huotang -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 ||
        { cat "$dir/initdb.log" >&2; exit 1; }
    as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -s start -o "-k '$dir' -c listen_addresses='' \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB -c max_connections=300 -c max_wal_size=128MB \
        -c log_statement=all -c log_line_prefix='' -c log_parameter_max_length=0" ||
        { cat "$dir/server.log" >&2; exit 1; }
    echo "postgresql://huotang@/%s?host=$dir"
    ;;
stop)
    as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate -s stop || true
    rm -rf "$(readlink -f "$dir/data")" "$dir"
    ;;
*)
    echo "usage: pg.sh start|stop DIR" >&2
    exit 2
    ;;
esac
