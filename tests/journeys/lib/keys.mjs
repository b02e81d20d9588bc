// SPDX-License-Identifier: MulanPSL-2.0
// A person with a keyboard and no mouse: Tab, Shift+Tab, Enter, Space, arrows and typing. Every place that the focus comes to on the
// way must show it and must not be covered (quality.md X2). The tasks are in everything_by_keyboard.mjs.
import assert from "node:assert/strict";
import { Actor } from "./house.mjs";

const FAR = 260; // Tab presses after which something cannot be reached

// Where the focus is, and what is wrong with how it shows. In the page.
export function focused() {
  const one = document.activeElement, label = one.labels?.[0]?.innerText || "";
  if (one === document.body) return { name: "", text: "", label: "", kind: "", main: false, fault: "" };
  const look = one.matches(".opt input") ? one.closest("label") : one, style = getComputedStyle(look), box = look.getBoundingClientRect();
  const shown = (one.type === "date" && !one.matches(":focus")) // the calendar button in it, which the browser draws
    || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || /\b[23]px\b/.test(style.boxShadow);
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 40), 0), innerWidth - 1), y = Math.min(Math.max(box.top + Math.min(box.height / 2, 24), 0), innerHeight - 1); // in a tall field the browser shows the line of the caret
  const above = document.elementFromPoint(x, y), seen = box.bottom > 0 && box.top < innerHeight && (look.contains(above) || above?.contains(look));
  const text = (one.getAttribute("aria-label") || one.innerText || one.value || "").replace(/\s+/g, " ").trim();
  return { name: one.name, text, label: label.replace(/\s+/g, " ").trim(), kind: one.type || one.tagName, main: !!one.closest("main"),
    fault: one.matches("main, [tabindex='-1']") ? "" : !shown ? "focus does not show" : !seen ? `covered or out of sight (${Math.round(box.top)} to ${Math.round(box.bottom)} of ${innerHeight})` : "", html: one.outerHTML.slice(0, 120) };
}

export class Keys {
  static async enter(house, login) {
    const keys = new Keys();
    keys.actor = await Actor.enter(house, { reducedMotion: "reduce" });
    keys.page = keys.actor.page;
    if (login) await keys.signIn(login);
    return keys;
  }

  async go(path) { await this.actor.go(path); }
  async key(name) { await this.page.keyboard.press(name); }

  async here() {
    const at = await this.page.evaluate(focused);
    if (at.fault) assert.fail(`${this.page.url()}: ${at.fault}: ${at.html}`);
    return at;
  }

  // Presses Tab until wanted(place) holds.
  async reach(wanted, what) {
    for (let n = 0; n < FAR; n++) {
      const at = await this.here();
      if (wanted(at)) return at;
      await this.key("Tab");
    }
    assert.fail(`${this.page.url()}: ${what} cannot be reached by Tab`);
  }

  field(name) { return this.reach(at => at.main && at.name === name && !/hidden|button|submit/.test(at.kind), `field ${name}`); }

  async write(name, text) {
    await this.field(name);
    await this.key("Control+a");
    await this.page.keyboard.insertText(text);
  }

  // A day, typed in the order that the browser's own language has: year first or last.
  async day(name, iso) {
    const [year, month, day] = iso.split("-"), value = () => this.page.evaluate(() => document.activeElement.value);
    await this.field(name);
    for (const parts of [[year, "ArrowRight", month, day], [month, day, year]]) {
      for (const part of parts) await (part === "ArrowRight" ? this.key(part) : this.page.keyboard.type(part));
      if (await value() === iso) return;
      for (let n = 0; n < 3; n++) await this.key("ArrowLeft");
    }
    assert.fail(`${name} does not take ${iso}: ${await value()}`);
  }

  async choose(name, label) {
    const selected = () => this.page.evaluate(() => document.activeElement.selectedOptions[0].label.trim());
    await this.field(name);
    await this.key("Home");
    for (let n = 0; n < FAR && !(await selected()).startsWith(label); n++) await this.key("ArrowDown");
    assert.ok((await selected()).startsWith(label), `${name} has no choice ${label}`);
  }

  // Radio buttons: the group is one stop of Tab, arrows choose in it.
  async pick(name, label) {
    const first = await this.field(name), seen = new Set();
    for (let at = first; !at.label.startsWith(label); at = await this.here()) {
      assert.ok(!seen.has(at.label), `${name} has no choice ${label}`);
      seen.add(at.label);
      await this.key("ArrowDown");
    }
    await this.key("Space");
  }

  async tick(name) {
    await this.field(name);
    await this.key("Space");
  }

  // Opens the group of the menu in which an entry is folded away.
  async unfold(words) {
    const group = await this.page.evaluate(begin => {
      const places = [...document.querySelectorAll(".side a")].filter(one => one.textContent.trim().startsWith(begin)).map(one => one.closest("details:not([open])"));
      return places.every(Boolean) && places[0]?.querySelector("summary").textContent.trim();
    }, words);
    if (!group) return;
    await this.reach(at => !at.main && at.kind === "SUMMARY" && at.text.startsWith(group), group);
    await this.key("Enter");
  }

  // A link or button by the beginning of its words; waits for the page that follows.
  async press(words, where = "main") {
    if (where === "navigation") await this.unfold(words);
    await this.reach(at => at.text.startsWith(words) && /^(A|submit)$/.test(at.kind) && (where !== "main" || at.main), words);
    await this.enterAndWait();
  }

  async enterAndWait() {
    await Promise.all([this.page.waitForEvent("framenavigated", { predicate: frame => frame === this.page.mainFrame() }), this.key("Enter")]);
    await this.page.waitForLoadState();
  }

  async signIn(login) {
    await this.go("/login");
    await this.write("login_name", login);
    await this.write("password", this.actor.house.password);
    await this.enterAndWait();
    this.actor.name = login;
  }

  async sees(words) { await this.actor.sees(words); }
  async leave() { await this.actor.leave(); }
}
