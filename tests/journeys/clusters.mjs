// SPDX-License-Identifier: MulanPSL-2.0
// Three strangers write about one matter and one about another (热点事项): they gather by themselves; the office finds them on the hot
// list, gives the matter a name, puts it on top, closes and reopens it, makes an opinion of it and a candidate topic; with a script and without, by phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Actor, openHouse, skip, tell } from "./lib/house.mjs";

// With a script and without: two matters that have no word in common, else letters of one would gather with the other's.
const MATTERS = [
  ["东街菜市场的厕所", "堵了一个星期，臭得很，没有人来修。", ["老人孩子没法上。", "请快修。", "夏天更难受。"]],
  ["南门小学门口的红绿灯", "不亮了，孩子过马路很危险，请交警看看。", ["我们都害怕。", "请快修。", "早晚最挤。"]],
];
let house;

before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

async function write(body) {
  const stamp = /name="stamp" value="([^"]+)"/.exec(await (await fetch(house.url + "/letters/new")).text())[1];
  const answer = await fetch(house.url + "/letters/new", { method: "POST", body: new URLSearchParams({ body, stamp, proof: "" }) });
  assert.equal(answer.status, 200);
}

for (const script of [true, false]) {
  test(`letters about one matter are found and put in order ${script ? "with" : "without"} a script`, { skip }, () => tell(house, async () => {
    const [what, more, ends] = MATTERS[script ? 0 : 1];
    for (const end of ends) await write(what + more + end);
    const staff = await (await Actor.enter(house, { width: 390, script })).signIn("staff");
    await staff.go("/clusters?period=week");
    await staff.press(what);
    await staff.sees("来信（3）");
    await staff.press("改名");
    await staff.fill({ name: `${what}的事` });
    await staff.press("改名", "main form");
    await staff.sees(`${what}的事`);
    await staff.press("置顶", ".act");
    await staff.sees("取消置顶");
    await staff.press("停止归集", ".act");
    await staff.sees("不再归集");
    await staff.press("恢复归集", ".act");
    await staff.sees("正在归集");
    await staff.press("事项转社情民意", ".act");
    await staff.sees("请先改写下面的文字");
    await staff.fill({ analysis: "没有人管护。", suggestions: "明确由谁管护，公布报修电话。" });
    await staff.press("事项转社情民意", "main form");
    await staff.sees("转成的社情民意");
    await staff.press("事项提为议题建议", ".act"); // and a candidate topic, which is taken up
    await staff.sees("请先改写下面的文字");
    await staff.fill({ title: `${what}怎么管`, body: "三封来信都说没有人管护，值得请各部门一起商量。" });
    await staff.press("事项提为议题建议", "main form");
    await staff.sees("提成的议题建议");
    await staff.press(`${what}怎么管`);
    await staff.sees("提出时有 3 封来信");
    await staff.press("采纳入库", ".act");
    await staff.sees("已入库");
    await staff.press("号热点事项", "main");
    await staff.sees("已入库");
    await staff.press((what + more).slice(0, -1)); // one of its letters says so too
    await staff.sees("这件事已转社情民意");
    await staff.go("/clusters?period=week");
    await staff.sees(`${what}的事`);
  }));
}
