// SPDX-License-Identifier: MulanPSL-2.0
// A meeting's road: the clerk announces it to two members; one confirms, one asks leave on a phone in the elders' mode and is given it; the clerk puts down who
// was there by what was answered and settles it; the members see what was put down, and nobody else's reasons. Buses and meals are offered; who comes says
// what he takes, and leave takes who had said so out of the counts. At the gate the net is cut: two devices go on,
// one is reloaded; when it is back nothing is lost, nothing is counted twice, and what has changed meanwhile is said.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Actor, apiOf, openHouse, skip, tell, today } from "./lib/house.mjs";

const TITLE = "提案办理协商会", REASON = "当天在市医院做检查。", ELDER = { width: 390, mode: "elder" };
let house;

before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

const enter = async (login, how) => (await Actor.enter(house, how)).signIn(login);

async function announced(names) {
  const staff = await enter("staff");
  await staff.go("/meetings");
  await staff.press("安排会议活动");
  await staff.fill({ kind: "专委会会议", title: TITLE, organiser: "办公室", from_on: today(), hour: "9:00", place: "三楼会议室", attending: "必须参加", audience: names });
  await staff.press("保存", "main form");
  for (const name of names) await staff.sees(name); // whom it will reach, before it goes out
  await staff.press("发会议通知", ".act");
  await staff.sees("待确认 2 人");
  return staff;
}

// What stands for a page of buses and meals is filled from the meeting: lunch, today.
async function offered(staff) {
  await staff.press("安排用餐乘车");
  await staff.fill({ there: "7点半 市政府东门", back: "17:30 会议中心", answer_on: today() });
  await staff.press("保存", "main form");
  await staff.sees("第 1 行看不懂");
  await staff.fill({ there: "7:30 市政府东门\n7:40 火车站" });
  await staff.press("保存", "main form");
  await staff.press("公布", ".act");
  await staff.sees("参会 2 人，已登记 0 人，没登记 2 人");
}

// Two buses there, so one is chosen; the bus home and lunch are chosen already.
async function takes(actor, bus, more) {
  await actor.go("/meetings");
  await actor.press(TITLE);
  await actor.press("去登记");
  await actor.press("登记", ".act form"); // no bus chosen: told so
  await actor.sees("还没有选去程");
  await actor.selects("rides", [bus, "17:30 会议中心"]);
  await actor.fill(more);
  await actor.press("登记", ".act form");
  await actor.sees("已登记");
}

test("a meeting is announced, answered, recorded and settled", { skip }, () => tell(house, async () => {
  const names = [];
  for (const login of ["m002", "m003"]) names.push((await apiOf(house, login)("GET", "/members/me")).name);
  const staff = await announced(names);
  await offered(staff);
  const provision = staff.path();

  const first = await enter("m002", ELDER);
  await first.go("/home");
  await first.sees(TITLE);
  await first.press("确认参加");
  await first.press("确认参加", ".act");
  await first.sees("参加");
  await takes(first, "7:40 火车站", { diet: "清真" });

  const second = await enter("m003", ELDER);
  await takes(second, "7:30 市政府东门", { plate: "赣A12345" });
  await staff.go(provision);
  await staff.sees("已登记 2 人");
  await second.go("/meetings");
  await second.press(TITLE);
  await second.press("请假", ".act");
  await second.press("请假", "main form"); // nothing written: told what is missing
  await second.sees("请假原因");
  await second.fill({ kind: "生病", reason: REASON });
  await second.press("请假", "main form");
  await second.sees("请假申请");

  await second.sees("请假由秘书长"); // the office organises it: no committee has a head
  const approver = await enter("m006", ELDER);
  await approver.go("/home");
  await approver.press(`${names[1]}请假`);
  await approver.sees(REASON);
  await approver.press("同意请假", ".act");
  await staff.go(provision);
  await staff.sees(/参会 1 人，已登记 1 人，没登记 0 人.*7:30 市政府东门（0 人）.*7:40 火车站（1 人）.*午餐（1 人） 清真 1 人/);
  await staff.press("看这次会议");
  await staff.press("已召开，登记出席", ".act");
  await staff.press("按回执登记", ".act");
  await staff.press("结算出席", ".act");
  await staff.sees(/应到 2 人 实到 1 人 请假 1 人 缺席 0 人/);

  await first.go("/meetings");
  await first.press(TITLE);
  await first.sees("出席登记：全程");
  await first.seesNot(new RegExp(REASON));
  await second.go("/meetings");
  await second.press(TITLE);
  await second.sees("出席登记：请假");
  assert.equal((await apiOf(house, "m003")("GET", "/meetings")).items.length >= 1, true);
  for (const actor of [staff, first, second]) await actor.leave();
}));

// ---- the gate without a net ----

const FIVE = ["m004", "m005", "m006", "m007", "m008"];

// A meeting of five that is on today; its id and the invitees' ids in their order.
async function today_with_five(staff) {
  const audience = [];
  for (const login of FIVE) audience.push(`member:${(await apiOf(house, login)("GET", "/members/me")).id}`);
  const made = await staff("POST", "/meetings", { kind: "training", title: "门口签到演练", organiser: "office", from_on: today(), from_half: "morning", to_half: "afternoon", place: "礼堂", attending: "mandatory", audience });
  const { id, version } = await staff("GET", made.location);
  await staff("POST", `/meetings/${id}/notify`, { version });
  return { id, ids: (await staff("GET", `/meetings/${id}/gate`)).items.map(one => one.id) };
}

const step = async (api, id, verb, more) => api("POST", `/invitees/${id}/${verb}`, { version: (await api("GET", `/invitees/${id}`)).version, ...more });
const tick = (actor, id) => actor.page.locator(`input[name=invitees][value="${id}"]`).check();
const ticked = (actor, id) => actor.page.locator(`input[name=invitees][value="${id}"]`).isChecked();
const status = (actor, words) => actor.page.locator("[data-gate-status]").filter({ hasText: words }).waitFor();
const stored = (actor, part) => actor.page.evaluate(word => Object.keys(localStorage).filter(key => key.startsWith(`huotang.gate.${word}`)).length, part);

test("the gate goes on without a net and two devices are brought together", { skip }, () => tell(house, async () => {
  const staff = apiOf(house, "staff"), { id, ids } = await today_with_five(staff), [double, undone, away, dropped, plain] = ids;
  const gate = `/meetings/${id}/gate`, at = async one => (await staff("GET", gate)).items.find(item => item.id === one)?.came_at;
  const first = await enter("staff"), second = await enter("staff");
  await first.go(`/meetings/${id}`);
  await first.go(gate);
  await first.page.locator("[data-gate-kept]").filter({ hasText: "名单已存在这台设备上" }).waitFor();

  await first.unplug();
  await tick(first, double);
  await first.page.locator("#number").fill("2");
  await first.page.keyboard.press("Enter");
  await status(first, "没有网络");
  await first.go(gate); // reloaded without a net
  await first.sees("没有网络");
  assert.deepEqual([await ticked(first, double), await ticked(first, undone), await ticked(first, away)], [true, true, false]);
  await tick(first, away);
  await tick(first, dropped);
  await tick(first, plain);
  await first.page.locator(`input[name=invitees][value="${plain}"]`).uncheck(); // by mistake: never sent
  await first.go(gate); // and again
  await status(first, "4 人已记在这台设备上");
  assert.equal(await ticked(first, plain), false);

  // Meanwhile, with a net: the same man is marked, another's mark is taken back, one is given leave, one is left out.
  await second.go(gate);
  await tick(second, double);
  await tick(second, undone);
  await status(second, "已上传");
  const later = await at(double);
  await second.go(`${gate}?show=done`);
  await tick(second, undone);
  await second.press("撤销勾选的签到");
  await step(apiOf(house, FIVE[2]), away, "leave", { kind: "illness", reason: "发烧。" });
  await step(staff, away, "excuse", {});
  await step(staff, dropped, "drop", {});

  await first.context.setOffline(false); // goes home by itself and sends what it has
  await status(first, "已上传 4 人。其中 1 人别处已经签过，并成一次。");
  const odd = first.page.locator("[data-gate-odd]");
  for (const words of ["撤销了他的签到", "人却来了", "名单里已经没有他"]) await odd.filter({ hasText: words }).waitFor();
  assert.equal(await stored(first, "mark"), 0);
  const read = await staff("GET", gate);
  assert.deepEqual([read.checked_in, await at(undone), await at(plain)], [2, null, null]);
  assert.ok(await at(double) < later, "the earlier mark counts");
  assert.ok(await at(away));

  await first.go(gate); // what was odd stays until it is read
  for (let left = 3; left > 0; left--) {
    await odd.locator("li").nth(left - 1).waitFor();
    await odd.getByRole("button", { name: "知道了" }).first().click();
  }
  await tick(first, undone); // he is there: ticked anew
  await status(first, "已上传 1 人。");
  assert.ok(await at(undone));
  await first.go(gate);
  assert.equal(await odd.locator("li").count(), 0);
  await first.page.locator("form[action='/logout'] button").first().evaluate(one => one.click());
  await first.page.waitForURL(/login/);
  assert.equal(await stored(first, "list"), 0); // who comes next finds nobody's name
  for (const actor of [first, second]) await actor.leave();
}));
