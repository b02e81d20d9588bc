// SPDX-License-Identifier: MulanPSL-2.0
// What the crawl asks of a page: Walk follows the links of one role by plain requests and judges answers and HTML; look() judges
// a page in the browser in all display modes and widths. Functions marked "in the page" run there and see nothing of this file.
// The list of roles and the tests are in every_page_is_clean.mjs.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { focused } from "./keys.mjs";

const require = createRequire(import.meta.url);
export const MODES = ["standard", "elder", "contrast", "dark"];
const WIDTHS = [390, 1366]; // the phone first
const RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
const CONTRAST = ["color-contrast"], RULES_OF_LOOKS = [...CONTRAST, "target-size", "link-in-text-block", "scrollable-region-focusable"]; // what a mode can change
const PER_SHAPE = 3, PER_TEMPLATE = 14, PER_THING = 60; // pages of one address form; of one path, whatever its query; of things by number
const PER_PAIR = 40; // links of one address form on pages of one template: the next thousand are drawn by the same lines
const DOWNLOADS = /\.(csv|xlsx|pdf|jsonl|svg|ics|docx)($|\?)|\/(pdf|docx|attachments|photos|previews)\b/;
const FILES_CHECKED = 2;

export const HEADERS = {
  "content-security-policy": /^(sandbox; )?default-src 'none'/, "x-content-type-options": /^nosniff$/, "referrer-policy": /^(same-origin|no-referrer)$/,
  "cross-origin-opener-policy": /^same-origin$/, "cross-origin-resource-policy": /^same-origin$/, "permissions-policy": /camera=\(\).*geolocation=\((self)?\)/,
  "cache-control": /./, "x-request-id": /^\S+$/,
};
const PAGE_POLICY = /^default-src 'none'; script-src 'self'; style-src 'self'; .*form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'/;

// What is wrong with the headers of an answer (quality.md W2); headers: a Headers object.
export function headerFaults(status, headers) {
  const faults = Object.entries(HEADERS).filter(([name, form]) => !form.test(headers.get(name) || "")).map(([name]) => `header ${name}: ${headers.get(name)}`);
  const type = headers.get("content-type") || "";
  if (/^text\//.test(type) && !/charset=utf-8/i.test(type)) faults.push(`no charset: ${type}`);
  if (![204, 304].includes(status) && headers.get("content-length") !== "0" && !type && !(status >= 300 && status < 400)) faults.push("no content type");
  if (type.startsWith("text/html") && !PAGE_POLICY.test(headers.get("content-security-policy") || "")) faults.push(`page policy: ${headers.get("content-security-policy")}`);
  return faults;
}

const plain = text => text.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">");
export const template = path => path.replace(/[?#].*/, "").replace(/\d+/g, "0");
const shape = path => template(path) + "?" + [...new URL(path, "http://h").searchParams.keys()].sort().join("&");

// The tags of a page with their attributes: good enough for our own well-formed pages.
function* tags(html, names) {
  for (const [, name, rest] of html.matchAll(new RegExp(`<(${names})((?:\\s+[\\w-]+(?:="[^"]*")?)*)\\s*/?>`, "g")))
    yield { name, ...Object.fromEntries([...rest.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key, value = ""]) => [key, plain(value)])) };
}

// Where forms that only ask lead when they are sent as they stand.
function* asked(html) {
  for (const [whole] of html.matchAll(/<form\b[^]*?<\/form>/g)) {
    const [form] = tags(whole, "form");
    if (!form?.action || form.method === "post") continue;
    const given = [...tags(whole, "input")].filter(one => one.name !== "input" && one.value && (!/^(radio|checkbox)$/.test(one.type) || "checked" in one));
    yield form.action + (given.length ? "?" + new URLSearchParams(given.map(one => [one.name, one.value])) : "");
  }
}

// The kinds of controls of a page: what makes it another page than the next of its template. Where a link leads does not change its looks.
const controls = html => new Set([...tags(html, "a|button|input|select|textarea|summary|form")].map(one =>
  [one.name, one.type, one.action && template(one.action), one.class, one.id?.replace(/\d+/g, "0")].join("|")));

// What would not work without a script (quality.md X3): a button that belongs to no form, a form that cannot be sent or that no route
// takes; what only a script can do has the class "js", which hides it where there is none. takes(path): whether a route takes what is sent there.
function* needsScript(html, takes) {
  const scripted = one => /(^| )js( |$)/.test(one.class || "") || "hidden" in one;
  const forms = [...html.matchAll(/<form\b[^]*?<\/form>/g)].map(([whole]) => whole), outside = html.replace(/<form\b[^]*?<\/form>/g, "");
  for (const button of tags(outside, "button")) if (!scripted(button) && !button.form) yield `without a script the button does nothing: ${JSON.stringify(button)}`;
  for (const whole of forms) {
    const [form] = tags(whole, "form"), sends = one => one.type !== "button" && !scripted(one);
    const buttons = [...tags(whole, "button")].filter(sends).concat([...tags(outside, "button")].filter(one => one.form && one.form === form.id));
    if (!scripted(form) && !buttons.length) yield `without a script the form cannot be sent: ${JSON.stringify(form)}`;
    for (const { formaction } of buttons.concat({ formaction: form.action })) if (form.method === "post" && formaction && !takes(formaction)) yield `no route takes the form ${formaction}`;
  }
  for (const link of tags(html, "a")) if (!link.href && !scripted(link) && !("aria-current" in link)) yield `a link that leads nowhere: ${JSON.stringify(link)}`;
}

// The walk of one role. seen: template -> controls looked at so far, shared by all roles.
export class Walk {
  constructor({ url, cookie = "", role, seen, titles, judgeHtml, takes }) {
    Object.assign(this, { url, cookie, role, seen, titles, judgeHtml, takes, faults: [], drawn: new Map(), shapes: new Map(), templates: new Map(), files: new Map(), pairs: new Map(), toLook: [], pages: 0 });
  }

  fault(path, what) { this.faults.push(`${this.role || "anybody"} ${path}: ${what}`); }

  async get(path, redirect = "manual") {
    const ask = () => fetch(this.url + path, { redirect, headers: { cookie: this.cookie, accept: "text/html" } });
    let answer = await ask();
    for (let n = 0; answer.status === 429 && n < 5; n++) { // nobody reads as fast as this
      await new Promise(done => setTimeout(done, 1000 * Number(answer.headers.get("retry-after") || 1)));
      answer = await ask();
    }
    for (const one of headerFaults(answer.status, answer.headers)) this.fault(path, one);
    return answer;
  }

  async go(starts) {
    const queue = starts.map(path => ({ path, from: "the start" }));
    for (const one of queue) this.drawn.set(one.path, one.from);
    while (queue.length) {
      const { path, from } = queue.shift();
      for (const next of await this.visit(path, from)) queue.push(next);
    }
    return this;
  }

  tooMany(path) {
    const count = (map, key, most) => { const n = map.get(key) || 0; map.set(key, n + 1); return n >= most; };
    if (/\d/.test(path.replace(/\?.*/, ""))) return count(this.templates, template(path), PER_THING);
    return count(this.shapes, shape(path), PER_SHAPE) || count(this.templates, template(path), PER_TEMPLATE);
  }

  // Judges one address; gives the links of its page that were not seen before.
  async visit(path, from) {
    const file = DOWNLOADS.test(path), key = template(path);
    if (file && (this.files.get(key) || 0) >= FILES_CHECKED) return [];
    this.files.set(key, (this.files.get(key) || 0) + 1);
    const answer = await this.get(path);
    if (answer.status >= 400) this.fault(path, `answers ${answer.status}, linked from ${from}`);
    if (answer.status >= 300 && answer.status < 400) return this.sentOn(path, answer.headers.get("location"));
    const body = await answer.text();
    if (!/^text\/html/.test(answer.headers.get("content-type") || "") || answer.status >= 400 || this.tooMany(path)) return [];
    this.pages++;
    if (this.cookie && !/no-store/.test(answer.headers.get("cache-control")) && this.role) this.mayBeStored(path, answer);
    await this.judge(path, key, body);
    return this.linksOf(body, path);
  }

  mayBeStored(path, answer) {
    if (!/^\/(help|receipt)?$/.test(path)) this.fault(path, `may be stored: ${answer.headers.get("cache-control")}`);
  }

  sentOn(path, location) {
    if (!location?.startsWith("/") || location.startsWith("//")) { this.fault(path, `sends to ${location}`); return []; }
    if (this.drawn.has(location)) return [];
    this.drawn.set(location, path);
    return [{ path: location, from: path }];
  }

  async judge(path, key, body) {
    const title = plain(/<title>([^<]*)/.exec(body)?.[1] || "");
    if (!title) this.fault(path, "no title");
    if (!this.titles.has(title)) this.titles.set(title, key);
    if (this.titles.get(title) !== key) this.fault(path, `title “${title}” is also that of ${this.titles.get(title)}`);
    const known = this.seen.get(key) || this.seen.set(key, new Set()).get(key), here = [...controls(body)];
    if (here.every(one => known.has(one))) return;
    for (const one of here) known.add(one);
    this.toLook.push(path);
    for (const one of needsScript(body, this.takes)) this.fault(path, one);
    for (const [, words] of body.matchAll(/<h[1-3]\b[^>]*>\s*([a-z_.]+)\s*<\/h/g)) this.fault(path, `a heading without Chinese words: ${words}`);
    for (const one of await this.judgeHtml(body)) this.fault(path, one);
  }

  linksOf(body, from) {
    const links = [];
    const hrefs = [...tags(body, "a")].map(one => one.href).concat(...asked(body));
    for (const href of hrefs) {
      if (!href || href.startsWith("#") || /^(mailto|tel|geo):/.test(href)) continue;
      const at = new URL(href, this.url + from), path = at.pathname + at.search;
      if (at.origin !== this.url) { this.fault(from, `leads out of the house: ${href}`); continue; }
      if (this.drawn.has(path)) continue;
      const pair = `${shape(path)} ${template(from)}`, n = this.pairs.get(pair) || 0;
      if (n >= PER_PAIR) continue;
      this.pairs.set(pair, n + 1);
      this.drawn.set(path, from);
      links.push({ path, from });
    }
    return links;
  }
}

// ---- in the browser ----

const axeSource = () => readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// Long tables and lists say nothing new after some rows. In the page.
function shorten() {
  for (const list of document.querySelectorAll("main tbody, main ul, main ol, main select"))
    for (const row of [...list.children].slice(list.tagName === "TBODY" ? 3 : 6)) row.remove();
}

// The frame of the house stands around each page: what of it was judged on another page is marked, and judged no more. Gives the rest,
// by its text without numbers and without the mark of the present page. In the page.
function frame(known) {
  const fresh = [];
  for (const one of document.querySelectorAll("body > header, body > footer, nav.side, nav.tabs5")) {
    const key = one.outerHTML.replace(/ (aria-current|open|value)="[^"]*"/g, "").replace(/\d+/g, "0");
    if (known.includes(key)) one.dataset.known = ""; else fresh.push(key);
  }
  return fresh;
}

// What is wider than the window, and by how much. In the page.
function tooWide() {
  const root = document.documentElement, over = root.scrollWidth - root.clientWidth;
  if (over <= 0) return "";
  const wide = [...document.querySelectorAll("body *")].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && box.right > root.clientWidth + 0.5 && ![...one.children].some(child => child.getBoundingClientRect().right > root.clientWidth + 0.5);
  });
  return `${over} px too wide: ${(wide[0] || document.body).outerHTML.replace(/\s+/g, " ").slice(0, 140)}`;
}

// Text that is cut off by its box. In the page.
function cut() {
  const found = [];
  for (const one of document.querySelectorAll("main *, header *, nav *")) {
    if (one.closest(".hide, .clamp, thead, svg, [data-known]") || !one.textContent.trim() || one.scrollWidth <= one.clientWidth + 1) continue;
    const style = getComputedStyle(one);
    if (/hidden|clip/.test(style.overflowX) && style.display !== "inline") found.push(`cut: ${one.outerHTML.replace(/\s+/g, " ").slice(0, 120)}`);
  }
  return found;
}

// 44 px for whatever is touched, 24 for links within lines of text; 60 for main actions in the elder mode. In the page.
function smallTargets(elder) {
  const small = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    const target = /^(checkbox|radio)$/.test(one.type) ? one.closest("label") || one.parentElement.querySelector(`label[for="${one.id}"]`) || one : one;
    const box = target.getBoundingClientRect();
    if (!box.width || one.type === "hidden" || box.right <= 1 || one.closest(".hide, .skip, [data-known]") || one.disabled) continue;
    const block = one.parentElement.closest("p, li, dd, td, dt, div, blockquote, label, figcaption, main");
    const inText = one.tagName === "A" && getComputedStyle(one).display === "inline" && block.innerText.replace(/\s/g, "").length > one.innerText.replace(/\s/g, "").length + 3;
    const least = elder && one.matches(".btn.pri") ? 60 : inText ? 24 : 44;
    const height = inText ? Math.max(...[...one.getClientRects()].map(part => part.height)) : box.height;
    if (height < least - 0.5 || box.width < Math.min(least, 44) - 0.5) small.push(`target ${Math.round(box.width)} × ${Math.round(height)} < ${least}: ${one.outerHTML.replace(/\s+/g, " ").slice(0, 130)}`);
  }
  return small;
}

// Sets a mode as the server would. In the page.
function setMode([mode, size, scale]) {
  const root = document.documentElement;
  root.dataset.mode = mode;
  if (size) root.dataset.size = size; else delete root.dataset.size;
  root.style.fontSize = scale || "";
}

// Text spacing that a reader may impose (WCAG 1.4.12). In the page.
function space(on) {
  for (const one of document.querySelectorAll("main *")) {
    one.style.letterSpacing = on ? ".12em" : "";
    one.style.wordSpacing = on ? ".16em" : "";
    one.style.lineHeight = on ? "1.5" : "";
  }
}

// Texts by how they are dressed: the classes on the way to them. Kept for axe in the page; gives one key for each. In the page.
function dressed() {
  const dress = one => { let key = ""; for (let at = one, deep = 0; at && deep < 5; at = at.parentElement, deep++) key += at.tagName + "." + at.className + " "; return key; };
  window.texts = [...document.querySelectorAll("body *")].filter(one => !one.closest("[data-known]") && one.getClientRects().length && (/^(INPUT|SELECT|TEXTAREA)$/.test(one.tagName) || [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())));
  return window.texts.map(dress);
}

async function axe(page, runOnly, faults, places, rules = {}) {
  const options = { resultTypes: ["violations"], selectors: false, iframes: false, runOnly, rules };
  const found = await page.evaluate(([at, all]) => window.axe.run(at ? { include: at.map(one => window.texts[one]) } : { exclude: "[data-known]" }, all), [places, options]);
  for (const one of found.violations) faults.push(`axe ${one.id}: ${one.nodes.length} × ${one.nodes[0].html.replace(/\s+/g, " ").slice(0, 140)} ${(one.nodes[0].any[0]?.message || "").slice(0, 120)}`);
}

// One size of window and letters. In the page.
function measure([mode, size, scale, touched]) {
  const { setMode, tooWide, cut, smallTargets } = window.crawl;
  setMode([mode, size, scale]);
  return [tooWide(), ...cut(), ...(touched ? smallTargets(mode === "elder") : [])].filter(Boolean);
}

// Narrow windows and large letters: nothing wider than the window, nothing cut, everything large enough to touch.
const TIGHTEST = [[390, "standard"], [320, "elder"], [390, "elder", "30"], [390, "standard", "", "200%"]];
const SIZES = [...TIGHTEST, [320, "standard"], [683, "standard"], [1024, "standard"], [1366, "elder"], [1366, "elder", "30"]];
async function lookAtSizes(page, say, sizes) {
  for (const [width, mode, size, scale] of sizes) {
    await page.setViewportSize({ width, height: 800 });
    for (const one of await page.evaluate(measure, [mode, size, scale, width === 390 && !scale])) say(`${width} ${mode}${size || ""}${scale || ""}`, one);
  }
  await page.setViewportSize({ width: 390, height: 800 });
  await page.evaluate(measure, ["standard"]);
  await page.evaluate(space, true);
  const wide = await page.evaluate(tooWide);
  if (wide) say("390 spaced", wide);
  await page.evaluate(space, false);
}

// The colours of a mode: of each text that is dressed as none before it in that mode, on whatever width. judged: keys of those.
// Gives whether there was one.
async function lookAtColours(page, judged, found, rules) {
  const keys = await page.evaluate(dressed), fresh = [];
  for (const [at, key] of keys.entries()) if (!judged.has(key)) { judged.add(key); fresh.push(at); }
  if (fresh.length) await axe(page, { type: "rule", values: rules }, found, fresh);
  return fresh.length > 0;
}

// By keys alone (quality.md X2): whatever can be pressed or filled in takes the focus in the order of the page, shows it, is not covered, and
// lets it go. In the page.
function byKeys() {
  const faults = [];
  for (const one of document.querySelectorAll("a, button, input, select, textarea, summary, [role=button], [role=link], [role=tab], [role=checkbox], [contenteditable]")) {
    if (!one.checkVisibility() || !one.getClientRects().length || one.disabled || one.closest("[inert], [data-known]")) continue;
    if (one.matches("form .hide[tabindex='-1']")) continue; // sends what Enter in the field sends
    const say = what => faults.push(`keys: ${what}: ${one.outerHTML.replace(/\s+/g, " ").slice(0, 130)}`);
    if (one.tabIndex !== 0) say(`not in the order of Tab (${one.tabIndex})`);
    one.focus();
    const { fault } = document.activeElement === one ? window.crawl.focused() : { fault: "takes no focus" };
    if (fault) say(fault);
    if (!one.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab", code: "Tab", bubbles: true, cancelable: true }))) say("holds the focus");
  }
  return faults;
}

// What a screen reader is told (quality.md X12): each control, table and picture has a name beside its role.
const NAMED = /^\s*- (button|link|textbox|searchbox|combobox|listbox|checkbox|radio|switch|slider|spinbutton|tab|table|img)( \[[^\]]*\])*:?$/;
async function unnamed(page) {
  return (await page.locator("body").ariaSnapshot()).split("\n").filter(line => NAMED.test(line)).map(line => `aria: without a name: ${line.trim()}`);
}

// Judges the page that stands in the browser; gives its faults, each with mode and width. judged: what was judged on all pages
// before, by mode, and the frame. again: another of its template was looked at. A page without a new dress is judged where it is tightest.
export async function look(page, judged, again) {
  const faults = [], say = (name, what) => faults.push(`[${name}] ${what}`);
  const known = name => judged.get(name) || judged.set(name, new Set()).get(name);
  await page.evaluate(shorten);
  await page.evaluate(`${axeSource()}; window.crawl = { ${[setMode, tooWide, cut, smallTargets, focused].map(one => `${one.name}: ${one}`).join(", ")} };`);
  for (const key of await page.evaluate(frame, [...known("frame")])) known("frame").add(key);
  let fresh = false;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const mode of MODES) {
      const found = [];
      await page.evaluate(setMode, [mode]);
      if (mode === "standard") await axe(page, RULES, found, undefined, { "color-contrast": { enabled: false } }); // the costliest: below, once for each dress
      fresh = await lookAtColours(page, known(mode), found, mode === "standard" ? CONTRAST : RULES_OF_LOOKS) || fresh; // the others are among RULES
      for (const one of found) say(`${width} ${mode}`, one);
      if (again && !fresh) break;
    }
    if (again || !fresh) break;
  }
  await lookAtSizes(page, say, again || !fresh ? TIGHTEST : SIZES);
  await page.setViewportSize({ width: 1366, height: 800 });
  await page.evaluate(setMode, ["standard"]);
  if (!again) for (const one of await unnamed(page)) say("1366 standard", one);
  await page.keyboard.press("Tab"); // from here on the browser shows the focus
  for (const one of await page.evaluate(byKeys)) say("1366 standard", one);
  return faults;
}

// What a hand meets on the page that stands in the browser: nothing wider than the window, nothing cut, and where a finger touches it
// (touched: in which mode; empty = a mouse) targets large enough.
export async function misfits(page, touched) {
  return [await page.evaluate(tooWide), ...await page.evaluate(cut), ...(touched ? await page.evaluate(smallTargets, touched === "elder") : [])].filter(Boolean);
}
