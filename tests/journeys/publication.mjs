// SPDX-License-Identifier: MulanPSL-2.0
// Publication with and without consent: what its proposer agrees to is prepared at docketing, read by the publisher beside the
// original and published; a citizen on a phone finds it without a log-in and without a script, sees how far it is and reads the
// reply. What its proposer does not agree to is nowhere, by a guessed address neither. When the consent goes, the page goes with
// it. Under the rules of each place (HUOTANG_PRESET).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, castOf } from "./lib/cast.mjs";
import { Actor, openHouse, PROPOSAL, skip, staffOf, tell } from "./lib/house.mjs";

const HOST = "市交通运输局", PHONE = "13808831234", PUBLIC = "关于农贸市场停车的提案", ANSWER = "停车场已列入今年计划。";
let house, cast, open, closed;

const docketed = (n, consent) => cast.docketed(n, { ...consent, situation: `${PROPOSAL(n).situation}请打${PHONE}联系。` });

before(async () => {
  if (skip) return;
  house = await openHouse();
  cast = await castOf(house, HOST);
  open = await docketed(1, { consent: "yes" });
  closed = await docketed(2, { consent: "no", consent_reason: "正在商谈。" });
});
after(async () => house?.close());

const ask = (path, headers) => fetch(house.url + path, { headers });

async function answered() {
  await act(cast.dispatcher, open, "assign", { mode: "sole", host_id: cast.idOf(HOST) });
  const part = await cast.partOf(open);
  await act(cast.clerk, part, "accept");
  await cast.answered(part, { results: ["adopted", "adopted"], answers: [ANSWER, "由交警疏导。"] });
}

test("prepared, read beside the original, published; a citizen reads it", { skip }, () => tell(house, async () => {
  const publisher = await (await Actor.enter(house)).signIn("staff");
  await publisher.go("/publications/manage");
  await publisher.sees("第1街区");
  await publisher.seesNot(/第2街区/);
  await publisher.press("第1街区");
  await publisher.sees(`请打${PHONE}联系`); // the original
  assert.match(await publisher.page.locator("[name=situation]").inputValue(), /请打（电话略）联系/);
  await publisher.fill({ title: PUBLIC });
  await publisher.press(/^\s*保存/);
  assert.equal((await ask("/publications/1")).status, 404); // not yet
  await publisher.press(/^\s*公开\s*$/);
  await publisher.fill({ checked: true });
  await publisher.press(/^\s*公开\s*$/, "main form");
  await publisher.sees("正在公开");
  await publisher.leave();

  await answered();
  const citizen = await Actor.enter(house, { width: 390, script: false, mode: "elder" });
  await citizen.go("/");
  await citizen.press("提案公开");
  await citizen.fill({ q: "停车" });
  await citizen.press("查找");
  await citizen.press(PUBLIC);
  for (const words of ["收到提案", "立案", "交办", "已答复", HOST, ANSWER, "公共停车场", "号码等个人信息"]) await citizen.sees(words);
  await citizen.seesNot(new RegExp(`${PHONE}|2120003|字国祥|何秋|一起看了现场`));
  const letter = await ask(await citizen.page.getByRole("link", { name: "答复函 PDF" }).getAttribute("href"));
  assert.equal(letter.headers.get("content-type"), "application/pdf");
  assert.equal((await letter.text()).slice(0, 4), "%PDF");
  await citizen.leave();
}));

test("without consent there is nothing, for search engines neither", { skip }, () => tell(house, async () => {
  for (let id = 2; id < 9; id++) assert.equal((await ask(`/publications/${id}`)).status, 404);
  const page = await ask("/publications/1"), map = await (await ask("/sitemap.xml")).text();
  assert.equal(page.headers.get("x-robots-tag"), "all");
  assert.deepEqual([...map.matchAll(/<loc>(.*?)<\/loc>/g)].map(one => one[1]), [house.url + "/publications/1"]);
  for (const path of ["/", "/publications", "/help", "/publications/2", "/receipt"])
    assert.match((await ask(path)).headers.get("x-robots-tag"), /noindex/);
  assert.doesNotMatch(await (await ask("/publications")).text(), /第2街区/);
  assert.equal((await (await ask("/api/v1/publications")).json()).total, 1);
  const lead = await (await Actor.enter(house)).signIn("m001");
  await lead.go(closed);
  await lead.sees("提案者不同意公开").catch(() => lead.sees("不公开"));
  await lead.leave();
}));

test("the consent goes, and so does the page", { skip }, () => tell(house, async () => {
  const tag = (await ask("/publications/1")).headers.get("etag");
  assert.equal((await ask("/publications/1", { "if-none-match": tag })).status, 304);
  const lead = await (await Actor.enter(house, { width: 390 })).signIn("m001");
  await lead.go(open);
  await lead.sees("看公开页");
  await lead.go(open + "/reconsider");
  await lead.fill({ consent: "不同意", consent_reason: "想再商量。" });
  await lead.page.locator("main form button").last().click();
  await lead.page.waitForURL(url => !url.pathname.endsWith("/reconsider"));
  assert.equal((await ask("/publications/1", { "if-none-match": tag })).status, 404);
  assert.doesNotMatch(await (await ask("/publications?q=" + encodeURIComponent("停车"))).text(), new RegExp(PUBLIC));
  assert.doesNotMatch(await (await ask("/sitemap.xml")).text(), /<loc>/);
  const publisher = await (await Actor.enter(house)).signIn("staff");
  await publisher.go("/publications/manage?state=retracted");
  await publisher.sees("提案者没有同意公开");
  await publisher.leave();
  await lead.leave();
}));
