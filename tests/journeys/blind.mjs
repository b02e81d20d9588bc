// SPDX-License-Identifier: MulanPSL-2.0
// The verdict is blind: a member says on a phone that he is not satisfied. Whatever the department's two people open after that (page, search, JSON,
// list as CSV and workbook, letter as PDF and Word, stream of events) says what it said before, to the letter; the office reads the verdict. Of a case
// that is closed they read that it is, not what was said. Over all routes and roles: tests/security/blind_test.c. Under the
// rules of each place (HUOTANG_PRESET).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { castOf } from "./lib/cast.mjs";
import { Actor, openHouse, skip, staffOf, tell } from "./lib/house.mjs";
import { packedParts } from "./lib/packed.mjs";

const HOST = "市交通运输局", names = staffOf(HOST), BAD = "答复只说打算，不说时间。", GOOD = "路口当月就改好了。";
const VERDICT = { visit: "走访过", manner: "基本满意", hearing: "当面", relevance: "基本针对" };
let house, bad, good;

before(async () => {
  if (skip) return;
  house = await openHouse();
  const cast = await castOf(house, HOST);
  bad = await cast.accepted(1);
  good = await cast.accepted(2);
  for (const { part } of [bad, good]) await cast.answered(part);
});
after(async () => house?.close());

// An answer as its reader has it before his eyes: no tokens, no hour of making.
function words(type, bytes) {
  if (type.includes("pdf")) return execFileSync("pdftotext", ["-layout", "-", "-"], { input: bytes }).toString();
  if (bytes.subarray(0, 2).toString() === "PK") return packedParts(bytes).filter(([name]) => !name.startsWith("docProps/")).flat().join("\n");
  return type.includes("html") ? bytes.toString().replace(/<script[^]*?<\/script>/g, "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ") : bytes.toString();
}

async function reads(actor) {
  const seen = {};
  for (const one of [bad, good])
    for (const path of [one.part, one.proposal, `${one.part}/evaluate`, `${one.part}/pdf`, `${one.part}/docx`, `/api/v1${one.part}`, `/api/v1${one.proposal}`]) seen[path] = "";
  for (const path of ["/home", "/inbox", "/assignments", "/assignments?satisfaction=dissatisfied", "/assignments/feedback", "/evaluations", "/promises", "/search?q=停车场"]) seen[path] = seen[`/api/v1${path}`] = "";
  for (const path of ["/assignments.csv", "/assignments.xlsx", "/evaluations.csv"]) seen[path] = "";
  for (const path of Object.keys(seen)) {
    const answer = await actor.context.request.get(house.url + path, { maxRedirects: 0 });
    seen[path] = answer.status() === 200 ? words(answer.headers()["content-type"], await answer.body()) : String(answer.status());
  }
  return seen;
}

// Hears all events from now on.
const listen = actor => actor.page.evaluate(() => {
  window.heard = "";
  fetch("/events", { headers: { accept: "text/event-stream" } }).then(async answer => {
    const stream = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    window.heard += `${answer.status} `;
    for (let next = await stream.read(); !next.done; next = await stream.read()) window.heard += next.value;
  });
});

async function judge({ proposal }, verdict, text) {
  const member = await (await Actor.enter(house, { width: 390 })).signIn("m001");
  await member.go(proposal);
  await member.press(/评价/, ".act");
  await member.fill({ ...VERDICT, handling: verdict, result: verdict, text });
  await member.press("提交评价");
  await member.sees(text);
  await member.leave();
}

test("nothing tells the department what the member said", { skip }, () => tell(house, async () => {
  const people = [];
  for (const login of [names.operator, names.leader]) people.push(await (await Actor.enter(house)).signIn(login));
  const earlier = [];
  for (const one of people) earlier.push(await reads(one));
  for (const kind of ["/pdf", "/docx"]) assert.match(earlier[0][bad.part + kind], /何秋/); // the readers do read
  assert.match(earlier[0]["/assignments.xlsx"], /停车场/);
  for (const one of people) await listen(one);
  await people[0].page.waitForFunction(() => window.heard.startsWith("200"));
  const before = await Promise.all(people.map(one => one.page.evaluate(() => window.heard)));

  await judge(bad, "不满意", BAD);
  await people[0].page.waitForTimeout(1500); // an event would be there
  for (const [at, one] of people.entries()) {
    const now = await reads(one);
    for (const [path, text] of Object.entries(now)) {
      assert.equal(text, earlier[at][path], `${one.name} ${path}`);
      assert.ok(!text.includes(BAD), `${one.name} ${path}`);
    }
    const heard = (await one.page.evaluate(() => window.heard)).slice(before[at].length).replace(/^:.*$/gm, "").trim();
    assert.equal(heard, "", one.name);
  }
  const reviewer = await (await Actor.enter(house)).signIn("reviewer");
  await reviewer.go(bad.proposal);
  await reviewer.sees(BAD);
  for (const one of [...people, reviewer]) await one.leave();
}));

test("closed, the department reads that it is, and sums of five at least", { skip }, () => tell(house, async () => {
  await judge(good, "满意", GOOD);
  const clerk = await (await Actor.enter(house)).signIn(names.operator);
  await clerk.go(good.proposal);
  await clerk.sees("已办结");
  for (const [path, text] of Object.entries(await reads(clerk))) for (const said of [GOOD, BAD]) assert.ok(!text.includes(said), path);
  const { given } = await (await clerk.context.request.get(house.url + "/api/v1/assignments/feedback")).json();
  assert.equal(given, 0);
  await clerk.leave();
}));
