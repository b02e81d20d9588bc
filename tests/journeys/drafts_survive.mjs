// SPDX-License-Identifier: MulanPSL-2.0
// What is typed is never lost and never overwritten in silence (quality.md Q8): no net, closed browser, session over, two
// devices, double click, a Word file; and after logging out nothing is left behind Back (W6). On the engines in turn (HUOTANG_TEST_DB).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Actor, openHouse, PROPOSAL, skip, tell } from "./lib/house.mjs";

const DOCX = new URL("./lib/three_headings.docx", import.meta.url).pathname;
let house, count = 0;

before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

const state = (actor, name) => actor.page.locator(`[data-save][data-state=${name}]`).waitFor();

// A member at a new draft of his own; gives the path of the page where it is written.
async function begin(login, kind = "proposals") {
  const member = await (await Actor.enter(house)).signIn(login);
  await member.go(`/${kind}/new`);
  await member.fill({ title: PROPOSAL(++count).title });
  await member.press("开始写");
  return { member, place: member.path() };
}

// What the server has, seen from another device.
async function stored(login, place) {
  const other = await (await Actor.enter(house, { script: false })).signIn(login);
  await other.go(place);
  const text = await other.page.inputValue("[name=situation]");
  await other.leave();
  return text;
}

const scene = (name, story) => test(name, { skip }, () => tell(house, story));

for (const kind of ["proposals", "opinions"]) {
  scene(`the net is lost while typing: ${kind}`, async () => {
    const { member, place } = await begin("m001", kind);
    await member.unplug();
    await member.fill({ situation: "断网时写下的情况。" });
    await state(member, "local");
    await member.context.setOffline(false);
    await state(member, "saved");
    assert.equal(await stored("m001", place), "断网时写下的情况。");
    await member.leave();
  });
}

scene("what was saved, though the answer got lost, is no conflict", async () => {
  const { member, place } = await begin("m006");
  let lost = 0;
  member.excused = /Failed to (fetch|load resource)/;
  await member.page.route(url => url.pathname.startsWith("/"), async route => {
    if (route.request().method() !== "POST" || lost) return route.fallback();
    lost = (await route.fetch()).status();
    return route.abort();
  });
  await member.fill({ situation: "回执丢了的情况。" });
  await state(member, "local");
  assert.equal(lost, 200);
  assert.equal(await stored("m006", place), "回执丢了的情况。");
  await state(member, "saved"); // asked again with the old version: 409, and both texts are the same
  assert.equal(await member.page.getByRole("button", { name: "用这里写的" }).count(), 0);
  await member.leave();
});

scene("the browser is closed and opened again", async () => {
  const { member, place } = await begin("m002");
  await member.unplug();
  await member.fill({ situation: "没有存到服务器的情况。" });
  await state(member, "local");
  const storageState = await member.context.storageState();
  await house.stop(); // no net at all: a page that is closed sends once more, and by then the browser may no longer be cut off
  await member.leave();
  await house.start();
  const again = await Actor.enter(house, { storageState });
  await again.go(place);
  await again.page.getByRole("button", { name: "恢复那份内容" }).click();
  await state(again, "saved");
  assert.equal(await stored("m002", place), "没有存到服务器的情况。");
  await again.leave();
});

scene("the session ends while writing", async () => {
  const { member, place } = await begin("m003");
  await member.context.clearCookies();
  member.excused = /EventSource/; // its stream of events ends with the session
  await member.fill({ situation: "登录过期后写下的情况。" });
  await state(member, "expired");
  const writing = member.page;
  await member.turn();
  await member.signIn("m003");
  await writing.bringToFront();
  await writing.evaluate(() => dispatchEvent(new Event("focus"))); // headless windows get no focus of their own
  member.page = writing;
  await state(member, "saved");
  assert.equal(await stored("m003", place), "登录过期后写下的情况。");
  await member.leave();
});

for (const kind of ["proposals", "opinions"]) {
  scene(`two devices do not overwrite each other, what differs is shown: ${kind}`, async () => {
    const { member, place } = await begin("m004", kind);
    const phone = await (await Actor.enter(house, { width: 390 })).signIn("m004");
    await phone.go(place);
    await member.fill({ situation: "电脑上写的情况。" });
    await state(member, "saved");
    await phone.fill({ situation: "手机上写的情况。" });
    await state(phone, "conflict");
    await phone.sees("电脑上写的情况");
    assert.equal(await phone.page.inputValue("[name=situation]"), "手机上写的情况。");
    assert.equal(await stored("m004", place), "电脑上写的情况。");
    await member.leave();
    await phone.leave();
  });
}

scene("the same without JavaScript: 409 with both texts", async () => {
  const { member, place } = await begin("m005");
  const slow = await (await Actor.enter(house, { script: false })).signIn("m005");
  await slow.go(place);
  await member.fill({ situation: "先存的情况。" });
  await state(member, "saved");
  await slow.fill({ situation: "后存的情况。" });
  const answer = slow.page.waitForResponse(one => one.request().method() === "POST");
  await slow.press(/^\s*保存/);
  assert.equal((await answer).status(), 409);
  await slow.sees("这份稿子在别处保存过");
  await slow.sees(/先/, ".diff del");
  await slow.sees(/后/, ".diff ins");
  assert.equal(await slow.page.inputValue("[name=situation]"), "后存的情况。");
  await member.leave();
  await slow.leave();
});

async function complete(member, place) {
  const { situation, analysis, suggestions } = PROPOSAL(count);
  await member.fill({ situation, analysis, suggestions: suggestions.slice(0, 1), consent: "同意公开" });
  await member.press("下一步，核对");
  await member.fill({ confirmed: true });
}

for (const script of [true, false]) {
  scene(`a double click hands in once${script ? "" : ", without JavaScript"}`, async () => {
    const { member, place } = await begin(script ? "m006" : "m007");
    if (script) await complete(member, place);
    else {
      await member.leave();
      const plain = await (await Actor.enter(house, { script: false })).signIn("m007");
      await plain.go(place);
      await complete(plain, place);
      return twice(plain);
    }
    await twice(member);
  });
}

// Two serial numbers would mean that it was handed in twice.
async function twice(member) {
  const serials = new Set();
  await member.page.locator("main form button").filter({ hasText: "提交" }).dblclick();
  await member.page.locator("main").filter({ hasText: "提案已收到" }).waitFor(); // the second click breaks off the first one's way
  for (const one of (await member.text()).match(/流水\d+号/g)) serials.add(one);
  assert.equal(serials.size, 1);
  await member.page.getByRole("link", { name: "看这件提案" }).click();
  assert.equal(await member.page.locator("#trail li").filter({ hasText: "提交" }).count(), 1);
  await member.leave();
}

// A text that was written elsewhere: three headings are three parts; what was typed here stays.
for (const script of [true, false]) {
  scene(`a Word file fills what is empty${script ? "" : ", without JavaScript"}`, async () => {
    const { member, place } = await begin(script ? "m009" : "m010");
    if (!script) await member.leave();
    const writer = script ? member : await (await Actor.enter(house, { script: false })).signIn("m010");
    await writer.go(place);
    const title = await writer.page.inputValue("[name=title]");
    await writer.fill({ situation: "这里已经写过的情况。" });
    await writer.page.locator("details.fold summary").filter({ hasText: "从 Word 或文本文件填入" }).click();
    await writer.page.locator("[name=document]").setInputFiles(DOCX);
    await writer.press("填入");
    await writer.sees("还没有保存");
    assert.equal(await writer.page.inputValue("[name=title]"), title);
    assert.equal(await writer.page.inputValue("[name=situation]"), "这里已经写过的情况。");
    assert.equal(await writer.page.inputValue("[name=analysis]"), "线路按老城规划，过江只有一班车，末班车十八时发出。");
    assert.deepEqual(await writer.page.locator("[name=suggestions]").evaluateAll(all => all.map(one => one.value)),
      ["由市交通局增设一条过江直达线路，年内开通。", "末班车推迟到二十一时。"]);
    await writer.press(/^\s*保存/);
    await writer.sees("已保存");
    assert.equal(await writer.page.inputValue("[name=analysis]"), "线路按老城规划，过江只有一班车，末班车十八时发出。");
    await writer.leave();
  });
}

scene("after logging out Back shows nothing", async () => {
  const { member } = await begin("m008");
  const text = PROPOSAL(count).title;
  await member.page.locator("details.menu summary").click();
  await member.press("退出", "header");
  for (let back = 0; back < 3; back++) {
    await member.page.goBack().catch(() => {});
    await member.seesNot(new RegExp(text), "body");
    assert.equal(await member.page.getByRole("link", { name: "登录" }).count() + await member.page.getByRole("button", { name: "登录" }).count() > 0, true);
  }
  await member.leave();
});
