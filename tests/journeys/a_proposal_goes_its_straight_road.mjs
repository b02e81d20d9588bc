// SPDX-License-Identifier: MulanPSL-2.0
// One proposal on its straight road (lib/road.mjs), by the same script on a PC and a phone with JavaScript, and on a PC without.
// Runs on both engines (HUOTANG_TEST_DB): on PostgreSQL in one form, since what differs there are the statements, and they are the same in each.
import { after, before, test } from "node:test";
import { openHouse, skip, tell } from "./lib/house.mjs";
import { road } from "./lib/road.mjs";

let house;
before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

test("on a PC", { skip }, () => tell(house, () => road(house, 1, { width: 1366 })));
const more = !process.env.HUOTANG_TEST_DB?.startsWith("postgresql://");
if (more) test("on a phone", { skip }, () => tell(house, () => road(house, 2, { width: 390 })));
if (more) test("on a PC without JavaScript", { skip }, () => tell(house, () => road(house, 3, { width: 1366, script: false })));
