// SPDX-License-Identifier: MulanPSL-2.0
// A key proposal with its plan: staff recommend it, the reviewer writes down that the chairpersons' meeting chose it and that a member leads
// it; staff plan a visit, the champion sends the plan back once and approves it on his phone; what was done and what came of it stands where
// every member can read it. Closed, it is chosen as an excellent one. On the engines in turn (HUOTANG_TEST_DB), under the rules of
// each place (HUOTANG_PRESET).
import { after, before, test } from "node:test";
import { act, castOf, later } from "./lib/cast.mjs";
import { Actor, apiOf, openHouse, skip, tell, today } from "./lib/house.mjs";

const HOST = "市交通运输局", WHY = "全城上下学的孩子都走这条路。", PLAN = "上学时到路口看一次，再同交警坐下来谈。";
const SATISFIED = { visit: "visited", manner: "satisfied", hearing: "visit", relevance: "direct", handling: "satisfied", result: "satisfied" };
let house, cast, proposal, part, champion;

before(async () => {
  if (skip) return;
  house = await openHouse();
  cast = await castOf(house, HOST);
  ({ proposal, part } = await cast.handOut(1));
  // who leads it: a member with an account and a name that nobody shares
  const all = (await cast.staff("GET", "/members?limit=200")).items.map(one => one.name);
  for (const login of ["m002", "m003", "m004", "m005", "m006"]) {
    const { name } = await apiOf(house, login)("GET", "/members/me").catch(() => ({}));
    if (name && all.filter(one => one === name).length === 1 && !champion) champion = { login, name };
  }
});
after(async () => house?.close());

test("recommended, chosen, planned and carried out", { skip }, () => tell(house, async () => {
  const staff = await (await Actor.enter(house)).signIn("staff");
  await staff.go(proposal);
  await staff.press("推荐为重点提案");
  await staff.fill({ grounds: WHY });
  await staff.press("推荐", "main form");
  await staff.sees("已推荐");

  const reader = await (await Actor.enter(house, { width: 390, script: false })).signIn("m007");
  await reader.go("/flagships");
  await reader.sees("还没有重点提案");

  const reviewer = await (await Actor.enter(house)).signIn("reviewer");
  await reviewer.go("/flagships");
  await reviewer.press("第1街区");
  await reviewer.press("确定为重点提案", ".act");
  await reviewer.fill({ champion_name: champion.name, champion_post: "副主席", meeting: "第十二次主席会议", decided_on: today() });
  await reviewer.press("确定为重点提案", "main form");
  await reviewer.sees("待定方案");
  const page = reviewer.path();

  for (const round of [1, 2]) {
    await staff.go(page);
    await staff.press("拟定督办方案", ".act");
    await staff.fill({ plan_form: "视察", plan_on: later(10), plan_who: "提案者、市公安局、市交通运输局", plan: round === 1 ? "先到路口看。" : PLAN });
    await staff.press("拟定督办方案", "main form");
    const lead = await (await Actor.enter(house, { width: 390 })).signIn(champion.login);
    await lead.go(page);
    await lead.press(round === 1 ? "退回方案" : "批准方案", ".act");
    if (round === 1) {
      await lead.fill({ opinion: "还要同交警谈一次。" });
      await lead.press("退回方案", "main form");
    }
    await lead.sees(round === 1 ? "待定方案" : "督办中");
    await lead.leave();
  }
  for (const [verb, fields] of [["记录督办经过", { kind: "视察", held_on: today(), text: "主席会议成员早上七点半在路口看了半个小时。" }],
    ["督办完成", { finished_on: today(), result: "路口设了信号灯和护学岗。" }]]) {
    await staff.go(page);
    await staff.press(verb, ".act");
    await staff.fill(fields);
    await staff.press(verb, "main form");
  }
  await staff.sees("督办完成");
  await reader.go(proposal);
  await reader.sees(`${champion.name} 领衔督办`);
  await reader.go(page);
  await reader.sees(PLAN);
  await reader.sees("路口设了信号灯和护学岗");
  for (const one of [staff, reader, reviewer]) await one.leave();
}));

test("closed, it is chosen as an excellent one", { skip }, () => tell(house, async () => {
  await act(cast.clerk, part, "accept");
  await cast.answered(part, { results: ["adopted", "adopted"], answers: ["已经办好。", "已经办好。"] });
  await act(cast.member, part, "evaluate", SATISFIED);
  const reviewer = await (await Actor.enter(house)).signIn("reviewer");
  await reviewer.go(proposal);
  await reviewer.press("推荐为优秀提案");
  await reviewer.fill({ nominator: HOST, grounds: "选题准，办得实。" });
  await reviewer.press("推荐", "main form");
  await reviewer.press("评为优秀提案", ".act");
  await reviewer.fill({ decided_on: today() });
  await reviewer.press("评为优秀提案", "main form");
  await reviewer.go("/commendations");
  await reviewer.sees("1 件");
  await reviewer.sees("集体提案不足");
  const reader = await (await Actor.enter(house, { width: 390 })).signIn("m007");
  await reader.go(proposal);
  await reader.sees("优秀提案");
  for (const one of [reviewer, reader]) await one.leave();
}));
