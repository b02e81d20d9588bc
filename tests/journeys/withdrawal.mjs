// SPDX-License-Identifier: MulanPSL-2.0
// A member takes his proposal back: the first time the committee keeps it and says why, the second time it agrees; the department
// that had it sees that nothing is to be done any more. What comes before goes through the JSON API. Under the
// rules of each place (HUOTANG_PRESET).
import { after, before, test } from "node:test";
import { castOf } from "./lib/cast.mjs";
import { Actor, openHouse, skip, staffOf, tell } from "./lib/house.mjs";

const HOST = "市交通运输局", WHY = "公交公司上月已经加开线路。", NO = "沿线还有两个街区在等。";
let house, proposal;

before(async () => {
  if (skip) return;
  house = await openHouse();
  ({ proposal } = await (await castOf(house, HOST)).handOut(1));
});
after(async () => house?.close());

async function ask(member) {
  await member.go(proposal);
  await member.press("申请撤案");
  await member.fill({ opinion: WHY });
  await member.press("申请撤案", "main form");
}

async function decide(reviewer, verb, opinion) {
  await reviewer.go(proposal);
  await reviewer.sees(WHY);
  await reviewer.press(verb);
  await reviewer.fill({ opinion });
  await reviewer.press(verb, "main form");
}

test("asked, kept with a reason, asked again, agreed", { skip }, () => tell(house, async () => {
  const member = await (await Actor.enter(house, { width: 390 })).signIn("m001"), reviewer = await (await Actor.enter(house)).signIn("reviewer");
  const clerk = await (await Actor.enter(house)).signIn(staffOf(HOST).operator);

  await ask(member);
  await clerk.go(proposal);
  await clerk.seesNot(new RegExp(WHY));
  await decide(reviewer, /^\s*不同意撤案/, NO);
  await member.go(proposal);
  await member.sees(NO);

  await ask(member);
  await decide(reviewer, /^\s*同意撤案/, "同意。");
  await reviewer.sees("已撤案");
  await member.go(proposal);
  await member.sees("已撤案");
  await clerk.go(proposal);
  await clerk.sees("已撤案");
  await clerk.go("/inbox");
  await clerk.sees("不用再办");
  for (const one of [member, reviewer, clerk]) await one.leave();
}));
