// SPDX-License-Identifier: MulanPSL-2.0
// Runs the tests of the interface (ui/tests) as one program of the harness. Behaviour in a real browser: tests/journeys/interface.mjs.
import { readdirSync } from "node:fs";

const dir = new URL("../../ui/tests/", import.meta.url);
for (const name of readdirSync(dir).sort()) if (name.endsWith(".test.mjs") && !name.startsWith("behaviour")) await import(new URL(name, dir));
