// SPDX-License-Identifier: MulanPSL-2.0
// What is late is pressed: a proposer asks the office, the office nudges with one tap, the clock reminds twice and proposes a slip, the
// leader issues it, the department answers on a phone, the leader passes it. The clock is the demo's. On the engines in turn
// (HUOTANG_TEST_DB), under the rules of each place (HUOTANG_PRESET).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { castOf, later, workingIn } from "./lib/cast.mjs";
import { Actor, openHouse, skip, staffOf, tell } from "./lib/house.mjs";

const HOST = "市交通运输局", names = staffOf(HOST), ANSWER = "停车场下月开放，月底前正式答复。";
let house, proposal;

before(async () => {
  if (skip) return;
  house = await openHouse();
  ({ proposal } = await (await castOf(house, HOST)).accepted(1, { due_on: later(10) }));
});
after(async () => house?.close());

// The house's timers run every second.
async function waits(actor, path, words) {
  for (let n = 0; n < 60; n++) {
    await actor.go(path);
    if (words.test(await actor.text())) return;
    await new Promise(done => setTimeout(done, 250));
  }
  assert.fail(`${path} does not say ${words}`);
}

test("a proposer asks, the office nudges, each once a day", { skip }, () => tell(house, async () => {
  const member = await (await Actor.enter(house, { width: 390, script: false })).signIn("m001");
  await member.go(proposal);
  await member.press("请机关催一催");
  await member.sees("已催办：政协机关", "body");
  await member.go(proposal);
  await member.seesNot(/请机关催一催/);
  const staff = await (await Actor.enter(house)).signIn("staff");
  await staff.go(proposal);
  await staff.press("催办");
  await staff.sees(`已催办：${HOST}`, "body");
  const clerk = await (await Actor.enter(house, { width: 390 })).signIn(names.operator);
  await clerk.go("/inbox");
  await clerk.sees("催办：");
  for (const one of [member, staff, clerk]) await one.leave();
}));

// Due in ten days: seventy days on, on a working day, it is far more than ten working days late, whatever the holidays,
// and a slip is proposed.
test("the clock proposes a slip, the leader issues it", { skip }, () => tell(house, async () => {
  await house.ahead(workingIn(70));
  const leader = await (await Actor.enter(house)).signIn("leader");
  await waits(leader, "/urgings", /第1街区/);
  await leader.press(/第1街区/);
  await leader.sees("还没有签发");
  const clerk = await (await Actor.enter(house, { width: 390 })).signIn(names.operator);
  await clerk.go("/urgings");
  await clerk.seesNot(/第1街区/);
  await leader.press("签发督办单");
  assert.match(await leader.page.locator("[name=text]").inputValue(), /的办理期限是/);
  await leader.press("签发督办单", "main form");
  await leader.sees("已发督办单");
  await leader.sees(/督办〔\d{4}〕1号/);
  await leader.go("/urgings/late");
  await leader.sees("严重逾期");
  for (const one of [leader, clerk]) await one.leave();
}));

test("answered on a phone, passed, looked at again", { skip }, () => tell(house, async () => {
  const clerk = await (await Actor.enter(house, { width: 390 })).signIn(names.operator);
  await clerk.go("/urgings");
  await clerk.press(/第1街区/);
  await clerk.press("签收督办单");
  await clerk.sees("已签收");
  await clerk.press("反馈督办");
  await clerk.fill({ opinion: ANSWER });
  await clerk.press("反馈督办", "main form");
  await clerk.sees("已反馈");
  const member = await (await Actor.enter(house, { width: 390 })).signIn("m001");
  await member.go("/inbox");
  await member.sees("发出督办单");
  await member.go(proposal);
  await member.sees("督办中");
  const leader = await (await Actor.enter(house)).signIn("leader");
  await leader.go("/home");
  await leader.press("反馈通过");
  await leader.go("/urgings");
  await leader.press(/第1街区/);
  await leader.sees(ANSWER);
  await leader.press("反馈通过");
  await leader.press("反馈通过", "main form");
  await leader.sees("通过");
  await leader.sees("回头看");
  for (const one of [clerk, member, leader]) await one.leave();
}));
