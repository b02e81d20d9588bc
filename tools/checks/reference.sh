#!/usr/bin/env bash
# SPDX-License-Identifier: MulanPSL-2.0
# docs/reference/ is what `huotang describe` prints, but for proof.md and overload.svg of ./dev prove (STYLE.md M9); a stale page fails. --write renews it.
set -eu
cd "$(dirname "$0")/../.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
for kind in routes permissions flows settings events tables jobs; do
    build/huotang describe "$kind" >"$fresh/$kind.md"
done
if [ "${1:-}" = --write ]; then
    mkdir -p docs/reference
    cp "$fresh"/*.md docs/reference/
fi
diff -ru -x proof.md -x overload.svg docs/reference "$fresh" || { echo "docs/reference is stale: tools/checks/reference.sh --write"; exit 1; }
