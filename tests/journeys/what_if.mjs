// SPDX-License-Identifier: MulanPSL-2.0
// Who keeps the rules tries a change before it is decided: a draft that is not sound is refused with its line and the reason, and what was
// typed stays; tried on the year's ledger it says who moves and why, while the old rules stay in force; then it is enacted for next year.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Actor, openHouse, skip, tell } from "./lib/house.mjs";

let house;
before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

const YEAR = new Date().getFullYear();
const json = (actor, path) => actor.page.evaluate(path => fetch("/api/v1" + path).then(answer => answer.json()), path);
const documentOf = actor => actor.page.locator('main [name="document"]').inputValue();

// Doubles what rules of base give for meetings; which of them it was.
function doubled(text) {
  const rules = JSON.parse(text);
  const item = rules.items.find(one => one.points > 0 && one.unit !== "倍" && [one.counts].flat().some(kind => kind === "meeting.attended"));
  item.points *= 2;
  delete item.cap;
  rules.name = "考核办法（会议加倍）";
  return { text: JSON.stringify(rules, null, 1), item: item.item };
}

test("tried on the year before it is decided", { skip }, () => tell(house, async () => {
  const keeper = await (await Actor.enter(house)).signIn("staff");
  await keeper.go("/home");
  const old = (await json(keeper, `/scores?year=${YEAR}`)).ruleset_id;
  const member = (await json(keeper, `/scores?year=${YEAR}`)).items.find(one => one.entries > 0).member_id;
  const before = (await json(keeper, `/scores/members/${member}?year=${YEAR}`)).points_x1000;
  await keeper.go(`/rulesets/new?copy=${old}`);
  const { text, item } = doubled(await documentOf(keeper));

  // Not sound: the line and the reason, and nothing typed is lost.
  await keeper.fill({ document: text.replace(/"points": ?(\d)/, '"points": "many$1"') });
  await keeper.press("保存", "main form");
  await keeper.sees(/第 \d+ 行/);
  assert.match(await documentOf(keeper), /many/);
  assert.equal((await json(keeper, `/scores?year=${YEAR}`)).ruleset_id, old);

  await keeper.fill({ document: text });
  await keeper.press("保存", "main form");
  await keeper.sees("会议加倍");
  const draft = keeper.path();

  // Who moves, by how much, by which rule; the same as JSON.
  await keeper.press("试算");
  await keeper.go(`${draft}/trial?year=${YEAR}`);
  await keeper.sees("谁有变化，为什么");
  await keeper.sees(item.slice(0, 6));
  const trial = await json(keeper, `${draft}/trial?year=${YEAR}`);
  assert.ok(trial.items.length > 0);
  for (const one of trial.items) assert.ok(one.after_x1000 >= one.before_x1000, JSON.stringify(one));

  // Nothing of it counts yet, and the old rules are what they were.
  assert.equal((await json(keeper, `/scores?year=${YEAR}`)).ruleset_id, old);
  assert.equal((await json(keeper, `/scores/members/${member}?year=${YEAR}`)).points_x1000, before);

  // Decided: from the first day of next year on.
  await keeper.go(draft);
  await keeper.press("定为施行");
  await keeper.fill({ from_on: `${YEAR + 1}-01-01`, organ: "六届二十次主席会议" });
  await keeper.press("定为施行", "main form");
  await keeper.sees("六届二十次主席会议");
  assert.equal((await json(keeper, `/scores?year=${YEAR}`)).ruleset_id, old);
  assert.equal((await json(keeper, `/scores/members/${member}?year=${YEAR}`)).points_x1000, before);
  await keeper.leave();
}));
