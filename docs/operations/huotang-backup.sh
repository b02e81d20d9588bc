#!/bin/sh
# SPDX-License-Identifier: MulanPSL-2.0
# One backup into a folder, then a restore drill of it into a temporary directory, and a dated line about both.
# Keeps the newest 30. Installed as /usr/local/bin/huotang-backup; HUOTANG and HUOTANG_CONFIG name program and configuration.
set -u
folder=$1
keep=${2:-30}
huotang=${HUOTANG:-/usr/local/bin/huotang}
config=${HUOTANG_CONFIG:-/etc/huotang.conf}
secret=${HUOTANG_SECRET:-/var/lib/huotang/secret}
file=$folder/huotang-$(date +%Y%m%d-%H%M%S).tar.zst
drill=$(mktemp -d)
trap 'rm -rf "$drill"' EXIT
begin=$(date +%s)
if "$huotang" backup "$file" --config "$config" &&
    HUOTANG_DATA="$drill/data" HUOTANG_DB="" HUOTANG_SECRET_FILE="$secret" "$huotang" restore "$file" --config "$config"; then
    result=成功
else
    result=失败
fi
echo "$(date '+%F %T') $file 备份与恢复演练 $result，用时 $(($(date +%s) - begin)) 秒" >>"$folder/演练记录.txt"
[ "$result" = 成功 ] || exit 1
find "$folder" -maxdepth 1 -name 'huotang-*.tar.zst' | sort -r | tail -n +"$((keep + 1))" | xargs -r rm -f
