// SPDX-License-Identifier: MulanPSL-2.0
// What every journey needs: a house of its own (server, data folder, free port) with the people of the demo city and no
// proposals, Chromium, and actors that sign in and act on pages, with or without JavaScript. Leaves nothing behind.
// The journeys stand one folder up; tests/harness/run gives HUOTANG_BIN and HUOTANG_TEST_DB.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CHROMIUM } from "./chromium.mjs";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const BIN = process.env.HUOTANG_BIN || join(ROOT, "build/huotang");
const WAIT_MS = 20000;

function load(name) {
  try { return createRequire(import.meta.url)(name); } catch { return null; }
}
const playwright = load("playwright-core");

// Why journeys cannot run here; false when they can.
export const skip = !existsSync(BIN) ? "build/huotang has not been built"
  : !playwright ? "npm ci in tests/journeys has not been run" : !CHROMIUM ? "Chromium is not installed" : false;

async function freePort() {
  const socket = createServer().listen(0, "127.0.0.1");
  await new Promise(done => socket.once("listening", done));
  const { port } = socket.address();
  await new Promise(done => socket.close(done));
  return port;
}

async function until(what, text) {
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await new Promise(done => setTimeout(done, 30))) if (await what()) return;
  assert.fail("waited in vain: " + text);
}

// The server with its data; `scale` as in `huotang demo` (0 = people, bodies and opinions only); preset: rules of a place that the office
// applies first; more: its environment.
export async function openHouse({ scale = 0, preset = process.env.HUOTANG_PRESET, ...more } = {}) {
  const data = mkdtempSync(join(tmpdir(), "huotang-journey-"));
  const port = await freePort(), url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, HUOTANG_DATA: data, HUOTANG_LISTEN: `127.0.0.1:${port}`, HUOTANG_PUBLIC_URL: url, HUOTANG_LOG_LEVEL: "error", ...more };
  if (process.env.HUOTANG_TEST_DB?.startsWith("postgresql://")) env.HUOTANG_DB = process.env.HUOTANG_TEST_DB;
  let server = null;
  const house = {
    url, data, actors: [],
    run: (...words) => execFileSync(BIN, words, { env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }),
    async start() {
      server = spawn(BIN, ["serve"], { env, stdio: ["ignore", "ignore", "inherit"] });
      await until(() => fetch(url + "/readyz").then(answer => answer.ok, () => false), "the server is ready");
    },
    async stop() {
      if (!server) return;
      const ended = new Promise(done => server.once("exit", done));
      server.kill("SIGTERM");
      await ended;
      server = null;
    },
    // The same house so many days from now (a demo's clock, server/text: config.days_ahead); who was signed in is out.
    async ahead(days) {
      await house.stop();
      Object.assign(env, { HUOTANG_DEMO: "yes", HUOTANG_DAYS_AHEAD: String(days) });
      await house.start();
    },
    async close() {
      await house.browser?.close();
      await house.stop();
      open--;
      rmSync(data, { recursive: true, force: true });
    },
  };
  process.once("exit", () => { server?.kill("SIGKILL"); rmSync(data, { recursive: true, force: true }); });
  house.password = settle(house, scale);
  await house.start();
  house.browser = await playwright.chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
  if (preset) await adopt(house, preset);
  return house;
}

// Fills an empty house with the demo city; gives the password of its people. Under tests/harness/run (HUOTANG_TEST_TEMPLATES) the city
// without proposals is made once a day on SQLite, and the other journeys copy it; of two houses at a time each has its own.
let open = 0;
function settle(house, scale) {
  const templates = process.env.HUOTANG_TEST_TEMPLATES, kept = join(templates || "", `city-${today()}`);
  const shared = open++ === 0 && templates && scale === 0 && !process.env.HUOTANG_TEST_DB?.startsWith("postgresql://");
  if (shared && existsSync(kept)) {
    cpSync(kept, house.data, { recursive: true });
    return readFileSync(join(house.data, "password"), "utf8");
  }
  const [password] = /\b[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}\b/.exec(house.run("demo", "--scale", String(scale)));
  if (shared) {
    const made = mkdtempSync(kept + "-");
    cpSync(house.data, made, { recursive: true });
    writeFileSync(join(made, "password"), password);
    try { renameSync(made, kept); } catch { /* another journey was first: either's will do */ }
  }
  return password;
}

async function adopt(house, preset) {
  const staff = await (await Actor.enter(house)).signIn("staff");
  await staff.go(`/presets/show?name=${preset}`);
  await staff.press("从这一天起启用");
  await staff.sees("规则方案已保存", "body");
  await staff.leave();
}

// A browser of one's own. Console errors, page errors and violations of the content security policy end up in faults.
export class Actor {
  static async enter(house, { width = 1366, script = true, mode = "", ...more } = {}) {
    const actor = new Actor();
    const phone = width < 600;
    Object.assign(actor, { house, script, phone, faults: [] });
    actor.context = await house.browser.newContext({ viewport: { width, height: phone ? 844 : 900 }, hasTouch: phone, locale: "zh-CN", timezoneId: "Asia/Shanghai", javaScriptEnabled: script, ...more });
    if (mode) await actor.context.addCookies([{ name: "mode", value: mode, url: house.url }]);
    if (script) await actor.context.addInitScript(() => addEventListener("securitypolicyviolation", event => console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
    actor.context.setDefaultTimeout(WAIT_MS);
    house.actors.push(actor);
    await actor.turn();
    return actor;
  }

  // A new tab.
  async turn() {
    const page = this.page = await this.context.newPage();
    page.on("pageerror", error => this.faults.push(`${page.url()} ${error.message}`));
    // A fetch that fails without an answer was broken off by the next page; a refusal has its status, a violation its own line.
    page.on("console", line => {
      if (line.type() === "error" && !/status of (4\d\d|503)|net::ERR_|htmx:error: Failed to fetch/.test(line.text())) this.faults.push(`${page.url()} ${line.text()}`);
    });
    return page;
  }

  async signIn(name, password = this.house.password) {
    this.name = name;
    await this.go("/login");
    await this.fill({ login_name: name, password });
    await this.press("登录", "main");
    assert.ok(!new URL(this.page.url()).pathname.startsWith("/login"), `${name} could not sign in: ${await this.text()}`);
    return this;
  }

  async go(path) {
    const answer = await this.page.goto(this.house.url + path);
    assert.ok(answer.status() < 400, `${path}: ${answer.status()} ${(await this.text()).slice(0, 400)}`);
    return answer;
  }

  // No net for a while; what the browser says about that is no fault of the page.
  async unplug() {
    await this.context.setOffline(true);
    this.excused = /Failed to fetch|error occurred when fetching/;
  }

  // How many screens a task takes (quality Q7): addresses shown from its begin to its end, each once.
  async screens(task) {
    const seen = new Set([this.path()]), note = frame => frame === this.page.mainFrame() && seen.add(new URL(frame.url()).pathname);
    this.page.on("framenavigated", note);
    const made = await task();
    this.page.off("framenavigated", note);
    return { made, count: seen.size };
  }

  path() { return new URL(this.page.url()).pathname; }
  async text(where = "main") { return (await this.page.locator(where).first().innerText()).replace(/\s+/g, " "); }
  async sees(words, where) { assert.match(await this.text(where), words instanceof RegExp ? words : new RegExp(words)); }
  async seesNot(words, where) { assert.doesNotMatch(await this.text(where), words); }

  // Fields by name: text, choice of a select (by label), radio and check boxes (by label; an array ticks several).
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) await this.fillOne(name, value);
  }

  async fillOne(name, value) {
    const field = this.page.locator(`main [name="${name}"]:not([type=hidden])`);
    if (!await field.first().isVisible()) await this.unfold(field.first());
    const kind = await field.first().evaluate(one => one.tagName === "INPUT" ? one.type : one.tagName);
    if (kind === "SELECT") {
      const option = await field.locator("option").evaluateAll((all, label) => all.find(one => one.label.trim().startsWith(label))?.value, value);
      assert.ok(option !== undefined, `${name} has no choice ${value}`);
      await field.selectOption(option);
    } else if (kind === "checkbox" || kind === "radio") {
      for (const label of [value].flat()) await this.tick(field, label);
    } else if (kind === "file") await field.setInputFiles(value);
    else if (Array.isArray(value)) for (const [at, one] of value.entries()) await field.nth(at).fill(one);
    else await field.fill(value);
  }

  // Unfolds what hides the box and ticks it, as a person would.
  async tick(field, label) {
    const box = label === true ? field.first() : field.and(this.page.getByLabel(label)).first();
    await this.unfold(box);
    await box.check();
  }

  async unfold(field) {
    const fold = await field.evaluateHandle(one => one.closest("details:not([open])")?.querySelector("summary"));
    await fold.asElement()?.click();
  }

  async selects(name, values) {
    const fields = this.page.locator(`main select[name="${name}"]`);
    for (const [at, value] of values.entries()) await fields.nth(at).selectOption({ label: value });
  }

  // A button or link by its words, unfolding what hides it; waits for the page that follows.
  async press(words, where = "main") {
    const scope = this.page.locator(where), target = scope.locator("a:visible, button:visible").filter({ hasText: words }).first();
    const fold = scope.locator("details:not([open])").filter({ has: this.page.locator("a, button").filter({ hasText: words }) });
    if (!await target.count() && await fold.count()) await fold.first().locator("> summary").click();
    const before = this.page.url();
    await Promise.all([this.page.waitForEvent("framenavigated", { predicate: frame => frame === this.page.mainFrame() }), target.click()])
      .catch(error => { throw new Error(`pressing ${words} on ${before}: ${error.message}`); });
    await this.page.waitForLoadState();
  }

  async leave() {
    const faults = this.faults.filter(one => !this.excused?.test(one));
    this.house.actors = this.house.actors.filter(one => one !== this);
    await this.context.close();
    assert.deepEqual(faults, []);
  }
}

// A member's text for tests, told apart by its number.
export const PROPOSAL = n => ({
  title: `关于在第${n}街区增设公共停车场的提案`,
  situation: `第${n}街区农贸市场开业以来，周边没有公共停车场，赶集日车辆沿街停放两侧，救护车和校车多次受阻。`,
  analysis: "规划时没有配建停车位；临街空地权属不清，部门之间没有协调。",
  suggestions: ["在市场东侧空地建设不少于二百个车位的公共停车场。", "赶集日由交警在路口疏导，划定临时停车区。"],
});

// Log-in names of an agency of the demo city: its operator and its leader, who signs.
export function staffOf(agency) {
  const lines = readFileSync(join(ROOT, "seed/demo/agencies.txt"), "utf8").split("\n").filter(line => line && !line.startsWith("#"));
  const at = lines.findIndex(line => line.startsWith(agency + " = "));
  assert.ok(at >= 0, agency);
  const number = String(at + 1).padStart(2, "0");
  return { operator: "op" + number, leader: "head" + number };
}

export const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format();

// Runs a part of a journey; when it fails, says what everybody in it had before their eyes (HUOTANG_SHOTS: with pictures).
export async function tell(house, story) {
  try {
    await story();
  } catch (error) {
    for (const [at, actor] of house.actors.entries()) {
      if (process.env.HUOTANG_SHOTS) await actor.page.screenshot({ path: join(process.env.HUOTANG_SHOTS, `failed-${at}.png`) });
      error.message += `\n  ${actor.name || "somebody"} at ${actor.page.url()}: ${(await actor.text("main")).slice(0, 300)}`;
    }
    throw error;
  } finally {
    for (const actor of house.actors) await actor.context.close();
    house.actors = [];
  }
}

// The JSON API in the name of an account: api(method, path, body) gives the answer's JSON and refuses what is not 2xx.
export function apiOf(house, login) {
  const token = house.run("token", "add", login).trim().split(/\s+/).pop();
  return async (method, path, body) => {
    const answer = await fetch(house.url + "/api/v1" + path, { method, headers: { authorization: "Bearer " + token, "content-type": "application/json" }, body: body && JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text.slice(0, 400)}`);
    return text ? JSON.parse(text) : null;
  };
}
