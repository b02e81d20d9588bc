// SPDX-License-Identifier: MulanPSL-2.0
// A docketed proposal is put to three departments on trial: one agrees on its phone, one objects and says who is right, one says nothing and has agreed
// when its days are over. The dispatcher puts the right one in the place of the other; at the meeting the list is printed by department, and
// what is agreed is handed out. Under the rules of each place (HUOTANG_PRESET).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { castOf } from "./lib/cast.mjs";
import { Actor, apiOf, openHouse, skip, staffOf, tell, today } from "./lib/house.mjs";

const AGREES = "市交通运输局", OBJECTS = "市水务局", SILENT = "市公安局", RIGHT = "市住房和城乡建设局";
const WHY = "停车场建设不在我局三定职责内。";
let house, proposal;

before(async () => {
  if (skip) return;
  house = await openHouse();
  const cast = await castOf(house, AGREES);
  await cast.staff("POST", "/settings", { name: "proposals.preassign", value: "1", from_on: today() });
  proposal = await cast.docketed(1);
});
after(async () => house?.close());

test("put to three; one agrees, one objects", { skip }, () => tell(house, async () => {
  const dispatcher = await (await Actor.enter(house, { script: false })).signIn("dispatcher");
  await dispatcher.go(proposal);
  await dispatcher.press(/^\s*预交办/, ".act");
  await dispatcher.sees("到期不答复的，视为同意");
  await dispatcher.fill({ mode: "分办" });
  for (const name of [AGREES, OBJECTS, SILENT]) await dispatcher.tick(dispatcher.page.locator('main [name="splits"]'), name);
  await dispatcher.press(/^\s*预交办/, "main form");
  await dispatcher.sees("预交办", ".head");
  for (const name of [AGREES, OBJECTS, SILENT]) await dispatcher.sees(name, "#preassignments");

  const clerk = await (await Actor.enter(house, { width: 390 })).signIn(staffOf(AGREES).operator);
  await clerk.go("/preassignments");
  await clerk.press("第1街区");
  await clerk.sees("建设不少于二百个车位的公共停车场");
  await clerk.press("同意承办");
  await clerk.sees("同意");
  await clerk.seesNot(/有异议/, ".act");

  const other = await (await Actor.enter(house)).signIn(staffOf(OBJECTS).operator);
  await other.go("/preassignments");
  await other.press("第1街区");
  await other.press("有异议", ".act");
  await other.fill({ reason: WHY, better_agency: RIGHT });
  await other.press("有异议", "main form");
  await other.sees(`建议由${RIGHT}办`);
  for (const one of [dispatcher, clerk, other]) await one.leave();
}));

test("silence has agreed; the right one is asked in place of who objects", { skip }, () => tell(house, async () => {
  await house.ahead(14);
  const api = apiOf(house, "dispatcher");
  const lines = async () => (await api("GET", "/preassignments?limit=50")).items;
  let silent;
  for (let n = 0; n < 100 && silent?.state !== "agreed"; n++) {
    silent = (await lines()).find(one => one.agency_name === SILENT);
    if (silent.state !== "agreed") await new Promise(done => setTimeout(done, 100));
  }
  assert.deepEqual([silent.state, silent.silent], ["agreed", true]);

  const dispatcher = await (await Actor.enter(house)).signIn("dispatcher");
  await dispatcher.go("/preassignments?state=objected");
  await dispatcher.press("第1街区");
  await dispatcher.sees(WHY);
  await dispatcher.press("改由别的单位办");
  assert.equal(await dispatcher.page.locator('main [name="agency_id"] option:checked').innerText(), RIGHT);
  await dispatcher.fill({ opinion: "按职责由住建部门办。" });
  await dispatcher.press("改由别的单位办", "main form");
  await dispatcher.sees("已改为征求新单位的意见", "body");

  const clerk = await (await Actor.enter(house, { width: 390, mode: "elder" })).signIn(staffOf(RIGHT).operator);
  await clerk.go("/preassignments");
  await clerk.press("第1街区");
  await clerk.press("同意承办");
  await clerk.sees("同意");
  const states = Object.fromEntries((await lines()).map(one => [one.agency_name, one.state]));
  assert.deepEqual(states, { [AGREES]: "agreed", [OBJECTS]: "dropped", [SILENT]: "agreed", [RIGHT]: "agreed" });
  for (const one of [dispatcher, clerk]) await one.leave();
}));

test("the meeting, its list on paper, handed out", { skip }, () => tell(house, async () => {
  const dispatcher = await (await Actor.enter(house)).signIn("dispatcher");
  await dispatcher.go("/preassignments");
  await dispatcher.press("交办会");
  await dispatcher.press("安排交办会");
  const day = await dispatcher.page.evaluate(() => document.querySelector("time")?.dateTime?.slice(0, 10)) || today();
  await dispatcher.fill({ held_on: day, place: "市政府三楼会议室" });
  await dispatcher.press("保存", "main form");
  await dispatcher.sees("待召开");
  for (const name of [AGREES, SILENT, RIGHT]) await dispatcher.sees(name);
  await dispatcher.seesNot(new RegExp(OBJECTS));
  for (const [ending, type] of [["pdf", "application/pdf"], ["docx", "wordprocessingml"], ["xlsx", "spreadsheetml"]]) {
    const link = dispatcher.page.locator(`main a[href$="/list.${ending}"]`);
    const answer = await dispatcher.context.request.get(house.url + await link.getAttribute("href"));
    assert.equal(answer.status(), 200);
    assert.ok(answer.headers()["content-type"].includes(type), answer.headers()["content-type"]);
  }
  await dispatcher.press("全部交办");
  await dispatcher.sees("1 件已交办");
  await dispatcher.sees("现在没有可以交办的");
  await dispatcher.go(proposal);
  await dispatcher.sees("办理中");
  const clerk = await (await Actor.enter(house, { width: 390 })).signIn(staffOf(RIGHT).operator);
  await clerk.go("/assignments");
  await clerk.sees("第1街区");
  const stranger = apiOf(house, staffOf(OBJECTS).operator);
  assert.equal((await stranger("GET", "/assignments?limit=50")).items.length, 0);
  for (const one of [dispatcher, clerk]) await one.leave();
}));
