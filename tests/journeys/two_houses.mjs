// SPDX-License-Identifier: MulanPSL-2.0
// City and county, two installations: the city hands a proposal to a department whose work the county does, sends it as a file, the county
// takes it in, reviews, assigns and answers it, and sends the answer back, which becomes the department's. Then the city's finished case goes
// to the county whole, once. Files go through pages; what comes between, through the JSON API.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { act, castOf, REPLY } from "./lib/cast.mjs";
import { Actor, apiOf, openHouse, skip, tell } from "./lib/house.mjs";

const HOST = "市交通运输局", ANSWER = "东侧停车场已经开工，年内建成。";
let city, county, there, here, made;

before(async () => {
  if (skip) return;
  city = await openHouse();
  county = await openHouse();
  here = await castOf(city, HOST);
  there = await castOf(county, HOST);
  made = await here.handOut(1);
});
after(async () => {
  await city?.close();
  await county?.close();
});

// From the case's page: what is offered, and the file that comes.
async function send(actor, proposal, words, fields) {
  await actor.go(proposal);
  await actor.press(words);
  await actor.fill(fields);
  const [file] = await Promise.all([actor.page.waitForEvent("download"), actor.page.locator("main button", { hasText: "导出文件" }).click()]);
  return file.path();
}

// Looked at first, then taken in.
async function take(actor, path, found) {
  await actor.go("/transfers");
  await actor.fill({ file: { name: "cases.json", mimeType: "application/json", buffer: readFileSync(path) } });
  await actor.press("上传并检查");
  await actor.sees(found);
  await actor.sees("还没有导入");
}

test("handed to the county, and the answer comes back", { skip }, () => tell(city, async () => {
  const staff = await (await Actor.enter(city)).signIn("staff"), clerk = await (await Actor.enter(county)).signIn("staff");
  const out = await send(staff, made.proposal, "交换", { purpose: "请对方办理", agency_id: HOST, peer_name: "县政协" });
  const file = JSON.parse(readFileSync(out, "utf8"));
  assert.equal(file.purpose, "handle");
  assert.deepEqual(Object.keys(file.cases[0]).filter(list => /evaluations|trails|assignments/.test(list)), []); // only the text goes
  assert.ok(!("satisfaction" in file.cases[0].proposals[0]) && !("withdraw_reason" in file.cases[0].proposals[0])); // who answers is blind

  await take(clerk, out, "收到对方交来办理的提案");
  await clerk.press("导入", "main section");
  await clerk.sees("已导入 1 件", "body");
  await clerk.press("第1街区");
  await clerk.sees("由.*转来");
  const id = clerk.path();

  await act(there.reviewer, id, "docket", { category: "transport" });
  await act(there.dispatcher, id, "assign", { mode: "sole", host_id: there.idOf(HOST) });
  const part = await there.partOf(id);
  await act(there.clerk, part, "accept");
  await there.answered(part, { answers: [ANSWER, "列入明年计划。"] });

  const back = await send(clerk, id, "把答复传回", {});
  await take(staff, back, "收到对方的答复");
  await staff.press("导入", "main section");
  await staff.sees("已导入 1 件", "body");
  await staff.go(made.proposal);
  await staff.sees(ANSWER);
  const answered = await here.staff("GET", made.part), letter = answered.replies?.at(-1);
  assert.equal(answered.state, "replied");
  assert.equal(letter?.signer ?? "何秋", "何秋");

  await take(staff, back, "收到对方的答复"); // a second time: it has answered
  await staff.press("导入", "main section");
  await staff.sees("已经在本系统里起草或寄出答复", "body");
  await staff.leave();
  await clerk.leave();
}));

test("a whole case goes once", { skip }, () => tell(county, async () => {
  const clerk = await (await Actor.enter(county, { width: 390 })).signIn("staff");
  city.run("export", "cases", city.data + "/all.json");
  await take(clerk, city.data + "/all.json", "这些提案都已在本系统，没有要导入的");
  await clerk.leave();
  const before = (await there.staff("GET", "/transfers")).items.length;
  assert.match(county.run("import", "cases", city.data + "/all.json", "--dry-run"), /cases 1, new 0/);
  assert.equal((await there.staff("GET", "/transfers")).items.length, before);
}));
