// SPDX-License-Identifier: MulanPSL-2.0
// A department says that a proposal is not its business, is refused, and contests that on a phone; the dispatcher writes the coordination
// meeting down, a leader decides, the proposal goes to another department. What comes before goes through the JSON API.
// Under the rules of each place (HUOTANG_PRESET).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, castOf } from "./lib/cast.mjs";
import { Actor, openHouse, skip, staffOf, tell, today } from "./lib/house.mjs";

const HOST = "市交通运输局", RIGHT = "市住房和城乡建设局", LEADER = "副市长王某";
const NOT_OURS = "停车场建设不在我局职责内。", REFUSED = "道路配套由你局负责。", STILL = "三定规定第五条：公共停车场由住建部门负责。", SAID = "双方同意按三定规定办。";
let house, proposal, part;

before(async () => {
  if (skip) return;
  house = await openHouse();
  const cast = await castOf(house, HOST);
  ({ proposal, part } = await cast.handOut(1));
  await act(cast.clerk, part, "bounce", { opinion: NOT_OURS });
});
after(async () => house?.close());

test("refused, contested, heard, decided by name", { skip }, () => tell(house, async () => {
  const dispatcher = await (await Actor.enter(house)).signIn("dispatcher");
  const clerk = await (await Actor.enter(house, { width: 390 })).signIn(staffOf(HOST).operator);

  await dispatcher.go(part);
  await dispatcher.press("维持交办", ".act");
  await dispatcher.sees(NOT_OURS);
  await dispatcher.fill({ opinion: REFUSED });
  await dispatcher.press("维持交办", "main form");

  await clerk.go(part);
  await clerk.press("提出争议", ".act");
  await clerk.sees(REFUSED);
  await clerk.fill({ opinion: STILL, better_agency_id: RIGHT });
  await clerk.press("提出争议", "main form");
  await clerk.sees("待协调");
  await clerk.press("看争议和决定");
  await clerk.sees("现在不需要您做什么");

  await dispatcher.go("/disputes");
  await dispatcher.press("第1街区");
  for (const words of [NOT_OURS, REFUSED, STILL, RIGHT, "先开协调会并登记"]) await dispatcher.sees(words);
  await dispatcher.press("登记协调会", ".act");
  await dispatcher.fill({ held_on: today(), present: `${HOST}、${RIGHT}`, record: SAID });
  await dispatcher.press("登记协调会", "main form");
  await dispatcher.sees("待决定");
  await dispatcher.press("改派", ".act");
  await dispatcher.fill({ agency_id: RIGHT, decided_by: LEADER });
  await dispatcher.press("改派", "main form");

  await clerk.go("/disputes");
  await clerk.press("第1街区");
  for (const words of ["已决定", "改派", LEADER, SAID]) await clerk.sees(words);
  assert.equal((await clerk.page.goto(house.url + part)).status(), 404);

  const next = await (await Actor.enter(house)).signIn(staffOf(RIGHT).operator);
  await next.go("/assignments");
  await next.press("第1街区");
  await next.seesNot(/争议/);
  await next.press("签收");
  const member = await (await Actor.enter(house, { width: 390 })).signIn("m001");
  await member.go(proposal);
  await member.sees(RIGHT);
  await member.seesNot(/争议/);
  for (const one of [dispatcher, clerk, next, member]) await one.leave();
}));
