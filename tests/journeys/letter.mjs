// SPDX-License-Identifier: MulanPSL-2.0
// A letter (来信) from a phone, without a log-in: the place step by step, the form, the receipt; the office asks back and answers; the sender
// reads that with his 20 digits and judges. With a script and without; and with a net that goes while he writes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Actor, openHouse, skip, tell } from "./lib/house.mjs";

const BODY = "村口的路灯坏了三个月。晚上老人出门看不见，摔了两个人，希望尽快修好。", TITLE = "村口的路灯坏了三个月";
const PHOTO = { name: "IMG_0001.png", mimeType: "image/png", buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC", "base64") };
let house;

before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

const digitsOf = actor => actor.page.getAttribute("[data-receipt]", "data-receipt");

async function follow(actor, digits) {
  await actor.go("/letters/follow");
  await actor.fill({ receipt: digits.replace(/(\d{4})(?=\d)/g, "$1 ") });
  await actor.press("查看", "main form");
}

// Whether the telephone keeps no letter any more (ui/js/mailbox.js); in the page, where the receipt's script forgets it.
const emptied = () => new Promise((done, fail) => {
  const asked = indexedDB.open("huotang.mailbox", 1);
  asked.onerror = fail;
  asked.onsuccess = () => {
    const got = asked.result.transaction("letters").objectStore("letters").count();
    got.onsuccess = () => { asked.result.close(); done(got.result === 0); };
  };
});

const HERE = { geolocation: { latitude: 23.884235, longitude: 100.08612, accuracy: 11.2 }, permissions: ["geolocation"] };
for (const script of [true, false]) {
  test(`written, asked back, answered and judged ${script ? "with" : "without"} a script`, { skip }, () => tell(house, async () => {
    const sender = await Actor.enter(house, { width: 390, script, ...HERE });
    await sender.go("/");
    await sender.press("我有话说");
    await sender.press("说不清地方，直接写"); // the city's own: its staff is at hand here
    await sender.fill({ body: BODY, place: "三组晒场旁边", photos: PHOTO });
    await sender.page.getByText("加上定位").click();
    if (script) { // nobody is asked where he is before he presses
      await sender.page.getByRole("button", { name: "用手机定位" }).click();
      await sender.sees("误差大约 12 米");
      assert.equal(await sender.page.inputValue("[name=point]"), "23.88424,100.08612");
    } else await sender.fill({ point: "100.08612，23.884235" });
    await sender.press("交上去", "main form");
    await sender.sees("请记下回执码");
    const digits = await digitsOf(sender);
    assert.match(digits, /^\d{20}$/);

    const staff = await (await Actor.enter(house)).signIn("staff");
    await staff.go("/letters");
    await staff.press(TITLE);
    if (!script) await staff.sees("没有自动校验");
    await staff.sees("照片里的拍摄地点");
    await staff.sees("23.88424,100.08612");
    await staff.sees(script ? "手机测的" : "自己填的");
    await staff.press("追问来信人", ".act");
    await staff.fill({ opinion: "请问是哪一盏灯？" });
    await staff.press("追问来信人", "main form");

    await follow(sender, digits);
    await sender.sees("请问是哪一盏灯？");
    await sender.fill({ text: "水井旁边那一盏。" });
    await sender.press("补充", "main form");
    await sender.sees("您说的已经加上了");

    await staff.go("/letters");
    await staff.press(TITLE);
    await staff.sees("水井旁边那一盏。");
    await staff.press("分拣", ".act");
    await staff.fill({ category: "道路和城乡建设" });
    await staff.press("分拣", "main form");
    await staff.press("直接答复", ".act");
    await staff.fill({ opinion: "已经修好，请您看看。" });
    await staff.press("直接答复", "main form");

    await follow(sender, digits);
    await sender.sees("已经修好，请您看看。");
    await sender.fill({ verdict: "解决了" });
    await sender.press("交评价", "main form");
    await sender.sees("谢谢您的评价");
    await staff.go("/letters");
    await staff.press(TITLE);
    await staff.press("办结", ".act");
    await staff.sees("已解决");
    await staff.leave();
    await sender.leave();
  }));
}

test("a place of a county goes to the county", { skip }, () => tell(house, async () => {
  const sender = await Actor.enter(house, { width: 390 });
  await sender.go("/letters/place");
  await sender.press("云县");
  await sender.press("就写到“云县”");
  await sender.sees("由云县政协收");
  await sender.fill({ body: "大桥上的护栏断了一截，学生天天从那里过。" });
  await sender.press("交上去", "main form");
  await sender.sees("云县政协会在");
  const staff = await (await Actor.enter(house)).signIn("staff");
  await staff.go("/letters");
  await staff.seesNot(/护栏/);
  await staff.leave();
  await sender.leave();
}));

test("without a net it waits on the phone and arrives once", { skip }, () => tell(house, async () => {
  const text = "山上的水管冻裂了，三十户人家没有水用。", sender = await Actor.enter(house, { width: 390, ...HERE });
  await sender.go("/letters/new");
  await sender.fill({ body: text, photos: PHOTO });
  await sender.page.getByText("加上定位").click();
  await sender.page.getByRole("button", { name: "用手机定位" }).click();
  await sender.sees("误差大约");
  await sender.unplug();
  await sender.page.getByRole("button", { name: "交上去" }).click();
  await sender.page.getByText("现在没有网，还没有交上去").waitFor();
  await sender.page.waitForTimeout(300);
  const arrived = sender.page.waitForSelector("[data-receipt]", { timeout: 20000 });
  await sender.context.setOffline(false); // the browser says that there is one again
  await arrived;
  const digits = await digitsOf(sender);
  await sender.page.waitForFunction(emptied, null, { polling: 50 });
  await sender.go("/letters/new"); // what the house has is kept here no longer
  await sender.page.waitForTimeout(300);
  assert.equal(await sender.page.inputValue("[name=body]"), "");
  await follow(sender, digits);
  await sender.sees("山上的水管冻裂了");
  const staff = await (await Actor.enter(house)).signIn("staff");
  await staff.go("/letters");
  assert.equal((await staff.text()).split("山上的水管冻裂了").length - 1, 1);
  await staff.press("山上的水管冻裂了");
  await staff.sees("照片里的拍摄地点");
  await staff.sees("手机测的");
  await staff.leave();
  await sender.leave();
}));
