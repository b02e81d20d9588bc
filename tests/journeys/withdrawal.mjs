// SPDX-License-Identifier: MulanPSL-2.0
// A member takes his proposal back: the first time the committee keeps it and says why, the second time it agrees; the department
// that had it sees that nothing is to be done any more. What comes before goes through the JSON API. On both engines.
import { after, before, test } from "node:test";
import { Actor, apiOf, openHouse, PROPOSAL, skip, staffOf, tell } from "./lib/house.mjs";

const HOST = "市交通运输局", WHY = "公交公司上月已经加开线路。", NO = "沿线还有两个街区在等。";
let house, id;

before(async () => {
  if (skip) return;
  house = await openHouse();
  const [member, reviewer, dispatcher] = ["m001", "reviewer", "dispatcher"].map(login => apiOf(house, login));
  const act = async (api, verb, body) => api("POST", `/proposals/${id}/${verb}`, { ...body, version: (await api("GET", `/proposals/${id}`)).version });
  const agencies = (await dispatcher("GET", "/orgs?limit=200")).items;
  ({ id } = await member("POST", "/proposals", { ...PROPOSAL(1), consent: "yes" }));
  await act(member, "submit", { confirmed: true });
  await act(reviewer, "docket", { category: "transport" });
  await act(dispatcher, "assign", { mode: "sole", host_id: agencies.find(one => one.name === HOST).id });
});
after(async () => house?.close());

async function ask(member) {
  await member.go(`/proposals/${id}`);
  await member.press("申请撤案");
  await member.fill({ opinion: WHY });
  await member.press("申请撤案", "main form");
}

async function decide(reviewer, verb, opinion) {
  await reviewer.go(`/proposals/${id}`);
  await reviewer.sees(WHY);
  await reviewer.press(verb);
  await reviewer.fill({ opinion });
  await reviewer.press(verb, "main form");
}

test("asked, kept with a reason, asked again, agreed", { skip }, () => tell(house, async () => {
  const member = await (await Actor.enter(house, { width: 390 })).signIn("m001"), reviewer = await (await Actor.enter(house)).signIn("reviewer");
  const clerk = await (await Actor.enter(house)).signIn(staffOf(HOST).operator);

  await ask(member);
  await clerk.go(`/proposals/${id}`);
  await clerk.seesNot(new RegExp(WHY));
  await decide(reviewer, /^\s*不同意撤案/, NO);
  await member.go(`/proposals/${id}`);
  await member.sees(NO);

  await ask(member);
  await decide(reviewer, /^\s*同意撤案/, "同意。");
  await reviewer.sees("已撤案");
  await member.go(`/proposals/${id}`);
  await member.sees("已撤案");
  await clerk.go(`/proposals/${id}`);
  await clerk.sees("已撤案");
  await clerk.go("/inbox");
  await clerk.sees("不用再办");
  for (const one of [member, reviewer, clerk]) await one.leave();
}));
