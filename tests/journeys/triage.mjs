// SPDX-License-Identifier: MulanPSL-2.0
// The desk of letters: two hundred letters from a list are sorted by keys alone, one each; copies of one text are one line that is
// dismissed at once and can be taken back; what leads to a person is hidden; the same without a script and on a phone.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Actor, apiOf, openHouse, skip } from "./lib/house.mjs";

const MANY = 200, COPIES = 40, MINUTES = 20;
const PLACES = ["凤翔街道", "忙畔街道", "博尚镇", "南美乡", "蚂蚁堆乡", "章驮乡", "圈内乡", "马台乡"];
const MATTERS = [
  ["路灯坏了", "晚上走路看不见，孩子放学不安全"], ["自来水停了", "三天没有水，只能去河边挑水"], ["垃圾没有人清", "夏天很臭，苍蝇很多"],
  ["公交车改了线", "老人看病要走两里路"], ["工钱没有给", "年前就说给，到现在也没有"], ["低保没有批", "材料交了三次，没有回音"],
  ["茶叶收购压价", "秤也不准，茶农吃亏"], ["学校门口堵车", "早上七点半过不去"], ["卫生室没有药", "感冒药都要到县城买"], ["夜里施工吵", "十二点还在打桩"],
];
let house, staff;

before(async () => {
  if (skip) return;
  house = await openHouse();
  staff = apiOf(house, "staff");
  const rows = ["编号,标题,内容"];
  for (let n = 0; n < MANY; n++) {
    const [what, how] = MATTERS[n % MATTERS.length], place = PLACES[Math.floor(n / MATTERS.length) % PLACES.length];
    rows.push(`a${n},,${place}${n}组的${what}，${how}，第${n * 7 % 61}户到第${n * 13 % 83}户都一样。我是${n % 97}号门，等${n % 31}天了`);
  }
  for (let n = 0; n < COPIES; n++) rows.push(`b${n},,加微信群买便宜的手机和手表，保证是真的，一件也送货上门，名额只有今天${n}`);
  rows.push("c0,,我叫李四，电话13808831234，自来水管爆了没人修");
  const list = join(house.data, "letters.csv");
  writeFileSync(list, rows.join("\n"));
  house.run("import", "letters", list);
});
after(async () => house?.close());

const waiting = async () => (await staff("GET", "/letters/desk")).waiting;

test("copies of one text are one line, dismissed at once and taken back", { skip }, async () => {
  const line = (await staff("GET", "/letters/desk")).many[0];
  assert.equal(line?.copies, COPIES, "copies stand in one line");
  const clerk = await (await Actor.enter(house)).signIn("staff"), before = await waiting();
  await clerk.go(`/letters/desk?id=${line.id}`);
  await clerk.page.keyboard.press("d");
  await clerk.page.getByLabel(/全部不办理/).check();
  await clerk.page.getByRole("button", { name: "广告或者乱写" }).click();
  await clerk.page.getByText("秒后开始告知来信人").waitFor();
  await clerk.page.waitForLoadState(); // the keys are the script's
  assert.equal(await waiting(), before - line.copies);
  await clerk.page.keyboard.press("u");
  await clerk.page.getByText("已撤销").waitFor();
  assert.equal(await waiting(), before);
});

test("two hundred letters by keys alone", { skip }, async t => {
  const clerk = await (await Actor.enter(house)).signIn("staff"), begin = Date.now();
  await clerk.go("/letters/desk");
  let keys = 0;
  for (; keys < MANY; keys++) {
    const key = String(1 + keys % 9);
    await Promise.all([clerk.page.waitForEvent("framenavigated"), clerk.page.keyboard.press(key)]);
    await clerk.page.waitForLoadState();
  }
  const seconds = Math.round((Date.now() - begin) / 1000);
  t.diagnostic(`${MANY} letters: ${keys} keys, ${seconds} seconds of the machine`);
  const sorted = (await staff("GET", "/letters?state=triaged&limit=1")).total;
  assert.ok(sorted >= MANY, `${sorted} are sorted`);
  assert.ok(seconds < MINUTES * 60);
});

test("without a script, on a phone: who wrote it is hidden, a category by a tap", { skip }, async () => {
  const { items } = await staff("GET", "/letters?q=自来水管爆了没人修&limit=1");
  const clerk = await (await Actor.enter(house, { script: false, width: 390 })).signIn("staff");
  await clerk.go(`/letters/desk?id=${items[0].id}`);
  await clerk.page.locator("mark", { hasText: "李四" }).waitFor();
  assert.match(await clerk.page.locator("textarea[name=masked_body]").inputValue(), /姓名略.*电话略/);
  await clerk.page.locator("button[name=category]").first().click();
  assert.match((await staff("GET", `/letters/${items[0].id}`)).masked_body, /姓名略.*电话略/);
});
