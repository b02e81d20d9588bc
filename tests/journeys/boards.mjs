// SPDX-License-Identifier: MulanPSL-2.0
// The days of the plenary at the office: twenty proposals are screened, docketed and handed out from the board by keys alone. Two clerks who take
// the same cards are told who was first; a card can be dragged; everything also goes without a script; on a phone a column stands alone.
// Under the rules of each place (HUOTANG_PRESET).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Actor, apiOf, openHouse, PROPOSAL, skip, tell } from "./lib/house.mjs";
import { Keys } from "./lib/keys.mjs";

const HOST = "市交通运输局", MANY = 20;
let house, members = [];

async function handIn(from, to) {
  for (let n = from; n < to; n++) {
    const member = members[n % members.length], { id } = await member("POST", "/proposals", { ...PROPOSAL(n), consent: "yes" });
    await member("POST", `/proposals/${id}/submit`, { confirmed: true, version: (await member("GET", `/proposals/${id}`)).version });
  }
}

before(async () => {
  if (skip) return;
  house = await openHouse();
  members = ["m001", "m002", "m003", "m004"].map(login => apiOf(house, login));
  await handIn(0, MANY);
});
after(async () => house?.close());

// From the first card of where one stands: ticks so many, going down.
async function tickDown(keys, count) {
  for (let n = 0; n < count; n++) {
    await keys.key("Space");
    if (n + 1 < count) await keys.key("ArrowDown");
  }
  await keys.sees(`${count} 件已选`);
}

// A letter that leads to another page.
async function letter(keys, key) {
  await Promise.all([keys.page.waitForEvent("framenavigated", { predicate: frame => frame === keys.page.mainFrame() }), keys.key(key)]);
  await keys.page.waitForLoadState();
}

const columnOf = (actor, label) => actor.page.locator(".bcol").filter({ has: actor.page.getByRole("heading", { name: new RegExp("^" + label) }) });
const cards = (actor, label) => columnOf(actor, label).locator("[data-card]");

test("twenty by keys alone: screened, docketed, handed out", { skip }, () => tell(house, async () => {
  const reviewer = await Keys.enter(house, "reviewer");
  await reviewer.press("审查看板", "navigation");
  assert.equal(await cards(reviewer.actor, "待审查").count(), MANY);
  await tickDown(reviewer, MANY);
  await letter(reviewer, "s");
  await reviewer.actor.sees(`已完成“预审通过”${MANY} 件`, "body");

  await tickDown(reviewer, MANY); // the only column with cards is where one stands
  await letter(reviewer, "l");
  await reviewer.sees(`立案：${MANY} 件`);
  await reviewer.choose("category", "城乡建设");
  await reviewer.choose("host_id", HOST);
  await reviewer.press("立案");
  await reviewer.actor.sees(`已完成“立案”${MANY} 件`, "body");
  assert.equal(await cards(reviewer.actor, "已立案").count(), MANY);
  await reviewer.key("?");
  await reviewer.sees("在卡片之间走");
  await reviewer.leave();

  const dispatcher = await Keys.enter(house, "dispatcher");
  await dispatcher.press("审查看板", "navigation");
  await tickDown(dispatcher, MANY);
  await letter(dispatcher, "j");
  await dispatcher.tick("own");
  await dispatcher.press("交办");
  await dispatcher.actor.sees(`已完成“交办”${MANY} 件`, "body");
  assert.equal(await cards(dispatcher.actor, "办理中").count(), MANY);
  await dispatcher.leave();
}));

test("a card that somebody reads says so, and who was first is named", { skip }, () => tell(house, async () => {
  await handIn(MANY, MANY + 3);
  const reviewer = await (await Actor.enter(house)).signIn("reviewer"), staff = await (await Actor.enter(house)).signIn("staff");
  await staff.go("/boards/review");
  await reviewer.go("/boards/review");
  const name = (await reviewer.text(".top")).match(/\S*\p{Script=Han}{2,4}(?= 长辈版)/u)?.[0];
  await reviewer.page.keyboard.press("ArrowDown");
  await reviewer.page.keyboard.press("Enter"); // opens it, and marks it
  await reviewer.page.waitForURL(/\/proposals\/\d+$/);
  await reviewer.go("/boards/review");
  await reviewer.sees("您在看");

  await staff.page.locator("[name=cases]").nth(1).check(); // as the board was before
  await staff.press("我来看");
  await staff.sees(new RegExp(`${name} \\d\\d:\\d\\d 起在看`));

  await staff.go("/boards/review");
  for (const at of [0, 1]) await staff.page.locator("[name=cases]").nth(at).check();
  await reviewer.page.locator("[name=cases]").nth(0).check();
  await reviewer.press("预审通过", ".bbar");
  await staff.press("预审通过", ".bbar");
  await staff.sees(new RegExp(`${name} \\d\\d:\\d\\d 做了“预审通过”`));
  await staff.sees("一件也没有做");
  assert.equal(await staff.page.locator("[name=cases]:checked").count(), 1); // what cannot be done is no longer ticked
  await staff.press("预审通过", "main form");
  assert.equal(await cards(staff, "预审通过").count(), 2);

  // dragged onto another column: the same step, which asks what it needs
  await cards(reviewer, "预审通过").first().dragTo(columnOf(reviewer, "退回修改"));
  await reviewer.page.waitForURL(/verb=revise/);
  await reviewer.sees("退回修改：1 件");
  await reviewer.leave();
  await staff.leave();
}));

test("without a script, and on a phone", { skip }, () => tell(house, async () => {
  await handIn(MANY + 3, MANY + 5);
  const clerk = await (await Actor.enter(house, { script: false })).signIn("reviewer");
  await clerk.go("/boards/review");
  for (const at of [0, 1]) await clerk.page.locator("[name=cases]").nth(at).check();
  await clerk.press("退回修改", "main .bbar");
  await clerk.fill({ opinion: "请补充预算来源。" });
  await clerk.press("退回修改", "main form");
  await clerk.sees("已完成“退回修改”2 件", "body");
  await clerk.leave();

  const phone = await (await Actor.enter(house, { width: 390 })).signIn("reviewer");
  await phone.go("/boards/review");
  await phone.press("办理中", ".btabs");
  assert.equal(await phone.page.locator(".bcol").count(), 1);
  assert.equal(await phone.page.locator("[data-card]").count(), MANY);
  assert.ok(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "no scrolling sideways");
  await phone.leave();
}));
