// SPDX-License-Identifier: MulanPSL-2.0
// The book of a whole session: staff choose the session on a page, the house prints all its cases with their answers while they wait, they
// fetch it and open it: every case that may be read is in it on the page that the contents name, one that is not to be published with its
// title only. Then the office's own copy for Word, without a script. On the engines in turn (HUOTANG_TEST_DB), under the
// rules of each place (HUOTANG_PRESET).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { act, castOf } from "./lib/cast.mjs";
import { Actor, openHouse, skip, tell } from "./lib/house.mjs";
import { packedParts } from "./lib/packed.mjs";

const HOST = "市交通运输局", COUNT = 8, PRIVATE = 7, WORD = "只有提案人自己知道的缘由";
const title = n => `关于在第${n}街区增设公交停靠点的提案`;
let house, folder, cast;

before(async () => {
  if (skip) return;
  house = await openHouse();
  folder = mkdtempSync(join(tmpdir(), "compilation-"));
  cast = await castOf(house, HOST);
  const text = n => ({ title: title(n), situation: `第${n}街区离最近的停靠点一公里。${n === PRIVATE ? WORD : ""}`, analysis: "规划时这里还没有住户。",
    suggestions: ["增设停靠点。", "雨棚同步建好。"], ...(n === PRIVATE ? { consent: "no", consent_reason: "涉及家事。" } : { consent: "yes" }) });
  const parts = [];
  for (let n = 1; n <= COUNT; n++) parts.push((await cast.handOut(n, { text: text(n) })).part);
  await act(cast.clerk, parts[0], "accept");
  await cast.answered(parts[0], { results: ["adopted", "adopted"], answers: ["停靠点七月建成。", "雨棚一并建好。"] });
});
after(async () => { await house?.close(); if (folder) rmSync(folder, { recursive: true }); });

// The book behind the first link of that name.
async function fetched(actor, label, name) {
  const link = actor.page.getByRole("link", { name: label }).first();
  await link.waitFor({ timeout: 60000 });
  const answer = await actor.context.request.get(house.url + await link.getAttribute("href"));
  assert.equal(answer.status(), 200);
  writeFileSync(join(folder, name), await answer.body());
  return join(folder, name);
}

test("a whole session as PDF, opened and read", { skip }, () => tell(house, async () => {
  const staff = await (await Actor.enter(house)).signIn("staff");
  await staff.go("/compendium");
  await staff.sees("还没有");
  await staff.fill({ ordering: "按案号", format: "PDF" });
  await staff.press("开始制作");
  await staff.sees("已开始制作", "body");
  const file = await fetched(staff, /下载\s*PDF/, "book.pdf"); // the page tells by itself when it is done
  const pages = execFileSync("pdftotext", ["-layout", file, "-"]).toString().replaceAll(" ", "").split("\f");
  assert.ok(pages[0].includes("提案汇编"), pages[0]);
  const contents = pages.findIndex(page => page.includes("目录")), body = pages.findIndex((page, at) => at > contents && /—1—/.test(page));
  assert.equal(body % 2, 0, "the body begins on a right-hand page");
  for (let n = 1; n <= COUNT; n++) {
    const line = pages.slice(contents, body).join("\n").split("\n").find(one => one.includes(title(n)));
    const page = Number(/\.{3,}(\d+)$/.exec(line)[1]);
    assert.ok(pages[body + page - 1].includes(title(n)), `${title(n)} on page ${page}`);
  }
  const whole = pages.join("");
  for (const words of ["停靠点七月建成", "承办单位索引", "提案者索引", "第3街区离最近的停靠点一公里", "只刊登案由"]) assert.ok(whole.includes(words), words);
  assert.ok(!whole.includes(WORD) && !whole.includes("满意"), "what is private, and verdicts, are not in it");
  await staff.leave();
}));

test("the office's own copy for Word, without a script", { skip }, () => tell(house, async () => {
  const reviewer = await (await Actor.enter(house, { script: false, width: 390 })).signIn("reviewer");
  await reviewer.go("/compendium");
  await reviewer.fill({ ordering: "按承办单位", format: "Word", internal: true });
  await reviewer.press("开始制作");
  const made = reviewer.page.getByRole("link", { name: /下载\s*Word/ }); // who has no script loads the page again
  for (const end = Date.now() + 60000; await made.count() === 0 && Date.now() < end; await reviewer.page.waitForTimeout(500)) await reviewer.go("/compendium");
  const file = await fetched(reviewer, /下载\s*Word/, "book.docx");
  const text = new Map(packedParts(readFileSync(file))).get("word/document.xml");
  assert.ok(text.includes(WORD) && text.includes("供机关内部使用") && text.includes(`>${HOST}<`));
  await reviewer.leave();
  await assert.rejects(cast.member("GET", "/compendium"), /403/);
}));
