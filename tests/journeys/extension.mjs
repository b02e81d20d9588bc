// SPDX-License-Identifier: MulanPSL-2.0
// More time: a department asks for too much and is told how far it may go; where the place wants the proposer to be asked first, not without
// the day of that; the dispatcher grants it, everybody sees the new day. When the last day is over nothing more is granted, and a proposal
// cannot be sent back any more. The clock is the demo's. Under the rules of each place (HUOTANG_PRESET).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, castOf, later } from "./lib/cast.mjs";
import { Actor, apiOf, openHouse, skip, tell, today } from "./lib/house.mjs";

const HOST = "市交通运输局", WHY = "要等铁路部门的书面意见。", NOTE = "电话，与委员本人", WANTS = { told: "延期要事先向提案人说明", consented: "延期要征得提案人同意" };
const LONG = 400; // days on: behind the last day of any place (rules.md 2.4: at most six months in all)
let house, cast, proposal, part, untaken, until;

const plus = (iso, days) => new Date(Date.parse(iso) + days * 864e5).toISOString().slice(0, 10);
const spoken = iso => { const [, month, day] = iso.split("-").map(Number); return `${month}月${day}日`; };

before(async () => {
  if (skip) return;
  house = await openHouse();
  cast = await castOf(house, HOST);
  ({ proposal, part } = await cast.accepted(1));
  ({ part: untaken } = await cast.handOut(2));
  until = plus((await cast.clerk("GET", part)).due_on, 20);
});
after(async () => house?.close());

async function ask(clerk, fields) {
  await clerk.go(`${part}/extend`);
  await clerk.fill({ opinion: WHY, ...fields });
  await clerk.press("申请延期", "main form");
}

test("too much is refused; asked with the proposer's word, granted", { skip }, () => tell(house, async () => {
  const clerk = await (await Actor.enter(house, { width: 390, script: false })).signIn(cast.names.operator);
  const wanted = WANTS[cast.rules["assignments.extend_consent"]], consent = { consented_on: today(), consent_note: NOTE };
  await ask(clerk, { to_on: plus(until, LONG), ...consent });
  await clerk.sees(/延期超过上限，最晚可延至/);
  if (wanted) {
    await ask(clerk, { to_on: until });
    await clerk.sees(wanted);
  }
  await ask(clerk, { to_on: until, ...consent });
  await clerk.go(part);
  await clerk.sees(WHY);
  await clerk.seesNot(/申请延期/, ".act");

  const dispatcher = await (await Actor.enter(house)).signIn("dispatcher");
  await dispatcher.go("/assignments/waiting");
  await dispatcher.sees(WHY);
  await dispatcher.press("审批");
  await dispatcher.sees(NOTE);
  await dispatcher.fill({ decision: "同意" });
  await dispatcher.press("提交", "main form");
  const member = await (await Actor.enter(house, { width: 390 })).signIn("m001");
  for (const actor of [clerk, member]) {
    await actor.go(actor === clerk ? part : proposal);
    await actor.sees(spoken(until));
  }
  await clerk.go("/inbox");
  await clerk.sees(/同意延期到/);
  for (const one of [clerk, dispatcher, member]) await one.leave();
}));

test("when the last day is over nothing more is granted, and nothing sent back", { skip }, () => tell(house, async () => {
  await house.ahead(LONG);
  const clerk = await (await Actor.enter(house, { width: 390 })).signIn(cast.names.operator);
  await ask(clerk, { to_on: later(LONG + 10), consented_on: later(LONG), consent_note: NOTE });
  await clerk.sees(/延期超过上限，最晚可延至/);
  await clerk.go(untaken);
  await clerk.sees("签收", ".act");
  await clerk.seesNot(/申退/, ".act");
  await assert.rejects(act(apiOf(house, cast.names.operator), untaken, "bounce", { opinion: "不属于本单位职责。" }), /assignments.bounce_late/); // an older token has run out
  await clerk.leave();
}));
