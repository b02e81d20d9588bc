// SPDX-License-Identifier: MulanPSL-2.0
// A joint proposal: the lead asks four members, two agree on their phones, one declines with a reason for the lead, one is silent.
// When the time is over (the demo's clock goes two days ahead) it is handed in by itself with three signers in the lead's order; who fell off
// stands nowhere among them. After docketing another member endorses it and takes that back. Under the rules
// of each place (HUOTANG_PRESET).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Actor, apiOf, openHouse, PROPOSAL, skip, tell } from "./lib/house.mjs";

const ASKED = ["m002", "m003", "m004", "m005"], [FIRST, DECLINES, SECOND, SILENT] = ASKED;
const WHY = "我正在写同一件事的提案。";
let house, id, names, lead;

before(async () => {
  if (skip) return;
  house = await openHouse();
  names = {};
  for (const login of ["m001", ...ASKED]) names[login] = (await apiOf(house, login)("GET", "/members/me")).name;
  lead = apiOf(house, "m001");
  ({ id } = await lead("POST", "/proposals", { ...PROPOSAL(1), consent: "yes" }));
});
after(async () => house?.close());

const chosen = async () => (await lead("GET", `/proposals/${id}/cosigners`)).cosigners.map(one => one.name);

async function choose(member, login) {
  await member.fill({ q: names[login] });
  await member.press("查找");
  await member.fill({ members: new RegExp(`^${names[login]}`) });
  await member.press("加入名单");
  await member.sees(names[login]);
}

// From the to-do on the first page; one tap after reading.
async function answer(login, verb, how) {
  const member = await (await Actor.enter(house, { width: 390, ...how })).signIn(login);
  await member.go("/home");
  await member.press(/停车场/);
  await member.sees(/没有公共停车场/);
  await member.press(verb);
  return member;
}

test("asked in an order, two agree, one declines, one is silent", { skip }, () => tell(house, async () => {
  const member = await (await Actor.enter(house)).signIn("m001");
  await member.go(`/proposals/${id}`);
  await member.press("请人联名");
  for (const login of [FIRST, DECLINES, SILENT, SECOND]) await choose(member, login);
  await member.page.locator("li", { hasText: names[SECOND] }).getByRole("button", { name: "上移" }).click();
  await member.page.waitForLoadState();
  assert.deepEqual(await chosen(), ASKED.map(login => names[login]));
  await member.press("下一步，核对");
  await member.sees(names[SILENT]);
  await member.press("发起会签", "main form");
  await member.sees("会签中");

  const reviewer = await (await Actor.enter(house)).signIn("reviewer");
  assert.equal((await reviewer.page.goto(`${house.url}/proposals/${id}`)).status(), 404);

  const first = await answer(FIRST, "同意联名");
  await first.sees("您已同意联名");
  const declining = await answer(DECLINES, "谢绝联名");
  await declining.fill({ opinion: WHY });
  await declining.press("谢绝联名", "main form");
  await declining.sees("您已谢绝联名");
  await declining.seesNot(/没有公共停车场/);
  const second = await answer(SECOND, "同意联名", { mode: "elder" });
  await second.sees("您已同意联名");

  await member.go(`/proposals/${id}`);
  await member.sees(/已同意 2 人 谢绝 1 人 没有答复 1 人/);
  await member.sees(WHY);
  for (const one of [member, reviewer, first, declining, second]) await one.leave();
}));

test("when the time is over it is handed in with who agreed, in the lead's order", { skip }, () => tell(house, async () => {
  await house.ahead(2);
  for (const end = Date.now() + 20000; (await lead("GET", `/proposals/${id}`)).state !== "submitted"; await new Promise(done => setTimeout(done, 200)))
    assert.ok(Date.now() < end, "not handed in");
  const { kind, proposers } = await lead("GET", `/proposals/${id}`);
  assert.equal(kind, "joint");
  assert.deepEqual(proposers.map(one => one.name), ["m001", FIRST, SECOND].map(login => names[login]));

  const silent = await (await Actor.enter(house, { width: 390 })).signIn(SILENT);
  await silent.go("/cosigners");
  await silent.sees("逾期未签");
  await silent.press("停车场");
  await silent.seesNot(/没有公共停车场/);
  const first = await (await Actor.enter(house, { width: 390 })).signIn(FIRST);
  await first.go(`/proposals/${id}`);
  await first.seesNot(new RegExp(names[DECLINES]));
  const reviewer = await (await Actor.enter(house)).signIn("reviewer");
  await reviewer.go(`/proposals/${id}`);
  await reviewer.sees("联名 3 人");
  await reviewer.sees(names[DECLINES]);
  await reviewer.seesNot(new RegExp(WHY));
  for (const one of [silent, first, reviewer]) await one.leave();
}));

test("another member endorses it and takes that back", { skip }, () => tell(house, async () => {
  const reviewer = apiOf(house, "reviewer");
  await reviewer("POST", `/proposals/${id}/docket`, { category: "transport", version: (await reviewer("GET", `/proposals/${id}`)).version });
  const member = await (await Actor.enter(house, { width: 390 })).signIn(DECLINES);
  await member.go(`/proposals/${id}`);
  await member.press(/^\s*附议/, "main form");
  await member.sees("附议 1 人");
  await member.press("撤回附议");
  await member.sees("还没有人附议");
  await member.leave();
}));
