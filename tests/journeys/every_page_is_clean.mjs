// SPDX-License-Identifier: MulanPSL-2.0
// Every page that each role can reach by its links, in the modes standard and elder, on a PC and a phone: no violation of the
// content security policy or of Trusted Types, no console error, all security headers, axe, valid HTML, unique titles, nothing
// wider than 320 px, targets large enough, first view light enough (quality.md W1 W2 X1 X4 X5 X11 Q1). A page stands for its
// template (numbers in the path left out); MOST of each are looked at.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Actor, openHouse, skip } from "./lib/house.mjs";

const MOST = 2, PAGE_BYTES = 80 * 1024, PAGE_REQUESTS = 8;
const ROLES = ["", "m001", "op15", "head15", "staff", "reviewer", "dispatcher", "sysadmin", "secadmin", "auditor"];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const HEADERS = {
  "x-content-type-options": /^nosniff$/, "referrer-policy": /^(same-origin|no-referrer|strict-origin)/, "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/, "permissions-policy": /camera=\(\)/, "content-type": /;\s*charset=utf-8$/i,
  "content-security-policy": /^default-src 'none'; .*frame-ancestors 'none'.*require-trusted-types-for 'script'/,
};
const require = createRequire(import.meta.url);
const looked = new Map(); // template -> how many pages of it were looked at, over all roles
let house, axe, htmlValidate;

before(async () => {
  if (skip) return;
  house = await openHouse({ scale: 1 });
  axe = require("axe-core").source;
  const { HtmlValidate } = await import("html-validate");
  htmlValidate = new HtmlValidate({
    extends: ["html-validate:standard"],
    rules: { "no-trailing-whitespace": "off", "attr-quotes": "off", "attribute-boolean-style": "off", "void-style": "off", "no-inline-style": "error", "doctype-style": "off" },
  });
});
after(async () => house?.close());

const template = path => path.replace(/\?.*/, "").replace(/\d+/g, "0");

// What a page offers by links; files and other houses are left out.
async function linksOf(page) {
  return page.evaluate(() => [...document.querySelectorAll("a[href]")].map(one => new URL(one.href)).filter(url => url.origin === location.origin)
    .map(url => url.pathname + url.search).filter(path => !/\.(csv|xlsx|pdf|jsonl|svg)($|\?)|\/(pdf|attachments)\b/.test(path)));
}

// Follows the links of one role, at most MOST pages of a template; gives those whose template needs looking at still.
async function crawl(actor, faults) {
  const seen = new Map(), titles = new Map(), queue = [actor.name ? "/home" : "/", "/help", "/receipt"], done = new Set(queue);
  while (queue.length) {
    const path = queue.shift(), key = template(path), count = seen.get(key)?.length || 0;
    if (count >= MOST) continue;
    const answer = await actor.page.goto(house.url + path);
    const at = new URL(actor.page.url());
    if (answer.status() >= 400) { faults.push(`${path}: status ${answer.status()}`); continue; }
    if (template(at.pathname) !== key) continue; // sent elsewhere, which is looked at under its own name
    seen.set(key, [...(seen.get(key) || []), path]);
    await judge(actor, answer, path, faults);
    const title = await actor.page.title();
    if (titles.has(title) && titles.get(title) !== key) faults.push(`${path}: title “${title}” is also that of ${titles.get(title)}`);
    titles.set(title, key);
    for (const link of await linksOf(actor.page)) if (!done.has(link)) { done.add(link); queue.push(link); }
  }
  return [...seen.values()].flat().filter(path => {
    const count = looked.get(template(path)) || 0;
    looked.set(template(path), count + 1);
    return count < MOST;
  });
}

async function judge(actor, answer, path, faults) {
  const headers = answer.headers();
  for (const [name, form] of Object.entries(HEADERS)) if (!form.test(headers[name] || "")) faults.push(`${path}: header ${name}: ${headers[name]}`);
  if (actor.name && !/no-store/.test(headers["cache-control"] || "") && !/^\/(help|receipt)?$/.test(path)) faults.push(`${path}: may be stored: ${headers["cache-control"]}`);
  const report = await htmlValidate.validateString(await answer.text());
  for (const one of report.results.flatMap(result => result.messages)) faults.push(`${path}: html ${one.ruleId}: ${one.message} (line ${one.line})`);
}

async function judgeLook(actor, path, faults, elder) {
  const { page } = actor;
  await page.goto(house.url + path);
  await page.evaluate(axe);
  const found = await page.evaluate(rules => window.axe.run(document, { runOnly: rules, resultTypes: ["violations"] }), RULES);
  for (const one of found.violations) faults.push(`${path}: axe ${one.id}: ${one.nodes.length} × ${one.nodes[0].html.slice(0, 160)}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) faults.push(`${path}: ${wide} px too wide`);
  if (!actor.phone) return;
  for (const one of await page.evaluate(smallTargets, elder)) faults.push(`${path}: target ${one}`);
  await page.setViewportSize({ width: 320, height: 640 });
  const more = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (more > 0) faults.push(`${path}: at 320 px ${more} px too wide`);
  await page.setViewportSize({ width: 390, height: 844 });
}

// 44 px for whatever is touched, 24 for links within lines of text; 60 for main actions in the elder mode. Runs in the page.
function smallTargets(elder) {
  const small = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    const target = /^(checkbox|radio)$/.test(one.type) ? one.closest("label") || one : one;
    const box = target.getBoundingClientRect();
    if (!box.width || one.type === "hidden" || box.right <= 1 || one.closest(".hide, .skip") || one.matches(".skip, .hide")) continue;
    const line = one.tagName === "A" && getComputedStyle(one).display === "inline";
    const least = elder && one.matches(".btn.pri") ? 60 : line ? 24 : 44;
    if (Math.max(box.height, line ? Math.min(...[...one.getClientRects()].map(part => part.height)) : 0) < least - 0.5) small.push(`${Math.round(box.height)} < ${least}: ${one.outerHTML.replace(/\s+/g, " ").slice(0, 120)}`);
  }
  return small;
}

function report(faults) {
  const grouped = new Map();
  for (const one of faults) {
    const key = one.replace(/^[^:]*: /, "").replace(/\d+/g, "0").replace(/(?<=<\w+)(?: class="([^"]*)")?[^]*/, " $1");
    grouped.set(key, [...(grouped.get(key) || []), one]);
  }
  assert.deepEqual([...grouped.values()].map(all => `${all[0]}${all.length > 1 ? ` (and ${all.length - 1} like it)` : ""}`), []);
}

for (const role of ROLES) {
  test(`pages of ${role || "anybody"}`, { skip }, async context => {
    const faults = [];
    const enter = async how => role ? (await Actor.enter(house, how)).signIn(role) : Actor.enter(house, how);
    const first = await enter({});
    const paths = await crawl(first, faults);
    faults.push(...first.faults);
    await first.context.close();
    for (const mode of ["standard", "elder"]) for (const width of [1366, 390]) {
      const actor = await enter({ width, mode });
      for (const path of paths) {
        if (process.env.HUOTANG_SHOTS) await shoot(actor, path, `${role || "anybody"}-${width}-${mode}`);
        await judgeLook(actor, path, faults, mode === "elder");
      }
      faults.push(...actor.faults);
      await actor.context.close();
    }
    context.diagnostic(`${paths.length} pages`);
    report(faults);
  });
}

async function shoot(actor, path, name) {
  await actor.page.goto(house.url + path);
  await actor.page.screenshot({ path: `${process.env.HUOTANG_SHOTS}/${name}${path.replace(/[^a-z0-9]+/gi, "_").slice(0, 60)}.png`, fullPage: true });
}

test("the first view on a phone is light", { skip }, async () => {
  for (const [role, path] of [["", "/"], ["", "/login"], ["m001", "/home"], ["m001", "/proposals"], ["op15", "/assignments"], ["staff", "/home"]]) {
    const actor = role ? await (await Actor.enter(house, { width: 390 })).signIn(role) : await Actor.enter(house, { width: 390 });
    const page = await actor.turn(), client = await actor.context.newCDPSession(page);
    let requests = 0, bytes = 0;
    await client.send("Network.enable");
    await client.send("Network.setCacheDisabled", { cacheDisabled: true });
    client.on("Network.requestWillBeSent", () => requests++);
    client.on("Network.loadingFinished", event => { bytes += event.encodedDataLength; });
    await page.goto(house.url + path);
    await page.waitForTimeout(500);
    assert.ok(requests <= PAGE_REQUESTS && bytes <= PAGE_BYTES, `${path}: ${requests} requests, ${bytes} bytes`);
    await actor.context.close();
  }
});
