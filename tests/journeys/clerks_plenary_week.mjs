// SPDX-License-Identifier: MulanPSL-2.0
// The clerk's plenary week (issue 5): the session is prepared and announced to all members, who are divided into groups; speeches are called for, chosen and
// put in order; at the door the gate's list is ticked, who did not come is put down by hand; the quorum is reckoned and printed; what was settled is in the ledger.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act } from "./lib/cast.mjs";
import { misfits } from "./lib/crawl.mjs";
import { Actor, apiOf, openHouse, skip, tell, today } from "./lib/house.mjs";

const TITLE = "七届一次全体会议预备会", CALL = "为高质量发展建言", GROUPS = 4, LATECOMERS = 3;
const SPEECHES = { m001: "把茶产业链补完整", m002: "让山区孩子就近上学", m003: "老街改造要留住人" };
let house;
before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

const number = path => Number(path.split("/").at(-1));
const fits = async actor => assert.deepEqual(await misfits(actor.page, ""), [], actor.path());

async function announced(clerk) {
  await clerk.go("/meetings/new");
  await clerk.fill({ kind: "全体会议", title: TITLE, organiser: "办公室", from_on: today(), from_half: "上午", to_half: "上午", hour: "9:00", place: "大礼堂", attending: "必须参加", audience: ["全体委员"] });
  await clerk.press("保存", "main form");
  await clerk.sees("将通知的人");
  await fits(clerk);
  await clerk.press("发会议通知", ".act");
  await clerk.sees(/待确认 \d+ 人/);
  return clerk.path();
}

// Groups of sizes that differ by one at most, and everybody in one of them.
async function grouped(clerk, staff, meeting, all) {
  await clerk.go("/schemes/new");
  await clerk.fill({ meeting: TITLE, kind: "按界别", groups: String(GROUPS), title: "界别分组讨论" });
  await clerk.press(/保存|分组/, "main form");
  await fits(clerk);
  const scheme = clerk.path(), sizes = (await staff("GET", scheme)).partition.map(one => one.people.length);
  assert.equal(sizes.length, GROUPS);
  assert.equal(sizes.reduce((sum, one) => sum + one, 0), all);
  assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join(" "));
  await clerk.press("公布分组", ".act");
  await clerk.sees("已公布");
}

async function called(clerk) {
  await clerk.go("/speech_calls/new");
  await clerk.fill({ meeting: TITLE, title: CALL, text: "一事一议。", until_on: today() });
  await clerk.press("保存", "main form");
  await clerk.press("发布征集", ".act");
  await clerk.sees("征集中");
  return clerk.path();
}

async function chosen(clerk, call) {
  const [first, second, third] = Object.values(SPEECHES);
  for (const [title, verb] of [[first, "定为口头发言"], [second, "定为口头发言"], [third, "定为书面发言"]]) {
    await clerk.go(call);
    await clerk.press(title);
    await clerk.press(verb, ".act");
  }
  await clerk.go(call);
  await fits(clerk);
  // Who was chosen second speaks first; numbers are then 1 and 2.
  const rows = clerk.page.locator("main tbody tr");
  await rows.filter({ hasText: first }).locator("[name=places]").fill("9");
  await rows.filter({ hasText: second }).locator("[name=places]").fill("3");
  await clerk.press("保存顺序");
  assert.deepEqual(await rows.locator("th a").allInnerTexts(), [second, first]);
  assert.deepEqual(await rows.locator("[name=places]").evaluateAll(all => all.map(one => one.value)), ["1", "2"]);
}

// All but the last few come by the list of another device, one is ticked here; who did not come is put down as absent.
async function attended(clerk, staff, meeting, invitees) {
  const [ticked, ...rest] = invitees, late = rest.slice(-LATECOMERS), came = rest.slice(0, -LATECOMERS);
  const half = await gateHalf(clerk, meeting);
  await staff("POST", `${meeting}/gate`, { half, invitees: came.map(one => one.id), came: came.map(() => "") });
  await clerk.go(`${meeting}/gate`);
  await fits(clerk);
  await clerk.page.locator(`main [name=invitees][value="${ticked.id}"]`).check();
  await clerk.page.waitForTimeout(300); // with the script the mark goes by itself
  await clerk.go(meeting);
  await clerk.press("已召开，登记出席", ".act");
  await clerk.press("按签到登记", ".act");
  await clerk.go(`${meeting}/attendance?show=open`);
  await fits(clerk);
  const lines = clerk.page.locator("main [name=results]");
  assert.equal(await lines.count(), LATECOMERS);
  for (let at = 0; at < LATECOMERS; at++) await lines.nth(at).selectOption({ label: "缺席" });
  await clerk.press("保存这一页");
  return { present: came.length + 1, absent: late.length };
}

async function gateHalf(clerk, meeting) {
  await clerk.go(`${meeting}/gate`);
  return clerk.page.inputValue("main [name=half]");
}

async function everything(api, path) {
  const all = [];
  for (let next = ""; ;) {
    const page = await api("GET", `${path}&limit=200${next && `&after=${encodeURIComponent(next)}`}`);
    all.push(...page.items);
    if (!(next = page.next)) return all;
  }
}

test("a plenary", { skip }, () => tell(house, async () => {
  const staff = apiOf(house, "staff"), clerk = await (await Actor.enter(house)).signIn("staff");
  const meeting = await announced(clerk), invitees = await everything(staff, `/invitees?meeting_id=${number(meeting)}`), all = invitees.length;
  await grouped(clerk, staff, meeting, all);
  const call = await called(clerk);
  for (const [login, title] of Object.entries(SPEECHES)) {
    const member = apiOf(house, login), { location } = await member("POST", `${call}/write`, { title, text: "建议先把底数摸清，再分步办。" });
    await act(member, location, "submit", {});
  }
  await chosen(clerk, call);
  const { present, absent } = await attended(clerk, staff, meeting, invitees);

  // Two thirds of all members, which is what the Charter asks of a plenary.
  await clerk.go(meeting);
  await clerk.press("结算出席", ".act");
  await clerk.sees(new RegExp(`应到 ${all} 人 实到 ${present} 人 请假 0 人 缺席 ${absent} 人`));
  await clerk.sees(new RegExp(`达到法定人数 全体委员 \\d+ 人，出席 ${present} 人，达到三分之二`));
  const [, whole] = /全体委员 (\d+) 人/.exec(await clerk.text());
  assert.ok(present * 3 >= whole * 2);
  await clerk.press("写会议纪要", ".act");
  await clerk.fill({ minutes: "会议通过了议程和日程。" });
  await clerk.press(/保存|写会议纪要/, "main form");
  for (const [kind, begin] of [["pdf", "%PDF-"], ["docx", "PK"]]) {
    const file = await clerk.context.request.get(`${house.url}${meeting}/${kind}`);
    assert.equal((await file.body()).subarray(0, begin.length).toString("latin1"), begin);
  }

  // On the day: one spoke, one could not; then the list is everybody's.
  const [first, second, third] = Object.values(SPEECHES);
  await clerk.go(call);
  await clerk.press("提前截止", ".act");
  await clerk.page.locator("main li").filter({ hasText: second }).getByRole("button", { name: "发言了" }).click();
  await clerk.sees("已发言");
  await clerk.go(call);
  await clerk.page.locator("main li").filter({ hasText: first }).getByRole("link", { name: "没有发言" }).click();
  await clerk.fill({ opinion: "时间不够。" });
  await clerk.press(/没发言|保存/, "main form");
  await clerk.go(call);
  await fits(clerk);
  await clerk.press("结算", ".act");
  await clerk.sees("已结算");

  // The ledger: a whole plenary for each who came, an absence for each who did not, and of speeches what was given or printed.
  const rows = await everything(staff, `/entries?happened_on_from=${today()}&happened_on_to=${today()}`), of = (kind, title) => rows.filter(one => one.kind === kind && (!title || one.title.includes(title))).length;
  assert.equal(of("plenary.whole", TITLE), present);
  assert.equal(of("plenary.absent", TITLE), absent);
  assert.deepEqual([of("speech.spoken", second), of("speech.spoken", first), of("speech.written", third), of("speech.written", first)], [1, 0, 1, 0]);
  await clerk.leave();
}));
