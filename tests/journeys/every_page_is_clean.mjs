// SPDX-License-Identifier: MulanPSL-2.0
// Every page that each role can reach by its links: no link that this role may not follow, security headers, valid HTML, titles
// of their own; and in the browser, in all display modes on a PC and a phone: no violation of the content security policy or of
// Trusted Types, no console error, no other host, axe, nothing wider than the window, targets large enough, a first view that is
// light; gone through by keys, and nothing that needs a script; no ranking, no counting of time (quality.md Q10 W1 W2 X1 X2 X3 X4 X5 X11 X12 Q1 P9). How it is judged: lib/crawl.mjs. HUOTANG_SHOTS=folder keeps pictures.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { headerFaults, look, MODES, template, Walk } from "./lib/crawl.mjs";
import { Actor, openHouse, ROOT, skip } from "./lib/house.mjs";
import { everyState } from "./lib/states.mjs";

const PAGE_BYTES = 80 * 1024, PAGE_REQUESTS = 8, SCRIPT_BYTES = 25 * 1024, TABS = 2;
const ROLES = ["", "m001", "operator", "leader of an agency", "cohost", "staff", "reviewer", "dispatcher", "leader", "editor", "county1", "sysadmin", "secadmin", "auditor"];
const STILL = { reducedMotion: "reduce" }; // colours change at once
const require = createRequire(import.meta.url);
let routes; // patterns of what takes a form
const takes = path => path === "/mode" || routes.some(one => one.test(path.replace(/[?#].*/, ""))); // the platform's own, before all routes
const seen = new Map(), titles = new Map(), judged = new Map(), looked = new Set(); // over all roles: template -> controls; title -> template; mode -> texts; templates
let house, people, judgeHtml; // people: who has a page for each step (lib/states.mjs)

before(async () => {
  if (skip) return;
  house = await openHouse({ scale: 1, HUOTANG_SMTP_URL: "smtp://127.0.0.1:9" });
  people = await everyState(house);
  routes = [...house.run("describe", "routes").matchAll(/^\| POST \| `([^`]+)`/gm)].map(([, path]) => new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+").replaceAll(".", "\\.")}$`));
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
    const [, path, what] = /^.*? (\/\S*): ([^]*)$/.exec(one) || ["", "", one], target = /^(.*?)<(\w+)(?:[^>]*class="([^"]*)")?/.exec(what);
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

const LOGINS = { operator: "operator", "leader of an agency": "leader", cohost: "cohost" };
// What a role can do only from a page that the walk may not come to: it looks at some of each kind.
const OWN = {
  staff: () => ["/settings/preview?name=proposals.review_days&value=9&from_on=2099-01-01", `${people.draft}/publish`, `${people.notice}/remind`, `${people.notice}/retract`,
    `${people.closed}/archive`, people.groups.draft, `${people.groups.draft}/drafters?q=李`, `${people.groups.sent}/drafters?q=李`, `${people.uninformed}/inform`, `${people.unlooked}/followups`, `${people.promise}/decide_renewal`, `${people.planned}/publish`, `${people.opened}/close`, `${people.told}/close`, `${people.down}/prepare`, `${people.referred}/referrals`,
    ...["", "/recall", "/compare"].map(step => people.coming + step), ...["/edit", "/enact", "/drop"].map(step => people.ruling + step), "/rulesets/new?shipped=jinan-2015",
    ...["", "/triage", "/answer", "/ask", "/route", "/dismiss", "/unmask"].map(step => people.written + step), `${people.sorted}/assign`, `${people.sorted}/attach`, people.pictured, `${people.pictured}/disclose`, `${people.solved}/feed`, `${people.unsolved}/offer`,
    ...["", "/edit", "/places", "/sector", "/sitting", "/slate", "/balance", "/ready", "/drop"].map(step => people.renewal + step),
    ...["", "/edit", "/propose", "/decline", "/withdraw"].map(step => people.named.nominated + step), ...["", "/list", "/recheck"].map(step => people.named.candidate + step), ...["", "/vote", "/unlist"].map(step => people.named.listed + step), ...["", "/certify"].map(step => people.named.appointed + step), people.named.certified, people.named.refused, people.named.declined, people.named.meeting,
    ...["", "/approve", "/decline"].map(step => people.leaving + step), ...["", "/ratify", "/annul"].map(step => people.revoked + step), ...["", "/close"].map(step => people.left + step),
    ...["", "/edit", "/pool", "/reject"].map(step => people.candidate + step), ...["", "/reopen"].map(step => people.declined + step),
    ...["", "/name", "/join", "/split", "/apart", "/together", "/attach", "/feed", "/offer"].map(step => people.cluster + step),
    ...["", "/edit", "/cancel"].map(step => people.meetings.planned + step), ...["", "/change", "/invite", "/cancel"].map(step => people.meetings.announced + step), ...["", "/door", "/gate", "/gate?show=done"].map(step => people.meetings.today + step), ...["", "/attendance", "/minute"].map(step => people.meetings.held + step), people.meetings.settled, ...["", "/deny"].map(step => people.meetings.leave + step), ...["", "/correct"].map(step => people.meetings.line + step),
    ...["", "?pick=floor:1:1", "?pick=rostrum:1:2"].map(step => people.seatings.out + step), ...["", "/fill"].map(step => people.seatings.draft + step),
    ...["", "/change"].map(step => people.provisions.out + step), people.provisions.proxy, people.provisions.draft, people.provisions.moved, `/provisions/new?meeting=${people.meetings.today.split("/").at(-1)}`,
    people.schemes.out, people.schemes.grouped, ...["", "/divide"].map(step => people.schemes.draft + step), `${people.schemes.part}/edit`,
    ...["", "/extend", "/record", "/edit"].map(step => people.speeches.call + step), ...["", "/edit"].map(step => people.speeches.planned + step), people.speeches.over, ...["", "/divert", "/decline", "/revise"].map(step => people.speeches.sent + step), ...["", "/miss"].map(step => people.speeches.spoken + step), ...["", "/result"].map(step => people.speeches.printed + step),
    `/claims/review?claims=${people.claims.sent.split("/").at(-1)}:1`, ...["", "/revise"].map(step => people.claims.sent + step), ...["", "/annul"].map(step => people.claims.stands + step), ...["", "/apart"].map(step => people.claims.alike + step), ...["", "/correct", "/explain"].map(step => people.claims.appeal + step), people.claims.point,
    ...["", "/answer"].map(step => people.claims.burden + step),
    ...["", "/hold", "/drop"].map(step => people.talks.caution + step), ...["", "/correct", "/raise", "/compel", "/revoke"].map(step => people.talks.held + step),
    ...["", "/settle"].map(step => people.warned + step), ...["", "/shorten", "/undo"].map(step => people.exempted + step), people.unexempted,
    people.pledges.asked, ...["", "/ballot"].map(step => people.statements.call + step), ...["", "/revise"].map(step => people.statements.sent + step), people.assessments.opened, ...["", "/edit"].map(step => people.assessments.grading + step), people.assessments.told, ...["", "/honour"].map(step => people.assessments.honoured + step), `${people.assessments.notified}?show=talk`],
  operator: () => [`${people.given}/take`, `${people.given}/bounce`, `${people.writing}/finish`, `${people.finished}/pass`, `${people.finished}/redraft`, `${people.finished}/drop`,
    `${people.bounced}/reassign`, `${people.pressed}/accept`, `${people.agreed}/agree`, `${people.refused}/dispute`, `${people.handed}/issued`],
  "leader of an agency": () => [`${people.unvetted}/vet`, `${people.headed}/approve`, `${people.given}/remind`],
  reviewer: () => ["screen", "docket", "revise", "reject", "redo"].map(verb => `/boards/steps?verb=${verb}&cases=1:1&cases=2:1`),
  dispatcher: () => ["/boards/steps?verb=assign&cases=1:1&cases=2:1", `${people.held}/deliver`],
  leader: () => [people.statements.call, ...["", "/remark"].map(step => people.statements.sent + step), ...["", "/approve", "/return"].map(step => people.assessments.proposed + step), `${people.assessments.proposedGrading}/edit`, `${people.assessments.notified}/honour`, `${people.proposed}/approve`, people.signing, `${people.signing}/redraft`, ...["", "/sign", "/redraft"].map(step => people.unissued + step)],
  editor: () => [...["take", "keep", "revise"].map(verb => `${people.reported}/${verb}`), ...["pass", "text"].map(verb => `${people.edited}/${verb}`), `${people.lone}/edit`, `${people.signing}/unpass`, `${people.composite}/uncompose`, `${people.composite}/text`, `/opinions/compose?${people.pair}`,
    ...["", "/edit", "/pass", "/drop"].map(step => people.compiled + step), `${people.unissued}/unpass`, `${people.forwarded}/forward`, ...["", "/assign", "/inform", "/adoptions", "/instructions"].map(step => people.untold + step), people.handed, people.bulletin, ...["", "/remind", "/close"].map(step => people.commission + step)],
  m001: () => [`${people.cosigning}/recall`, `${people.invited}/cosign`, people.asked, `${people.asked}/join`, `${people.asked}/decline`, `${people.unsent}/submit`, `${people.reported}/recall`, ...["", "/write", "/decline"].map(step => people.commissioned + step), ...["", "/leave"].map(step => people.meetings.mine + step), people.meetings.free, ...["", "/checkin"].map(step => people.meetings.today + step), people.meetings.leave, people.meetings.settled, people.meetings.line,
    people.schemes.out, people.schemes.grouped, people.seatings.out, people.provisions.out, people.provisions.open, people.provisions.moved,
    ...["", "/write"].map(step => people.speeches.call + step), ...["", "/edit"].map(step => people.speeches.draft + step), ...["sent", "spoken", "printed", "diverted"].map(one => people.speeches[one]),
    ...["", "/edit"].map(step => people.claims.sent + step), ...["", "/edit"].map(step => people.claims.back + step), people.claims.stands, people.claims.appeal, people.claims.burden, "/appeals/point", ...["", "/appeal"].map(step => people.claims.entry + step),
    people.exempted, people.talks.caution, ...["", "/answer"].map(step => people.talks.inquiry + step), people.talks.held,
    ...["", "/amend"].map(step => people.pledges.signed + step), ...["", "/edit", "/submit"].map(step => people.statements.back + step), people.statements.sent],
};
const startsOf = role => !role ? ["/", "/help", "/receipt", "/login"] : ["/home", "/help", "/search?q=停车", ...(OWN[role]?.() || [])];

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
    const again = looked.has(template(path));
    looked.add(template(path));
    for (const one of await look(page, judged, again)) faults.push(`${role || "anybody"} ${path}: ${one}`);
  }
}

for (const role of ROLES) {
  if (process.env.HUOTANG_ROLES && !process.env.HUOTANG_ROLES.split(",").includes(role)) continue;
  test(`pages of ${role || "anybody"}`, { skip }, async context => {
    const actor = role ? await (await Actor.enter(house, STILL)).signIn(people[LOGINS[role]] || role) : await Actor.enter(house, STILL);
    const cookie = (await actor.context.cookies()).map(one => `${one.name}=${one.value}`).join("; ");
    const walk = await new Walk({ url: house.url, cookie, role, seen, titles, judgeHtml, takes }).go(startsOf(role));
    const paths = [...walk.toLook], faults = walk.faults;
    context.diagnostic(`${walk.drawn.size} links, ${walk.pages} pages, ${paths.length} looked at`);
    await Promise.all(Array.from({ length: TABS }, () => lookThrough(actor, role, paths, faults)));
    faults.push(...actor.faults);
    await actor.context.close();
    report(faults);
  });
}

// An answer to bytes as they are; null when the connection ends without one.
async function raw(bytes) {
  const socket = connect(Number(new URL(house.url).port), "127.0.0.1");
  let text = "";
  socket.setEncoding("latin1").on("data", part => { text += part; }).on("error", () => {});
  socket.end(bytes, "latin1");
  await new Promise(done => socket.once("close", done));
  const [head] = text.split("\r\n\r\n"), [first, ...lines] = head.split("\r\n");
  return text ? { status: Number(first.split(" ")[1]), headers: new Headers(lines.map(line => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()])) } : null;
}

test("answers that are no pages have the headers too", { skip }, async () => {
  const faults = [], form = { "content-type": "application/x-www-form-urlencoded" };
  const asset = /href="(\/assets\/app[^"]*)"/.exec(await (await fetch(house.url + "/")).text())[1], etag = (await fetch(house.url + "/")).headers.get("etag");
  const asked = [
    [200, asset], [200, "/readyz"], [200, "/login", { method: "HEAD" }], [304, "/", { headers: { "if-none-match": etag } }], [303, "/home", { redirect: "manual" }], [401, "/api/v1/proposals"], [404, "/no/such/page"], [404, "/api/v1/none"],
    [405, "/home", { method: "PUT" }], [403, "/login", { method: "POST", headers: form, body: "login_name=a&password=b" }], [400, "/%ff"],
    [415, "/login", { method: "POST", headers: { "content-type": "text/xml" }, body: "<a/>" }], [413, "/login", { method: "POST", headers: form, body: "a".repeat(3e6) }],
  ];
  for (const [status, path, how] of asked) {
    const answer = await fetch(house.url + path, how).catch(() => null); // a body that is too long may be cut off
    if (answer && answer.status !== status) faults.push(`${path}: ${answer.status}, not ${status}`);
    for (const one of answer ? headerFaults(answer.status, answer.headers) : []) faults.push(`${status} ${path}: ${one}`);
  }
  const broken = ["GET / HTTP/1.1\r\n\r\n", "GET / HTTP/9.1\r\nHost: a\r\n\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nnocolon\r\n\r\n", `GET /${"a".repeat(4e4)} HTTP/1.1\r\nHost: a\r\n\r\n`, `GET / HTTP/1.1\r\nHost: a\r\nX: ${"a".repeat(4e4)}\r\n\r\n`];
  for (const bytes of broken) {
    const answer = await raw(bytes);
    if (answer?.status < 400) faults.push(`${bytes.slice(0, 40)}: ${answer.status}`);
    for (const one of answer ? headerFaults(answer.status, answer.headers) : []) faults.push(`${answer.status} ${bytes.slice(0, 40)}: ${one}`);
  }
  assert.deepEqual(faults, []);
});

// Pages that no link leads to, or that send one on: where one is sent, what a script fetches, a step that a site must first ask for, a
// step that its button takes at once; signing a pledge, whose form is that of changing it.
const UNLINKED = ["/renewals/{id}/reopen", "/renewals/{id}/carry", "/renewals/{id}/close", "/first", "/login/again", "/login/code", "/proposals/similar", "/opinions/similar", "/reporters", "/invitations/{id}/opinion", "/proposals/{id}/merge", "/assignments/{id}/sign_contribution", "/assignments/{id}/vet_redraft", "/letters/{id}/close", "/letters/{id}/recall", "/letters/{id}/restore", "/clusters/{id}/pin", "/clusters/{id}/unpin", "/clusters/{id}/close", "/clusters/{id}/reopen", "/departures/{id}/withdraw", "/claims/{id}/approve", "/claims/{id}/submit", "/claims/{id}/withdraw", "/appeals/{id}/withdraw", "/pledges/{id}/sign",
  ...["publish", "drop"].map(step => `/schemes/{id}/${step}`), ...["publish", "complete", "drop"].map(step => `/seatings/{id}/${step}`), ...["publish", "remind", "close", "reopen", "drop"].map(step => `/provisions/{id}/${step}`),
  ...["publish", "close", "settle"].map(step => `/speech_calls/{id}/${step}`), ...["submit", "rewrite", "speak", "print", "give", "leave", "withdraw"].map(step => `/speeches/{id}/${step}`),
  ...["propose", "drop", "notify", "close"].map(step => `/assessments/{id}/${step}`),
  ...["notify", "tally", "presume", "settle", "hold", "remind"].map(step => `/meetings/{id}/${step}`), ...["confirm", "decline", "excuse", "drop"].map(step => `/invitees/{id}/${step}`)];

test("every page of the house was among them", { skip }, () => {
  const pages = [...house.run("describe", "routes").matchAll(/^\| GET \| `([^`]+)`/gm)].map(([, path]) => path).filter(path => !/^\/api\/|\.\w+$|\/(pdf|docx|xlsx|document|file|\{file\})$/.test(path));
  assert.deepEqual(pages.filter(path => !UNLINKED.includes(path) && !seen.has(path.replace(/\{\w+\}/g, "0"))), []);
});

// What burdens people is off as the house is shipped, in every place's preset, and has no page (quality.md Q10; State Council General Office 2026 no. 12).
const BURDENS = /^scores\.(member|head)_(points|grade|comparison)$|_ranking$|^meetings\.checkin_code$/, COUNTED = /排行|名次|第 ?\d+ 名|在线时长|登录次数|阅读时长|点击量/;
test("nobody is ranked, timed or made to check in by default", { skip }, async () => {
  const settings = [...house.run("describe", "settings").matchAll(/^\| `([^`]+)` \| [^|]* \| [^|]* \| [^|]* \| ([^|]*) \|/gm)].map(([, name, value]) => [name, value.trim()]);
  const off = settings.filter(([name]) => BURDENS.test(name));
  assert.equal(off.length, 11, "four rankings, three figures each for members and heads, the code at the door");
  assert.deepEqual(off.filter(([, value]) => value !== "0"), []);
  const presets = join(ROOT, "seed/presets");
  for (const file of readdirSync(presets)) for (const line of readFileSync(join(presets, file), "utf8").split("\n")) {
    const [name, value] = line.split(/[=|]/).map(part => part.trim());
    assert.ok(!BURDENS.test(name) || value === "0", `${file}: ${line}`);
  }
  assert.deepEqual([...house.run("describe", "routes").matchAll(/`(\/[^`]*)`/g)].map(([, path]) => path).filter(path => /rank|leaderboard|online|duration|heartbeat/.test(path)), []);
  const member = await (await Actor.enter(house)).signIn("m001");
  for (const path of ["/home", "/scores/mine", "/entries/mine", "/dossiers/mine", "/assessments/mine", "/members", "/meetings", "/claims", "/plenaries"]) {
    await member.go(path);
    assert.doesNotMatch((await member.text()).replaceAll("不排名次", ""), COUNTED, path);
  }
  await member.leave();
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
    bytes += gzipSync(await answer.body(), { level: 5 }).length; // pages are compressed by the nginx in front (tools/package/nginx-site)
    if (requests > PAGE_REQUESTS || bytes > PAGE_BYTES || script > SCRIPT_BYTES) faults.push(`${path}: ${requests} requests, ${bytes} bytes, ${script} of script`);
    await actor.context.close();
  }
  assert.deepEqual(faults, []);
});
