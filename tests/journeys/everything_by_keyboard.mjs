// SPDX-License-Identifier: MulanPSL-2.0
// The main tasks of the house with the keyboard alone: skip link, signing in, writing and handing in a proposal, docketing,
// assigning, signing for, answering, the signature, evaluating, searching, filtering, publishing a notice, the elder mode, and of a
// member's year a meeting confirmed, a leave asked and given, a report made and approved (quality.md X2), these also without a
// script (X3). How keys are pressed and the focus is judged: lib/keys.mjs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, later } from "./lib/cast.mjs";
import { Actor, apiOf, openHouse, PROPOSAL, skip, staffOf, tell, today } from "./lib/house.mjs";
import { Keys } from "./lib/keys.mjs";

const HOST = "市交通运输局", TEXT = PROPOSAL(8), FRAGMENT = "第8街区";
let house;

before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

async function enterTheHouse() {
  const keys = await Keys.enter(house);
  await keys.go("/");
  await keys.key("Tab");
  assert.equal((await keys.here()).text, "跳到正文");
  await keys.key("Enter");
  await keys.key("Tab");
  assert.ok((await keys.here()).main, "the skip link leads into the page");
  await keys.press("登录");
  await keys.write("login_name", "m001");
  await keys.write("password", house.password);
  await keys.enterAndWait();
  return keys;
}

async function writeAndHandIn(member) {
  await member.press("写提案");
  await member.write("title", TEXT.title);
  await member.press("开始写");
  await member.write("situation", TEXT.situation);
  await member.write("analysis", TEXT.analysis);
  await member.write("suggestions", TEXT.suggestions[0]);
  await member.pick("consent", "同意公开");
  await member.press("下一步，核对");
  await member.tick("confirmed");
  await member.press("提交");
  await member.sees("提案已收到");
}

// Found in the list by its words: side navigation, filter, row.
async function find(keys) {
  await keys.press("提案", "navigation");
  await keys.write("q", FRAGMENT);
  await keys.enterAndWait();
  await keys.press("关于在第8街区");
}

async function docketAndAssign() {
  const reviewer = await Keys.enter(house, "reviewer");
  await find(reviewer);
  await reviewer.press("立案");
  await reviewer.choose("category", "城乡建设");
  await reviewer.press("立案");
  await reviewer.sees("已立案");
  await reviewer.leave();
  const dispatcher = await Keys.enter(house, "dispatcher");
  await find(dispatcher);
  await dispatcher.press("交办");
  await dispatcher.pick("mode", "独办");
  await dispatcher.choose("host_id", HOST);
  await dispatcher.press("交办");
  await dispatcher.leave();
}

async function answer() {
  const { operator, leader } = staffOf(HOST), clerk = await Keys.enter(house, operator);
  await clerk.press("承办件", "navigation");
  await clerk.press("关于在第8街区");
  await clerk.press("签收");
  await clerk.press("登记沟通");
  await clerk.pick("way", "电话");
  await clerk.day("held_on", today());
  await clerk.write("with_whom", "提案委员");
  await clerk.write("content", "电话说明了打算。");
  await clerk.press("登记沟通");
  await clerk.press("写答复");
  await clerk.pick("class", "A");
  await clerk.write("opening", "您的提案收悉。");
  await clerk.choose("results", "采纳");
  await clerk.write("answers", "东侧空地明年三月开工。");
  await clerk.write("closing", "感谢支持。");
  await clerk.write("operator", "王岚");
  await clerk.write("phone", "0883-2120002");
  await clerk.press("送审");
  await clerk.leave();
  const chief = await Keys.enter(house, leader);
  await chief.press("去签发");
  await chief.press("签发");
  await chief.press("签发并送达");
  await chief.leave();
}

async function evaluate(member) {
  await member.press("工作台", "navigation");
  await member.press("去评价");
  for (const [name, label] of [["visit", "走访过"], ["manner", "满意"], ["hearing", "当面"], ["relevance", "基本针对"], ["handling", "满意"], ["result", "满意"]]) await member.pick(name, label);
  await member.press("提交评价");
}

test("a proposal from the first word to the evaluation", { skip }, () => tell(house, async () => {
  const member = await enterTheHouse();
  await writeAndHandIn(member);
  await docketAndAssign();
  await answer();
  await evaluate(member);
  await find(member);
  await member.sees("已办结");
  await member.reach(at => at.name === "q" && !at.main, "the search of every page");
  await member.page.keyboard.insertText(FRAGMENT);
  await member.enterAndWait();
  await member.sees(TEXT.title);
  await member.leave();
}));

test("a notice, the elder mode", { skip }, () => tell(house, async () => {
  const staff = await Keys.enter(house, "staff");
  await staff.press("通知", "navigation");
  await staff.press("写通知");
  await staff.write("title", "关于召开提案交办会的通知");
  await staff.write("body", "请各单位派一名负责同志参加。");
  await staff.tick("audience");
  await staff.press("保存");
  await staff.press("发布");
  await staff.sees("已发布");
  for (const [words, mode] of [["长辈版", "elder"], ["标准版", "standard"]]) {
    await staff.reach(at => at.text.startsWith(words) && !at.main, words);
    await staff.key("Enter");
    await staff.page.locator(`html[data-mode=${mode}]`).waitFor();
  }
  await staff.leave();
}));

// Two meetings to which m001 is invited: one to confirm, one to ask leave of.
async function invitations(begin) {
  const staff = apiOf(house, "staff");
  for (const title of [`${begin}座谈`, `${begin}视察`]) {
    const { location } = await staff("POST", "/meetings", { kind: "research", title, organiser: "office", attending: "mandatory", from_on: later(20), from_half: "morning", to_half: "morning", place: "三楼", audience: ["member:1"] });
    await act(staff, location, "notify", {});
  }
}

test("a member's year: a meeting, a leave, a report", { skip }, () => tell(house, async () => {
  await invitations("键盘");
  const member = await Keys.enter(house, "m001");
  await member.go("/meetings");
  await member.press("键盘座谈");
  await member.press("确认参加");
  await member.go("/meetings");
  await member.press("键盘视察");
  await member.press("请假");
  await member.pick("kind", "生病");
  await member.write("reason", "在医院复查。");
  await member.press("请假");
  await member.sees("请假申请");
  await member.go("/claims/new");
  await member.choose("kind", "讲座、宣讲、授课");
  await member.day("happened_on", today());
  await member.write("title", "键盘讲座");
  await member.press("提交");
  await member.sees("键盘讲座");
  await member.leave();
  const staff = await Keys.enter(house, "staff");
  await staff.go("/claims?state=submitted");
  await staff.press("键盘讲座");
  await staff.press("核实无误，记入");
  await staff.sees("已记入");
  await staff.leave();
}));

test("a member's year without a script", { skip }, () => tell(house, async () => {
  await invitations("无脚本");
  const member = await (await Actor.enter(house, { width: 390, script: false })).signIn("m001");
  await member.go("/meetings");
  await member.press("无脚本座谈");
  await member.press("确认参加", ".act");
  await member.sees("参加");
  await member.go("/meetings");
  await member.press("无脚本视察");
  await member.press("请假", ".act");
  await member.fill({ kind: "生病", reason: "在医院复查。" });
  await member.press("请假", "main form");
  await member.sees("请假申请");
  await member.go("/claims/new");
  await member.fill({ kind: "参加公益活动", happened_on: today(), title: "无脚本植树" });
  await member.press("提交", "main form");
  await member.sees("无脚本植树");
  await member.leave();
  const staff = await (await Actor.enter(house, { script: false })).signIn("staff");
  await staff.go("/claims?state=submitted");
  await staff.press("无脚本植树");
  await staff.press("核实无误，记入", ".act");
  await staff.sees("已记入");
  await staff.leave();
}));
