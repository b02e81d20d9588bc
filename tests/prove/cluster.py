# SPDX-License-Identifier: MulanPSL-2.0
"""`./dev prove cluster`: three machines with etcd, Patroni and PostgreSQL, two with a house, HAProxy in front, each in a network namespace of its
own, by the files of docs/operations/cluster. While some write and one looks at a page, kill -9 of the primary: of PostgreSQL with Patroni, of
PostgreSQL alone, of all that runs on the machine (K1); the primary's plug is pulled (K2); both that follow are taken away; houses are killed
under a stream of events (K5). Nothing acknowledged may be lost or there twice. An hour; HUOTANG_KILLS (20), HUOTANG_PARTS (20), HUOTANG_ALONE
(240 s), HUOTANG_NODES (4) for other numbers."""
import json, os, subprocess, sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def prove(say):
    with subprocess.Popen(['python3', ROOT / 'tests/cluster/long.py'], stdout=subprocess.PIPE, text=True) as run:
        for line in run.stdout:
            say(*json.loads(line))
    if run.returncode:
        say('it ended badly', f'status {run.returncode}', 'none', False)
