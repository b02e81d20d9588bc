// SPDX-License-Identifier: MulanPSL-2.0
// An issue of a bulletin: two edited opinions are put together, sent back once, signed, numbered, printed with a red head, sent to the party's
// office and to the province; there one is adopted, a leader writes on it, a department answers without learning who reported it; its
// reporter reads what came of it on his phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, later } from "./lib/cast.mjs";
import { Actor, apiOf, openHouse, skip, staffOf, tell, today } from "./lib/house.mjs";

const HOST = "市城市管理局", names = staffOf(HOST), FIRST = "老城区雨天内涝", SECOND = "河东桥头夜间没有路灯", NAME = "城建专报";
const SCAN = { name: "批示件.png", mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC", "base64") };
let house;

before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

// Reported, taken, edited: it waits for an issue.
async function waiting(login, title) {
  const member = apiOf(house, login), editor = apiOf(house, "editor");
  const { id } = await member("POST", "/opinions", { title, situation: `${title}，居民出行不便。`, analysis: "管线老化。", suggestions: "列入明年改造计划。" });
  const page = `/opinions/${id}`;
  await act(member, page, "submit", {});
  await act(editor, page, "take", { category: "city" });
  for (const verb of ["edit", "pass"]) await act(editor, page, verb, {});
  return page;
}

async function signed(editor, leader) {
  await editor.go("/bulletins/new");
  await editor.fill({ name: `《${NAME}》`, office: "市政协办公室", total: "41", province: "省政协办公厅", city: "市委办公室\n市政府办公室" });
  await editor.press("保存", "main form");
  await editor.go("/issues/new");
  await editor.fill({ bulletin: NAME, opinions: [FIRST, SECOND], printed: "40" });
  await editor.press("保存", "main form");
  const issue = editor.path();
  await editor.press("本期送签", ".act");
  await leader.go(issue);
  await leader.press("退回重编", ".act");
  await leader.fill({ opinion: "请先核对户数。" });
  await leader.press("退回重编", "main form");
  const desk = apiOf(house, "editor");
  await editor.go(issue);
  await editor.sees("请先核对户数。");
  for (const one of (await desk("GET", issue)).items) await act(desk, `/opinions/${one.opinion_id}`, "pass", {});
  await editor.go(issue);
  await editor.press("本期送签", ".act");
  await leader.go(issue);
  await leader.press("签发本期", ".act");
  await leader.sees(/第1期（总第42期）/);
  return issue;
}

async function answered(opinion) {
  const clerk = await (await Actor.enter(house, { width: 390 })).signIn(names.operator), head = await (await Actor.enter(house)).signIn(names.leader);
  await clerk.go("/assignments");
  await clerk.seesNot(new RegExp(FIRST)); // what it is about stands on no list
  await clerk.press("社情民意信息");
  const part = clerk.path();
  await clerk.press("签收", ".act");
  await clerk.go(`${opinion}/issued`);
  await clerk.sees("请市政府研究解决。");
  await clerk.sees("管线老化。");
  await clerk.seesNot(new RegExp(house.reporter));
  await act(apiOf(house, names.operator), part, "reply", { opening: "来件收悉。", results: ["planned"], answers: ["明年三月开工。"], closing: "感谢支持。", operator: "王工", phone: "0883-2123456" });
  await head.go(`${part}/sign`);
  await head.fill({ signer: "李局长" });
  await head.press("签发", "main form");
  for (const one of [clerk, head]) await one.leave();
}

test("issued, adopted, answered, told", { skip }, () => tell(house, async () => {
  const opinion = await waiting("m001", FIRST);
  await waiting("m002", SECOND);
  house.reporter = (await apiOf(house, "m001")("GET", "/members/me")).name;
  const editor = await (await Actor.enter(house)).signIn("editor"), leader = await (await Actor.enter(house)).signIn("leader");
  const issue = await signed(editor, leader);
  const paper = await leader.page.request.get(`${house.url}${issue}/pdf`);
  assert.equal((await paper.body()).subarray(0, 5).toString(), "%PDF-");

  await editor.go(issue);
  await editor.press("报送本期", ".act");
  await editor.fill({ to: ["省政协办公厅", "市委办公室"] });
  await editor.page.getByLabel("市政府办公室").uncheck();
  await editor.press("报送本期", "main form");
  await editor.sees("已报送");

  await editor.go(opinion);
  await editor.press("登记采用情况", "#outcome");
  await editor.fill({ destination: "省政协办公厅", kind: "单篇采用", adopted_on: later(1), place: "《省政协信息》第45期" });
  await editor.press("保存", "main form");
  await editor.sees("也不能晚于今天"); // a day to come is refused, the rest stays
  await editor.fill({ adopted_on: today() });
  await editor.press("保存", "main form");
  await editor.press("登记批示", "#outcome");
  await editor.fill({ leader: "高书记", level: "市级", instructed_on: today(), text: "请市政府研究解决。", scans: SCAN });
  await editor.press("保存", "main form");
  await editor.press("信息交单位办理", ".act");
  await editor.fill({ agencies: HOST });
  await editor.press("信息交单位办理", "main form");

  const member = await (await Actor.enter(house, { width: 390 })).signIn("m001");
  await member.go(opinion);
  await member.seesNot(/第45期|高书记/); // not told yet
  await answered(opinion);
  await editor.go(opinion);
  await editor.sees("明年三月开工。");
  await editor.press("反馈反映人", ".act");
  await editor.fill({ opinion: "省里采用了，城管局明年动工。" });
  await editor.press("反馈反映人", "main form");

  await member.go(opinion);
  for (const words of ["单篇采用", "第45期", "高书记", "批示件.png", "明年三月开工。"]) await member.sees(words);
  await editor.go("/bulletins/figures");
  await editor.sees(/省级/);
  const staff = await (await Actor.enter(house)).signIn("staff");
  assert.equal((await staff.page.goto(house.url + issue)).status(), 403);
  for (const one of [editor, leader, member, staff]) await one.leave();
}));
