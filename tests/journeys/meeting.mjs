// SPDX-License-Identifier: MulanPSL-2.0
// A meeting's road: the clerk announces it to two members; one confirms, one asks leave on a phone in the elders' mode and is given it; the clerk puts down who
// was there by what was answered and settles it; the members see what was put down, and nobody else's reasons.
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

test("a meeting is announced, answered, recorded and settled", { skip }, () => tell(house, async () => {
  const names = [];
  for (const login of ["m002", "m003"]) names.push((await apiOf(house, login)("GET", "/members/me")).name);
  const staff = await announced(names);

  const first = await enter("m002", ELDER);
  await first.go("/home");
  await first.sees(TITLE);
  await first.press("确认参加");
  await first.press("确认参加", ".act");
  await first.sees("参加");

  const second = await enter("m003", ELDER);
  await second.go("/meetings");
  await second.press(TITLE);
  await second.press("请假", ".act");
  await second.press("请假", "main form"); // nothing written: told what is missing
  await second.sees("请假原因");
  await second.fill({ kind: "生病", reason: REASON });
  await second.press("请假", "main form");
  await second.sees("请假申请");

  await staff.go("/home");
  await staff.press(`${names[1]}请假`);
  await staff.sees(REASON);
  await staff.press("同意请假", ".act");
  await staff.press(TITLE);
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
