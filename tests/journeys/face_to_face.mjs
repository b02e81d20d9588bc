// SPDX-License-Identifier: MulanPSL-2.0
// Twice not satisfied: the second time the committee calls both sides to a talk, and writes down what each said and the member's last
// word; the department reads the record, not the verdict. What comes before goes through the JSON API. On both engines.
import { after, before, test } from "node:test";
import { Actor, apiOf, openHouse, PROPOSAL, skip, staffOf, tell, today } from "./lib/house.mjs";

const HOST = "市交通运输局", SAID = "站点离大门太远。";
const REPLY = { class: "a", opening: "您的提案收悉。", results: ["adopted", "planned"], answers: ["已经开工。", "列入明年计划。"], closing: "感谢支持。", operator: "字国祥", phone: "0883-2120003", public: true };
const BAD = { visit: "visited", manner: "fair", hearing: "visit", relevance: "partly", handling: "dissatisfied", result: "dissatisfied", text: "结果没有落实。" };
let house, proposal;

before(async () => {
  if (skip) return;
  house = await openHouse();
  const names = staffOf(HOST);
  const [member, reviewer, dispatcher, clerk, leader] = ["m001", "reviewer", "dispatcher", names.operator, names.leader].map(login => apiOf(house, login));
  const act = async (api, thing, verb, body) => api("POST", `${thing}/${verb}`, { ...body, version: (await api("GET", thing)).version });
  const agencies = (await dispatcher("GET", "/orgs?limit=200")).items;
  const { id } = await member("POST", "/proposals", { ...PROPOSAL(1), consent: "yes" });
  proposal = `/proposals/${id}`;
  await act(member, proposal, "submit", { confirmed: true });
  await act(reviewer, proposal, "docket", { category: "transport" });
  await act(dispatcher, proposal, "assign", { mode: "sole", host_id: agencies.find(one => one.name === HOST).id });
  const part = `/assignments/${(await clerk("GET", "/assignments?limit=200")).items.find(one => one.matter_title.includes("第1街区")).id}`;
  await act(clerk, part, "accept");
  for (const round of [1, 2]) {
    await act(clerk, part, "contact", { way: "phone", held_on: today(), with_whom: "提案委员", content: "说明了进展。" });
    await act(clerk, part, "reply", REPLY);
    await act(leader, part, "sign", { signer: "何秋" });
    await act(member, part, "evaluate", BAD);
    if (round === 1) await act(reviewer, proposal, "redo", { opinion: "请再研究。" });
  }
});
after(async () => house?.close());

test("called, talked over, written down, closed", { skip }, () => tell(house, async () => {
  const reviewer = await (await Actor.enter(house)).signIn("reviewer");
  await reviewer.go(proposal);
  await reviewer.seesNot(/重新办理/, "section.act");
  await reviewer.press("面商协调");
  await reviewer.fill({ opinion: "站点设在哪里。" });
  await reviewer.press("面商协调", "main form");

  const member = await (await Actor.enter(house, { width: 390 })).signIn("m001");
  await member.go("/inbox");
  await member.sees("当面协商");
  await reviewer.go(proposal);
  await reviewer.press("记录面商结果");
  await reviewer.fill({ held_on: today(), place: "三楼会议室", present: "提案者；承办单位", agency_said: "道路太窄。", proposer_said: SAID, result: "谈拢了", satisfaction: "基本满意" });
  await reviewer.press("记录面商结果", "main form");
  await reviewer.sees("已办结");

  await member.go(proposal);
  await member.sees(SAID);
  await member.sees("谈拢了，办结 · 基本满意");
  const clerk = await (await Actor.enter(house)).signIn(staffOf(HOST).operator);
  await clerk.go(proposal);
  await clerk.sees(SAID);
  await clerk.seesNot(/基本满意/, "#mediations");
  for (const one of [reviewer, member, clerk]) await one.leave();
}));
