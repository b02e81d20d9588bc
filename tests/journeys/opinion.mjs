// SPDX-License-Identifier: MulanPSL-2.0
// An opinion (社情民意信息) for the committee alone: a member writes it on his phone without a script in three screens; the editor gives it
// back, the member reads why and sends it again; the editor takes it, and the member reads that. Staff and other members see nothing of it, and
// the auditor reads who opened it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Actor, openHouse, skip, tell } from "./lib/house.mjs";
import { issueOf } from "./lib/road.mjs";

const TITLE = "河西片区夜间没有公交";
let house;

before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

test("written, returned, sent again and taken", { skip }, () => tell(house, async () => {
  const member = await (await Actor.enter(house, { width: 390, script: false })).signIn("m001");
  await member.go("/opinions");
  await member.press("反映社情民意", "main");
  const { count } = await member.screens(async () => {
    await member.fill({ title: TITLE });
    await member.press("开始写", "main form");
    await member.fill({ situation: "八千人住在河西，晚上八点以后没有车。", analysis: "线路收班早。", suggestions: "末班延到十一点。" });
    await member.press("下一步，核对", "main form");
  });
  assert.ok(count <= 3, `writing an opinion takes ${count} screens`); // quality Q7
  await member.sees("可以再看一看"); // shorter than 200 characters: a hint only
  await member.press("报送", "main form");
  await member.sees("已报送");
  const page = member.path();

  const editor = await (await Actor.enter(house)).signIn("editor");
  await editor.go("/opinions/desk");
  await editor.press(TITLE);
  await editor.sees("记入审计日志");
  await editor.press("退回作者修改", ".act");
  await editor.fill({ opinion: "请写明涉及几条线路。" });
  await editor.press("退回作者修改", "main form");
  assert.match(editor.path(), /^\/home/); // it is its writer's again
  await editor.sees("退回作者修改：已办好");

  await member.go(page);
  await member.sees("请写明涉及几条线路。");
  await member.press("继续写", ".act");
  await member.fill({ situation: "八千人住在河西，晚上八点以后一路和五路都没有车。" });
  await member.press("下一步，核对", "main form");
  await member.press("报送", "main form");

  await editor.go(page);
  await editor.press("录用", ".act");
  await editor.fill({ category: "交通运输" });
  await editor.press("录用", "main form");
  await member.go(page);
  await member.sees("已录用，正在采编");

  const other = await (await Actor.enter(house)).signIn("m002");
  await other.go("/opinions");
  assert.doesNotMatch(await other.text(), new RegExp(TITLE));
  const auditor = await (await Actor.enter(house)).signIn("auditor");
  await auditor.go("/audits?act=opinions.read");
  await auditor.sees("opinions");
}));

// Two reports of one kind: the editor makes them one beside their texts, the leader sends it back with a reason and then signs; each
// writer reads in his own report where it was used, and the signed text.
test("two become one, sent back, signed, read by both writers", { skip }, () => tell(house, async () => {
  const report = async (name, title) => {
    const one = await (await Actor.enter(house, { width: 390 })).signIn(name);
    await one.go("/opinions/new");
    await one.fill({ title });
    await one.press("开始写", "main form");
    await one.fill({ situation: `${title}，三百户用不上。`, analysis: "没有管网。", suggestions: "今年接通。" });
    await one.press("下一步，核对", "main form");
    await one.press("报送", "main form");
    return { one, page: one.path() };
  };
  const first = await report("m003", "东山村没有自来水"), second = await report("m004", "西山村没有自来水");
  const editor = await (await Actor.enter(house)).signIn("editor");
  for (const { page } of [first, second]) {
    await editor.go(page);
    await editor.press("录用", ".act");
    await editor.fill({ category: "城乡建设" });
    await editor.press("录用", "main form");
  }
  await editor.go("/opinions/desk");
  await editor.page.getByLabel("选《东山村没有自来水》").check();
  await editor.page.getByLabel("选《西山村没有自来水》").check();
  await editor.press("把勾选的合成一件", "main form");
  await editor.fill({ title: "东山西山两村没有自来水" });
  await editor.press("合成并采编", "main form");
  await editor.sees("来源 2");
  await editor.fill({ situation: "两村六百户用不上自来水。", suggestions: "今年接通两村管网。" });
  await editor.press("保存并送签", "main form");
  await editor.press("送签", "main form");
  const composite = editor.path();

  const leader = await (await Actor.enter(house)).signIn("leader");
  await leader.go(composite);
  await leader.press("退回采编", ".act");
  await leader.fill({ opinion: "请写明投资。" });
  await leader.press("退回采编", "main form");
  await editor.go(`${composite}/text`);
  await editor.sees("请写明投资。");
  await editor.fill({ analysis: "管网需投资二百万元。" });
  await editor.press("保存并送签", "main form");
  await editor.press("送签", "main form");
  await issueOf(editor, leader, "东山西山两村没有自来水", "两村用水");

  await first.one.go(first.page);
  await first.one.sees("已用于综合信息");
  await first.one.press("《东山西山两村没有自来水》", "main");
  await first.one.sees("管网需投资二百万元。");
  await second.one.go(second.page);
  await second.one.sees("已编发");
}));
