// SPDX-License-Identifier: MulanPSL-2.0
// Twice not satisfied: the second time the committee calls both sides to a talk, and writes down what each said and the member's last
// word; the department reads the record, not the verdict. What comes before goes through the JSON API. Under the rules of each
// place (HUOTANG_PRESET).
import { after, before, test } from "node:test";
import { act, castOf } from "./lib/cast.mjs";
import { Actor, openHouse, skip, staffOf, tell, today } from "./lib/house.mjs";

const HOST = "市交通运输局", SAID = "站点离大门太远。";
const BAD = { visit: "visited", manner: "fair", hearing: "visit", relevance: "partly", handling: "dissatisfied", result: "dissatisfied", text: "结果没有落实。" };
let house, proposal;

before(async () => {
  if (skip) return;
  house = await openHouse();
  const cast = await castOf(house, HOST);
  let part;
  ({ proposal, part } = await cast.accepted(1));
  for (const round of [1, 2]) {
    await cast.answered(part);
    await act(cast.member, part, "evaluate", BAD);
    if (round === 1) await act(cast.reviewer, proposal, "redo", { opinion: "请再研究。" });
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
