// SPDX-License-Identifier: MulanPSL-2.0
// The script in a real Chromium, on the pages of the guide, under the product's content security policy with Trusted
// Types: every test fails on one violation or page error. Skips where playwright-core or Chromium is missing.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { before, beforeEach, test } from "node:test";
import { CHROMIUM } from "../../tests/journeys/lib/chromium.mjs";
import { serve } from "../../tools/ui/guide.mjs";

function load(name) {
  for (const from of [process.env.HUOTANG_NODE_MODULES, new URL("../../tests/journeys/", import.meta.url), new URL("../", import.meta.url)]) {
    if (!from) continue;
    try { return createRequire(from instanceof URL ? new URL("x.js", from) : from + "/x.js")(name); } catch { /* next */ }
  }
  return null;
}

const playwright = load("playwright-core"), axe = load("axe-core");
let skip = playwright && CHROMIUM ? false : "playwright-core or Chromium is not installed";
if (!existsSync(new URL("../node_modules", import.meta.url))) skip = "npm ci in ui/ has not been run";

let guide, browser, page, faults;

before(async () => {
  if (skip) return;
  guide = await serve();
  browser = await playwright.chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
});
beforeEach(async () => {
  if (skip) return;
  guide.state.mode = "";
  guide.state.saved = null;
  guide.state.version = 3;
  if (page) await page.context().close();
});

async function open(path, { width = 1366, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
  page = await context.newPage();
  faults = [];
  page.on("pageerror", error => faults.push(error.message));
  // A fetch that fails without an answer was broken off by the next page.
  page.on("console", line => { if (line.type() === "error" && !/Failed to load resource|net::|htmx:error: Failed to fetch/.test(line.text())) faults.push(line.text()); });
  if (options.javaScriptEnabled !== false) await page.addInitScript(() => addEventListener("securitypolicyviolation", event => console.error("CSP " + event.violatedDirective + " " + event.blockedURI + " " + event.sample)));
  await page.goto(guide.url + path);
}

const saveState = () => page.locator("[data-save]").getAttribute("data-state");
const stored = () => page.evaluate(() => JSON.parse(localStorage.getItem("huotang.draft.proposal-12")));
async function wait(what, ms = 9000) {
  const end = Date.now() + ms;
  for (;;) {
    if (await what()) return;
    if (Date.now() > end) assert.fail("waited in vain for " + what);
    await new Promise(done => setTimeout(done, 50));
  }
}
const scene = (name, use) => test(name, { skip }, async () => { await use(); assert.deepEqual(faults, []); });

for (const mode of ["standard", "elder", "contrast", "dark"]) {
  for (const width of [1366, 390]) {
    scene(`pages are accessible and do not scroll sideways: ${mode} ${width}`, async () => {
      for (const name of ["index", "form", "list", "case", "login"]) {
        await open(`/${name}.html?mode=${mode}`, { width });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name);
        if (axe) {
          await page.evaluate(axe.source);
          const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
          assert.deepEqual(found.violations.map(v => `${name} ${v.id}: ${v.nodes[0].html.slice(0, 120)}`), []);
        }
        assert.deepEqual(faults, []);
        await page.context().close();
        page = null;
      }
    });
  }
}

scene("at 320 px and in the largest type nothing scrolls sideways", async () => {
  for (const name of ["index", "form", "list", "case", "login"]) {
    for (const query of ["", "?mode=elder", "?mode=elder&size=30"]) {
      await open(`/${name}.html${query}`, { width: 320 });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name + query);
      await page.context().close();
      page = null;
    }
  }
});

scene("targets are at least 44 px high, 60 px for main actions in the elder mode", async () => {
  for (const [query, least] of [["", 44], ["?mode=elder", 60]]) {
    await open("/form.html" + query, { width: 390 });
    const small = await page.evaluate(least => [...document.querySelectorAll(".btn:not(.txt), .in, .opt label, .tabs5 a")].filter(one => one.offsetHeight && one.getBoundingClientRect().height < least - 0.5).map(one => one.outerHTML.slice(0, 80)), least);
    assert.deepEqual(small, []);
    await page.context().close();
    page = null;
  }
});

scene("typing is saved on the server and the copy on the device goes", async () => {
  await open("/form.html");
  await page.fill("#situation", "新的情况");
  await wait(async () => (await stored())?.fields.some(([, value]) => value === "新的情况"), 1500);
  await wait(async () => await saveState() === "saved");
  assert.equal(guide.state.saved.get("situation"), "新的情况");
  assert.equal(guide.state.saved.get("csrf"), "token-of-the-session");
  assert.equal(await stored(), null);
  assert.match(await page.textContent("[data-save]"), /已保存 \d\d:\d\d/);
  await wait(async () => await page.inputValue("input[name=version]") === String(guide.state.version));
  assert.ok(guide.state.version > 3); // a slow machine may have saved twice
});

scene("a lost net keeps the text here and sends it when the net is back", async () => {
  await open("/form.html");
  guide.state.mode = "down";
  await page.fill("#situation", "没有网时写的");
  await wait(async () => await saveState() === "local");
  assert.ok((await stored()).fields.some(([, value]) => value === "没有网时写的"));
  assert.match(await page.textContent("[data-save]"), /未联网，内容已存在本机/);
  guide.state.mode = "";
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await wait(async () => guide.state.saved?.get("situation") === "没有网时写的");
});

scene("a closed browser loses nothing: the text is offered and restored with all its items", async () => {
  await open("/form.html");
  guide.state.mode = "down";
  await page.click("[data-add]");
  await page.fill(".sugg li:nth-child(3) textarea", "第三条办法");
  await wait(async () => (await stored())?.fields.filter(([name]) => name === "suggestions").length === 3, 2000);
  await page.reload();
  guide.state.mode = "";
  await page.getByRole("button", { name: "恢复那份内容" }).click();
  assert.equal(await page.inputValue(".sugg li:nth-child(3) textarea"), "第三条办法");
  await wait(async () => guide.state.saved?.getAll("suggestions")[2] === "第三条办法");
});

scene("an offer that is declined is gone", async () => {
  await open("/form.html");
  guide.state.mode = "down";
  await page.fill("#situation", "不要的内容");
  await wait(async () => (await stored())?.fields.some(([, value]) => value === "不要的内容"), 2000);
  await page.reload();
  await page.getByRole("button", { name: "不要了" }).click();
  assert.equal(await page.getByRole("button", { name: "恢复那份内容" }).count(), 0);
  assert.notEqual(await page.inputValue("#situation"), "不要的内容");
});

for (const how of ["expired", "redirect"]) {
  scene(`an expired session (${how}) keeps the text and says how to go on`, async () => {
    await open("/form.html");
    guide.state.mode = how;
    await page.fill("#situation", "登录过期时写的");
    await wait(async () => await saveState() === "expired");
    assert.ok((await stored()).fields.some(([, value]) => value === "登录过期时写的"));
    assert.match(await page.getAttribute("[data-save] a", "href"), /^\/login\?next=/);
    guide.state.mode = "";
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await wait(async () => await saveState() === "saved");
  });
}

scene("another device's change is shown; one's own can be kept", async () => {
  await open("/form.html");
  guide.state.mode = "conflict";
  guide.state.version = 7;
  await page.fill("#situation", "电脑上写的情况");
  await wait(async () => await saveState() === "conflict");
  assert.match(await page.textContent(".sides"), /电脑上写的|这里写的/);
  assert.match(await page.textContent("#proposal-form > .note"), /手机上写的情况/);
  assert.equal(guide.state.saved, null, "nothing was overwritten");
  await page.getByRole("button", { name: "用这里写的" }).click();
  await wait(async () => guide.state.saved?.get("situation") === "电脑上写的情况");
});

scene("another device's change can be taken, and taken back", async () => {
  await open("/form.html");
  guide.state.mode = "conflict";
  guide.state.version = 7;
  await page.fill("#situation", "电脑上写的情况");
  await page.getByRole("button", { name: "用别处保存的" }).click({ timeout: 9000 });
  assert.equal(await page.inputValue("#title"), "手机上写的案由");
  assert.equal(await page.inputValue("input[name=version]"), "7");
  await page.getByRole("button", { name: "换回来" }).click();
  assert.equal(await page.inputValue("#situation"), "电脑上写的情况");
});

scene("suggestions are added, moved, removed, brought back and numbered", async () => {
  await open("/form.html");
  await page.click("[data-add]");
  await page.keyboard.type("第三条办法");
  assert.deepEqual(await page.locator(".sugg label").allTextContents(), ["第 1 条建议", "第 2 条建议", "第 3 条建议"]);
  assert.equal(await page.locator(".sugg li:nth-child(3) .why").count(), 0, "a new item has no fault");
  await page.locator(".sugg li:nth-child(3)").getByRole("button", { name: /上移/ }).click();
  assert.equal(await page.inputValue(".sugg li:nth-child(2) textarea"), "第三条办法");
  await page.locator(".sugg li:nth-child(2)").getByRole("button", { name: /删除/ }).click();
  assert.equal(await page.locator(".sugg li").count(), 2);
  await page.getByRole("button", { name: "撤销" }).click();
  assert.equal(await page.inputValue(".sugg li:nth-child(2) textarea"), "第三条办法");
  assert.ok(await page.evaluate(() => { const ids = [...document.querySelectorAll("[id]")].map(one => one.id); return new Set(ids).size === ids.length; }));
});

scene("similar texts come while typing, as text", async () => {
  await open("/form.html");
  await page.fill("#title", "增设过江公交线路");
  await page.locator("[data-similar] li").waitFor();
  assert.match(await page.textContent("[data-similar]"), /增设过江公交线路/);
});

scene("the counter counts and warns", async () => {
  await open("/form.html");
  await page.fill("#title", "案".repeat(42));
  assert.equal(await page.textContent("#title-count"), "已写 42 字，超出 2 字");
  assert.match(await page.getAttribute("#title-count", "class"), /over/);
});

scene("pasted text from Word is clean and can be undone", async () => {
  await open("/form.html");
  await page.fill("#analysis", "");
  await page.focus("#analysis");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "\u3000\u3000第一段\u00a0\r\n\uf0b7 要点\u200b");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  assert.equal(await page.inputValue("#analysis"), "第一段\n• 要点");
});

scene("a form is sent once, however often it is pressed", async () => {
  await open("/form.html");
  guide.state.calls.length = 0;
  guide.state.mode = "slow";
  await page.evaluate(() => { for (let i = 0; i < 3; i++) document.querySelector(".stick .pri").click(); });
  await page.waitForURL(guide.url + "/");
  assert.equal(guide.state.calls.filter(call => call === "POST /proposals/12").length, 1);
});

scene("after sending, the copy on this device goes with the next page", async () => {
  await open("/form.html");
  guide.state.mode = "down";
  await page.fill("#situation", "马上提交");
  await wait(async () => (await stored())?.fields.some(([, value]) => value === "马上提交"));
  await page.getByRole("button", { name: "下一步" }).click();
  await page.waitForURL(guide.url + "/");
  assert.equal(await stored(), null);
});

scene("a dangerous act is confirmed in a dialog", async () => {
  await open("/index.html");
  guide.state.calls.length = 0;
  await page.getByRole("button", { name: "不予立案" }).click();
  const dialog = page.getByRole("dialog");
  assert.match(await dialog.textContent(), /确定不予立案？.*立即收到通知/);
  await dialog.getByRole("button", { name: "取消" }).click();
  assert.equal(guide.state.calls.filter(call => call.startsWith("POST")).length, 0);
  await page.getByRole("button", { name: "不予立案" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "不予立案" }).click();
  await wait(async () => guide.state.calls.some(call => call.startsWith("POST")));
});

scene("the display mode changes at once and is told to the server", async () => {
  await open("/index.html");
  guide.state.calls.length = 0;
  await page.getByRole("button", { name: "深色" }).click();
  assert.equal(await page.getAttribute("html", "data-mode"), "dark");
  assert.equal(await page.getByRole("button", { name: "深色" }).getAttribute("aria-pressed"), "true");
  await page.getByRole("button", { name: "标准", exact: true }).click();
  assert.equal(await page.getAttribute("html", "data-mode"), "standard", "a second press counts too");
  await wait(async () => guide.state.calls.filter(call => call === "POST /mode").length === 2);
});

scene("events set the bell and load changed parts anew", async () => {
  await open("/index.html");
  await wait(async () => guide.state.streams.size > 0);
  guide.push("unread", { count: 5 });
  await wait(async () => await page.textContent(".top .dot") === "5");
  assert.equal(await page.getAttribute(".top a[href='/notices']", "aria-label"), "消息，5 条未读");
  guide.push("unread", { count: 0 });
  await wait(async () => !await page.locator(".top .dot").isVisible());
  guide.push("changed", { topic: "proposals/12" });
  await wait(async () => /第二版/.test(await page.textContent("#live-box")));
});

scene("files that cannot be sent are named before they travel", async () => {
  await open("/form.html");
  await page.setInputFiles("#files", [{ name: "程序.exe", mimeType: "x/y", buffer: Buffer.from("a") }, { name: "照片.jpg", mimeType: "image/jpeg", buffer: Buffer.from("b") }]);
  assert.match(await page.textContent("[data-chosen]"), /程序\.exe.*错误：只能上传/);
  guide.state.calls.length = 0;
  await page.getByRole("button", { name: "下一步" }).click();
  assert.equal(guide.state.calls.filter(call => call === "POST /proposals/12").length, 0);
});

scene("the list's bar appears with a tick and counts", async () => {
  await open("/list.html");
  assert.equal(await page.locator("[data-bulk-bar]").isVisible(), false);
  await page.check("[data-all]");
  assert.equal(await page.textContent("[data-bulk-n]"), "3");
});

scene("without the net a visited house still speaks, and its cache holds no page", async () => {
  await open("/index.html");
  await page.goto(guide.url + "/list.html");
  await wait(async () => page.evaluate(() => Boolean(navigator.serviceWorker.controller)));
  await page.goto(guide.url + "/case.html");
  const cached = await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)))).flat());
  assert.ok(cached.length >= 5 && cached.every(path => ["/offline.html", "/gate.html"].includes(path) || path.startsWith("/assets/")), cached.join(" "));
  await page.context().setOffline(true);
  await page.goto(guide.url + "/form.html");
  assert.equal(await page.title(), "没有联网");
  faults.length = 0; // the net was away on purpose
});

scene("a password can be shown", async () => {
  await open("/login.html");
  await page.getByRole("button", { name: "显示" }).click();
  assert.equal(await page.getAttribute("#password", "type"), "text");
});

scene("without the script the same forms stand there, ready to be sent", async () => {
  await open("/form.html", { javaScriptEnabled: false });
  assert.equal(await page.locator("[data-add]").getAttribute("name"), "more");
  assert.ok(await page.locator("[data-add]").isVisible());
  await open("/list.html", { javaScriptEnabled: false });
  assert.ok(await page.locator("[data-bulk-bar]").isVisible());
});

// Not a hook: those run only when nothing is open any more.
test("the browser closes", { skip }, async () => {
  await browser.close();
  guide.close();
});
