// SPDX-License-Identifier: MulanPSL-2.0
// The straight road under the rules of four places: the office applies a preset on its page, then one proposal goes its road, and
// whoever answers chooses among the place's classes. (The side roads take turns under them, tests/harness/run.)
import assert from "node:assert/strict";
import { test } from "node:test";
import { openHouse, skip, tell } from "./lib/house.mjs";
import { road } from "./lib/road.mjs";

const CLASSES = { // of rules.md 2.5 and the sources of each preset
  city_four: ["A 已经解决或基本解决", "B 正在解决或列入计划逐步解决", "C 因条件限制以后解决", "D 留作参考"],
  city_three: ["A 已经解决或基本解决", "B 部分解决或计划解决", "C 留作参考或不可行"],
  province: ["A 已经解决或基本解决", "B 正在解决或列入计划逐步解决", "C 因条件限制以后解决", "D 留作参考"],
  county: ["A 解决或基本解决", "B 列入计划", "C 因条件所限"],
};

for (const [preset, classes] of Object.entries(CLASSES)) {
  test(`under ${preset}`, { skip }, async () => {
    const house = await openHouse({ preset });
    try {
      const seen = new Set();
      await tell(house, () => road(house, 1, { width: 1366, script: false }, async host => {
        for (const one of await host.page.locator("[name=class] option, label:has([name=class])").allInnerTexts()) if (/^[A-D] /.test(one.trim())) seen.add(one.trim());
      }));
      assert.deepEqual([...seen].sort(), classes);
    } finally {
      await house.close();
    }
  });
}
