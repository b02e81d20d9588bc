// SPDX-License-Identifier: MulanPSL-2.0
// Every page that each role can reach by its links: no link that this role may not follow, security headers, valid HTML, titles
// of their own; and in the browser, in all display modes on a PC and a phone: no violation of the content security policy or of
// Trusted Types, no console error, no other host, axe, nothing wider than the window, targets large enough, a first view that is
// light (quality.md W1 W2 X1 X4 X5 X11 Q1 P9). How it is judged: lib/crawl.mjs. HUOTANG_SHOTS=folder keeps pictures.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { look, MODES, template, Walk } from "./lib/crawl.mjs";
import { Actor, openHouse, skip } from "./lib/house.mjs";

const PAGE_BYTES = 80 * 1024, PAGE_REQUESTS = 8, SCRIPT_BYTES = 25 * 1024, TABS = 2;
const ROLES = ["", "m001", "op01", "head01", "staff", "reviewer", "dispatcher", "leader", "county1", "sysadmin", "secadmin", "auditor"]
  .filter(role => !process.env.HUOTANG_ROLES || process.env.HUOTANG_ROLES.split(",").includes(role));
const STILL = { reducedMotion: "reduce" }; // colours change at once
const require = createRequire(import.meta.url);
const seen = new Map(), titles = new Map(); // over all roles: template -> controls; title -> template
let house, judgeHtml;

before(async () => {
  if (skip) return;
  house = await openHouse({ scale: 1 });
  const { HtmlValidate } = require("html-validate");
  const validator = new HtmlValidate({
    extends: ["html-validate:standard"],
    rules: { "no-trailing-whitespace": "off", "attr-quotes": "off", "attribute-boolean-style": "off", "void-style": "off", "no-inline-style": "error", "doctype-style": "off" },
  });
  judgeHtml = async body => (await validator.validateString(body)).results.flatMap(one => one.messages).map(one => `html ${one.ruleId}: ${one.message} (line ${one.line})`);
});
after(async () => house?.close());

// Faults of one kind together: numbers and addresses apart.
function report(faults) {
  const grouped = new Map();
  for (const one of faults) {
    const [, path, what] = /^\S+ (\S+): ([^]*)$/.exec(one), target = /^(.*?)<(\w+)(?:[^>]*class="([^"]*)")?/.exec(what);
    const key = (target ? target.slice(1).join(" ") + (target[3] ? "" : template(path)) : what).replace(/\d+/g, "0");
    grouped.set(key, [...(grouped.get(key) || []), one]);
  }
  assert.ok(!faults.length, [...grouped.values()].map(all => `\n  ${all[0]}${all.length > 1 ? ` (and ${all.length - 1} like it)` : ""}`).join(""));
}

async function shoot(page, role, path) {
  const name = `${process.env.HUOTANG_SHOTS}/${template(path).replace(/[^a-z0-9]+/gi, "_")}-${role || "anybody"}`;
  for (const width of [390, 1366]) for (const mode of MODES) {
    await page.setViewportSize({ width, height: 844 });
    await page.evaluate(one => { document.documentElement.dataset.mode = one; }, mode);
    await page.screenshot({ path: `${name}-${width}-${mode}.png`, fullPage: true });
  }
}

// One tab takes pages from the list until it is empty.
async function lookThrough(actor, role, paths, faults) {
  const page = await actor.turn();
  page.on("request", request => {
    if (!request.url().startsWith(house.url) && !request.url().startsWith("data:")) faults.push(`${role} ${request.url()}: another host`);
  });
  for (let path; (path = paths.shift());) {
    await page.setViewportSize({ width: 1366, height: 900 });
    await page.goto(house.url + path, { waitUntil: "domcontentloaded" });
    if (process.env.HUOTANG_SHOTS) await shoot(page, role, path);
    for (const one of await look(page, actor.frames++ > 1)) faults.push(`${role || "anybody"} ${path}: ${one}`);
  }
}

for (const role of ROLES) {
  test(`pages of ${role || "anybody"}`, { skip }, async context => {
    const actor = role ? await (await Actor.enter(house, STILL)).signIn(role) : await Actor.enter(house, STILL);
    actor.frames = 0;
    const cookie = (await actor.context.cookies()).map(one => `${one.name}=${one.value}`).join("; ");
    const walk = await new Walk({ url: house.url, cookie, role, seen, titles, judgeHtml }).go(role ? ["/home", "/help", "/search?q=停车"] : ["/", "/help", "/receipt", "/login"]);
    const paths = [...walk.toLook], faults = walk.faults;
    context.diagnostic(`${walk.drawn.size} links, ${walk.pages} pages, ${paths.length} looked at`);
    await Promise.all(Array.from({ length: TABS }, () => lookThrough(actor, role, paths, faults)));
    faults.push(...actor.faults);
    await actor.context.close();
    report(faults);
  });
}

// Pages that no link leads to: where one is sent, and what a script fetches.
const UNLINKED = ["/first", "/login/again", "/login/code", "/proposals/similar"];

test("every page of the house was among them", { skip: skip || (ROLES.length < 12 && "only some roles") }, () => {
  const pages = [...house.run("describe", "routes").matchAll(/^\| GET \| `([^`]+)`/gm)].map(([, path]) => path).filter(path => !/^\/api\/|\.\w+$|\/(pdf|\{file\})$/.test(path));
  assert.deepEqual(pages.filter(path => !UNLINKED.includes(path) && !seen.has(path.replace(/\{\w+\}/g, "0"))), []);
});

test("the first view on a phone is light", { skip }, async () => {
  const faults = [];
  for (const [role, path] of [["", "/"], ["", "/login"], ["m001", "/home"], ["m001", "/proposals"], ["m001", "/proposals/new"], ["op01", "/assignments"], ["staff", "/home"]]) {
    const actor = role ? await (await Actor.enter(house, { width: 390 })).signIn(role) : await Actor.enter(house, { width: 390 });
    const page = await actor.turn(), client = await actor.context.newCDPSession(page), scripts = new Set();
    let requests = 0, bytes = 0, script = 0, main = "";
    await client.send("Network.enable");
    await client.send("Network.setCacheDisabled", { cacheDisabled: true });
    client.on("Network.requestWillBeSent", event => { requests++; if (event.type === "Document") main = event.requestId; if (event.type === "Script") scripts.add(event.requestId); });
    client.on("Network.loadingFinished", event => { bytes += event.requestId === main ? 0 : event.encodedDataLength; if (scripts.has(event.requestId)) script += event.encodedDataLength; });
    const answer = await page.goto(house.url + path);
    await page.waitForTimeout(500);
    bytes += gzipSync(await answer.body(), { level: 5 }).length; // pages are compressed by the nginx in front (docs/operations/nginx.conf)
    if (requests > PAGE_REQUESTS || bytes > PAGE_BYTES || script > SCRIPT_BYTES) faults.push(`${path}: ${requests} requests, ${bytes} bytes, ${script} of script`);
    await actor.context.close();
  }
  assert.deepEqual(faults, []);
});
