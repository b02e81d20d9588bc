// SPDX-License-Identifier: MulanPSL-2.0
// A clerk of a department and his leader: the inbox by urgency, signing for, more time, a talk, the answer, the signature; and
// nothing anywhere about how the member judged it (peers.md 6.1). The office's part goes through the JSON API. On the engines in turn
// (HUOTANG_TEST_DB), on a PC and a phone, under the rules of each place (HUOTANG_PRESET).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, castOf, later, sendOut } from "./lib/cast.mjs";
import { Actor, apiOf, openHouse, skip, staffOf, tell, today } from "./lib/house.mjs";

const HOST = "市交通运输局", MANY = 3;
const VERDICT = "结果没有落实，道口照样堵";
const DISSATISFIED = { visit: "visited", manner: "fair", hearing: "visit", relevance: "partly", handling: "dissatisfied", result: "dissatisfied", text: VERDICT };
let house, cast;

before(async () => {
  if (skip) return;
  house = await openHouse();
  cast = await castOf(house, HOST);
});
after(async () => house?.close());

const group = (actor, name) => actor.page.locator("main section.card").filter({ has: actor.page.getByRole("heading", { name }) });

async function open(actor, n) {
  await actor.go("/assignments");
  await actor.press(`第${n}街区`);
}

async function day(first, how) {
  const [urgent, calm] = [first, first + 1];
  const { part } = await cast.handOut(urgent, { due_on: later(5) });
  await cast.handOut(calm, { due_on: later(60) });
  const names = staffOf(HOST);
  const clerk = await (await Actor.enter(house, how)).signIn(names.operator), leader = await (await Actor.enter(house, how)).signIn(names.leader);

  await clerk.sees(/有 \d+ 件事要办/);
  await clerk.go("/assignments");
  assert.equal(await group(clerk, "未签收").locator("tbody tr").filter({ hasText: "停车场" }).count() >= 2, true);
  for (const n of [urgent, calm]) {
    await open(clerk, n);
    await clerk.press("签收");
  }
  await clerk.go("/assignments");
  await clerk.sees(`第${urgent}街区`, "#soon, section.card:has-text('将到期')");
  const headings = await clerk.page.locator("main section.card h2").allInnerTexts();
  assert.ok(headings.findIndex(one => one.startsWith("将到期")) < headings.findIndex(one => one.startsWith("办理中")), headings.join());

  await open(clerk, urgent);
  await clerk.press("申请延期");
  await clerk.fill({ to_on: later(25), opinion: "需要等铁路部门书面意见。", ...(cast.rules["assignments.extend_consent"] === "none" ? {} : { consented_on: today() }) });
  await clerk.press("申请延期", "main form");
  const chief = await (await Actor.enter(house, how)).signIn("dispatcher");
  await chief.go("/assignments/waiting");
  await chief.press("审批");
  await chief.fill({ decision: "同意" });
  await chief.press("提交", "main form");
  await open(clerk, urgent);
  const [, month, date] = later(25).split("-");
  await clerk.sees(`${Number(month)}月${Number(date)}日`);

  await clerk.press("登记沟通");
  await clerk.fill({ way: "电话", held_on: today(), with_whom: "提案委员", content: "电话说明了与铁路部门商量的进展。" });
  await clerk.press("登记沟通", "main form");
  await clerk.press("写答复");
  await clerk.fill({ class: "B", opening: "您的提案收悉。", closing: "感谢您的支持。", operator: "字国祥", phone: "0883-2120003" });
  await clerk.selects("results", ["采纳"]);
  await clerk.fill({ answers: ["道口拓宽已列入明年计划。"] });
  await clerk.press(/^\s*送审/);
  await clerk.sees("还没有答复");
  assert.equal(await clerk.page.getByRole("button", { name: "恢复那份内容" }).count(), 0);
  assert.equal(await clerk.page.locator("[name=answers]").first().inputValue(), "道口拓宽已列入明年计划。");
  await clerk.selects("results", ["采纳", "部分采纳"]);
  await clerk.fill({ answers: ["道口拓宽已列入明年计划。", "赶集日由交警疏导。"] });
  await clerk.press(/^\s*送审/);
  await clerk.sees("B 类答复至少要有一项承诺");
  await clerk.fill({ promise_texts: ["完成铁路道口拓宽并通车"], promise_days: [later(200)], promise_owners: ["字国祥"] });
  await clerk.press(/^\s*送审/);
  await open(leader, urgent);
  await sendOut(leader, chief);
  await leader.sees("已答复");

  await act(cast.member, part, "evaluate", DISSATISFIED);
  await blind(clerk, leader, names, urgent);
  for (const one of [clerk, leader, chief]) await one.leave();
}

// Not on the case, the inbox, the feedback, the home page, nor in the JSON that the pages' accounts can ask for.
async function blind(clerk, leader, names, n) {
  for (const actor of [clerk, leader]) {
    await open(actor, n);
    const own = actor.path();
    for (const path of [own, "/assignments", "/home", "/inbox"]) {
      await actor.go(path);
      await actor.seesNot(/不满意|没有落实/, "body");
    }
  }
  await clerk.go("/assignments/feedback");
  await clerk.sees("评价还不足 5 份");
  for (const login of [names.operator, names.leader]) {
    const api = apiOf(house, login);
    const text = JSON.stringify(await api("GET", "/assignments"));
    assert.doesNotMatch(text, /dissatisfied|没有落实/);
  }
}

test("on a PC", { skip }, () => tell(house, () => day(1, { width: 1366 })));
test("on a phone", { skip }, () => tell(house, () => day(MANY, { width: 390 })));
