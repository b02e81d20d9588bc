# SPDX-License-Identifier: MulanPSL-2.0
"""Somebody who writes all the time and keeps what was acknowledged; for tests that kill what he writes to."""
import os, threading, time
from http.client import HTTPException


class Writer(threading.Thread):
    """Posts drafts one after another, each under one key until it is answered; notes what was acknowledged at once."""

    def __init__(self, house, number, side, stop):
        super().__init__(daemon=True)
        self.house, self.number, self.side, self.stop = house, number, side, stop
        self.acknowledged, self.repeated, self.strange = 0, 0, []
        self.times = []   # of each that was acknowledged: when it was begun, when it was told

    def run(self):
        count = 0
        while not self.stop.is_set():
            self.post(f'{self.number}-{count}')
            count += 1

    def post(self, key):
        tries = 0
        while not self.stop.is_set():
            begun = time.monotonic()
            try:
                answer = self.house.draft('题 ' + key, 'crash-' + key, timeout=5)
            except (OSError, ValueError, HTTPException):
                tries += 1
                time.sleep(0.01)
                continue
            if answer.status == 201:
                os.write(self.side, f'{answer.json()["id"]} {key}\n'.encode())
                self.times.append((begun, time.monotonic()))
                self.acknowledged += 1
                self.repeated += tries > 0
                return
            if answer.status not in (503, 409):
                self.strange.append(f'{answer.status} {answer.body[:200]}')
            time.sleep(0.01)
