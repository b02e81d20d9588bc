// SPDX-License-Identifier: MulanPSL-2.0
// A member's year on a phone in the elders' mode (issue "the year"): the pledge, two notices of which one is confirmed and one ends in leave, an
// own claim with evidence, the report that begins with what the ledger has, and after the year is over the grade, the dossier on paper and an objection.
// What the office and the leaders do comes by the JSON API. Each page on the way fits the phone and the finger.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, later } from "./lib/cast.mjs";
import { misfits } from "./lib/crawl.mjs";
import { Actor, apiOf, openHouse, skip, tell, today } from "./lib/house.mjs";

const MEETING = "民生实事协商会", STUDY = "茶产业调研", CLAIM = "在社区讲消防安全", GROUNDS = "那天整天都在，不是迟到。";
const PHOTO = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC", "base64");
let house;
before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

const number = path => Number(path.split("/").at(-1));
const fits = async member => assert.deepEqual(await misfits(member.page, "elder"), [], member.path());

// Somebody who was asked for a pledge of this year and has not signed.
async function found(staff) {
  const { member_id, id, name } = (await staff("GET", "/pledges?state=asked&limit=200")).items[0];
  return { login: `m${String(member_id).padStart(3, "0")}`, member_id, name, pledge: `/pledges/${id}` };
}

const enter = async login => (await Actor.enter(house, { width: 390, mode: "elder" })).signIn(login);

// Six short texts; what is typed is kept before it is signed, his name makes it his.
async function pledges(member, who) {
  await member.go("/home");
  await member.press("签署承诺");
  await fits(member);
  const texts = await member.page.locator("main textarea").count();
  assert.equal(texts, 6);
  await member.fill({ texts: Array.from({ length: texts }, (_, at) => `第${at + 1}项我说到做到。`), welfares: "2" });
  await member.page.locator("[data-save][data-state=saved]").waitFor();
  await member.go(member.path());
  await member.sees("上次写的还没有签署");
  assert.equal(await member.page.inputValue("[name=texts] >> nth=5"), "第6项我说到做到。");
  await member.fill({ signature: "李四" });
  await member.press("签署", "main form");
  await member.sees("签名和您的姓名不一样", "body");
  await fits(member);
  await member.fill({ signature: who.name });
  await member.press("签署", "main form");
  await member.sees("已签署");
  await fits(member);
}

async function invited(staff, who, kind, title, days) {
  const { location } = await staff("POST", "/meetings", { kind, title, organiser: "office", attending: "mandatory", from_on: later(days), from_half: "morning", to_half: "morning", place: "三楼会议室", audience: [`member:${who.member_id}`] });
  await act(staff, location, "notify", {});
  return location;
}

async function answers(member) {
  await member.go("/home");
  await member.press("确认参加");
  await fits(member);
  await member.press("确认参加", ".act");
  await member.sees("参加");
  await member.go("/meetings");
  await member.press(STUDY);
  await member.press("请假", ".act");
  await fits(member);
  await member.fill({ kind: "生病", reason: "在医院复查。" });
  await member.press("请假", "main form");
  await member.sees("请假申请");
}

// The day came: he was late, as the office puts it down, which is what he objects to later.
async function held(staff, location) {
  await act(staff, location, "hold", {});
  const line = (await staff("GET", `/invitees?meeting_id=${number(location)}`)).items[0].id;
  await staff("POST", `${location}/attendance`, { invitees: [line], versions: [String((await staff("GET", `/invitees/${line}`)).version)], results: ["late"], halves: [""] });
  await act(staff, location, "settle", {});
}

async function claims(member, staff) {
  await member.go("/claims");
  await member.press("报一件");
  await member.fill({ kind: "讲座、宣讲、授课", happened_on: today(), title: CLAIM, evidence: { name: "照片.png", mimeType: "image/png", buffer: PHOTO } });
  await fits(member);
  await member.press("提交", "main form");
  await member.sees(CLAIM);
  await member.sees("照片");
  await fits(member);
  await act(staff, member.path(), "approve", {});
}

// The report begins with what the ledger has: what he came to, what was accepted, what he pledged.
async function reports(member, staff, who) {
  await staff("POST", "/statement_calls", { title: "委员述职", audience: [`member:${who.member_id}`], form: "written", due_on: later(9) });
  await member.go("/home");
  await member.press("去提交");
  await fits(member);
  const draft = await member.page.inputValue("[name=body]");
  for (const part of ["参加会议 1", CLAIM, "第6项我说到做到。", "不足", "打算"]) assert.ok(draft.includes(part), `${part} is not in: ${draft}`);
  await member.fill({ body: `${draft}\n${"还要多到乡下去，把路和水的事弄清楚。".repeat(6)}` });
  await member.page.locator("[data-save][data-state=saved]").waitFor();
  await member.press("提交", "main form");
  await member.sees("已经提交");
  await fits(member);
}

// The year is over: the office proposes what the rules make of it, the leader decides, everybody is told his own.
async function graded(staff, leader, on_on) {
  const { id } = (await staff("GET", "/assessments?state=opened")).items[0], assessment = `/assessments/${id}`;
  await staff("POST", `${assessment}/retake`, { version: (await staff("GET", assessment)).version });
  await act(staff, assessment, "propose", {});
  await act(leader, assessment, "approve", { organ: "chairs", meeting: "第三十次主席会议", on_on });
  await act(staff, assessment, "notify", {});
  return (await staff("GET", `${assessment}?limit=500`)).year;
}

// Years gone by are folded.
async function unfoldYears(member) {
  for (const year of await member.page.locator("summary", { hasText: "看这一年的记录" }).all()) await year.click();
}

async function looksBack(member, year, grade) {
  await member.go("/assessments/mine");
  await member.sees(new RegExp(`${year} 年度 ${grade}`));
  await member.sees("第三十次主席会议");
  await fits(member);
  await member.go("/dossiers/mine");
  await unfoldYears(member);
  await member.sees(CLAIM);
  await fits(member);
  await member.press("生成 PDF");
  await member.sees(/核验码 (\d{4} ?){5}/);
  const [, digits] = /核验码 ((?:\d{4} ?){5})/.exec(await member.text());
  const href = await member.page.getByRole("link", { name: /^下载/ }).first().getAttribute("href");
  const pdf = await member.context.request.get(house.url + href);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
  const anyone = await Actor.enter(house, { width: 390 });
  await anyone.go(`/dossiers/check?code=${digits.replace(/ /g, "")}`);
  await anyone.sees("这份文件是.*政协出具的");
  await anyone.leave();
}

async function objects(member, staff) {
  await member.go("/dossiers/mine");
  await unfoldYears(member);
  await member.page.locator("main li").filter({ hasText: MEETING }).getByRole("link", { name: /更正/ }).first().click();
  await fits(member);
  await member.fill({ text: GROUNDS });
  await member.press("提交申请", "main form");
  await member.sees(GROUNDS);
  await fits(member);
  const appeal = member.path();
  await act(staff, appeal, "explain", { opinion: "签到表上是九点四十到的。" });
  await member.go(appeal);
  await member.sees("签到表上是九点四十到的");
}

test("a member's year", { skip }, () => tell(house, async () => {
  const staff = apiOf(house, "staff"), leader = apiOf(house, "leader"), who = await found(staff);
  let member = await enter(who.login);
  await pledges(member, who);
  const meeting = await invited(staff, who, "consultation", MEETING, 0);
  await answers(member, await invited(staff, who, "research", STUDY, 5));
  await held(staff, meeting);
  await claims(member, staff);
  await reports(member, staff, who);
  await member.leave();
  const decided = `${new Date().getFullYear() + 1}-01-08`;
  await house.ahead((Date.parse(decided) - Date.parse(today())) / 864e5);
  const year = await graded(staff, leader, decided);
  const grade = (await apiOf(house, who.login)("GET", "/assessments/mine")).items[0];
  member = await enter(who.login);
  await looksBack(member, year, grade.grade);
  await objects(member, staff);
  await member.leave();
}));
