// SPDX-License-Identifier: MulanPSL-2.0
// A letter's road to its answer: written on a phone, sorted, handed to a department, which never reads who wrote; answered, not solved, answered
// again, solved. Another one is not solved twice and becomes an opinion.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act } from "./lib/cast.mjs";
import { Actor, apiOf, openHouse, skip, staffOf, tell } from "./lib/house.mjs";

const PHOTO = { name: "IMG_0001.png", mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC", "base64") };
const HOST = "市城市管理局", names = staffOf(HOST), NAME = "杨阿婆", PHONE = "13800005678";
let house;

before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

async function written(body, photos) {
  const sender = await Actor.enter(house, { width: 390 });
  await sender.go("/letters/new");
  await sender.page.getByText("留个联系方式").click();
  await sender.fill({ body: `${body}我是${NAME}，电话${PHONE}。`, name: NAME, phone: PHONE, consent: true, ...(photos && { photos }) });
  await sender.press("交上去", "main form");
  await sender.sees("请记下回执码");
  return { sender, digits: await sender.page.getAttribute("[data-receipt]", "data-receipt") };
}

async function follow(sender, digits) {
  await sender.go("/letters/follow");
  await sender.fill({ receipt: digits });
  await sender.press("查看", "main form");
}

async function judge({ sender, digits }, verdict, text) {
  await follow(sender, digits);
  await sender.fill({ verdict, ...(text && { text }) });
  await sender.press("交评价", "main form");
  await sender.sees("谢谢您的评价");
}

async function handedOut(title) {
  const staff = await (await Actor.enter(house)).signIn("staff");
  await staff.go("/letters");
  await staff.press(title);
  await staff.press("分拣", ".act");
  await staff.fill({ category: "道路和城乡建设" });
  await staff.press("分拣", "main form");
  await staff.press("交单位办理", ".act");
  assert.ok(!(await staff.page.inputValue("[name=masked_body]")).includes(PHONE));
  await staff.fill({ host_id: HOST });
  const photos = staff.page.locator("main form [name=photos]"); // none goes along but what is chosen
  if (await photos.count()) assert.equal(await photos.first().isChecked(), false), await photos.first().check();
  await staff.press("交办", "main form");
  await staff.sees("交办中");
  return staff;
}

async function answered(title, text, photos = 0) {
  const clerk = await (await Actor.enter(house, { width: 390 })).signIn(names.operator);
  await clerk.go("/assignments");
  await clerk.press(title);
  await clerk.seesNot(new RegExp(`${NAME}|${PHONE}`));
  await clerk.page.waitForFunction(many => [...document.querySelectorAll(".photos img")].filter(one => one.naturalWidth).length === many, photos);
  if (/待签收/.test(await clerk.text())) await clerk.press("签收", ".act");
  const place = new URL(clerk.page.url()).pathname;
  await act(apiOf(house, names.operator), place, "reply", { opening: "您反映的情况收到了。", results: ["adopted"], answers: [text], closing: "谢谢您。", operator: "王工", phone: "0883-2123456" });
  const head = await (await Actor.enter(house)).signIn(names.leader);
  await head.go(`${place}/sign`);
  await head.fill({ signer: "李局长" });
  await head.press("签发", "main form");
  for (const one of [clerk, head]) await one.leave();
}

test("not solved once, then solved", { skip }, () => tell(house, async () => {
  const letter = await written("背街的路灯坏了三盏。", PHOTO);
  const staff = await handedOut("背街的路灯坏了三盏");
  await answered("背街的路灯坏了三盏", "已经修好。", 1);
  await judge(letter, "没有解决", "还是不亮。");
  await answered("背街的路灯坏了三盏", "这次换了线路。", 1);
  await follow(letter.sender, letter.digits);
  await letter.sender.sees("这次换了线路。");
  await judge(letter, "解决了");
  await staff.leave();
  await letter.sender.leave();
}));

test("not solved twice it becomes an opinion", { skip }, () => tell(house, async () => {
  const letter = await written("河边的护栏断了一截。");
  const staff = await handedOut("河边的护栏断了一截");
  for (const text of ["已经看过。", "已经上报。"]) {
    await answered("河边的护栏断了一截", text);
    await judge(letter, "没有解决", "没有人来修。");
  }
  await staff.go("/letters");
  await staff.press("河边的护栏断了一截");
  await staff.press("转社情民意", ".act");
  await staff.fill({ title: "河边护栏无人管养", analysis: "管养单位不明。", suggestions: "明确一个单位负责。" });
  await staff.press("报送", "main form");
  await staff.sees("转成的社情民意");
  const editor = await (await Actor.enter(house)).signIn("editor");
  await editor.go("/opinions/desk");
  await editor.sees("河边护栏无人管养");
  await editor.press("河边护栏无人管养");
  await editor.seesNot(new RegExp(`${NAME}|${PHONE}`));
  for (const one of [staff, editor, letter.sender]) await one.leave();
}));
