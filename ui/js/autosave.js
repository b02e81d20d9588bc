// SPDX-License-Identifier: MulanPSL-2.0
// Forms with data-autosave="/path": sent a few seconds after a change, kept on this device until the server has it,
// offered again after a lost net, a closed browser or an expired session; a 409 shows both versions. Rules: draft.js.
// The answer is JSON {"version":N,"saved_at":MS}; a 409 may carry {"version","saved_at","fields"}, else the page is read.
import { all, button, clock, icon, make, toast } from "./dom.js";
import { backoff, completed, differences, dueAt, fieldsOf, grouped, KEEP_MS, LOCAL_MS, outcome, pairsOf, sameFields, shouldOffer, words } from "./draft.js";
import { setCount } from "./items.js";
import { parse } from "./secure.js";
import * as store from "./store.js";

const SENT = "huotang.sent";
const ICONS = { saved: "circle-check", local: "cloud-off", expired: "lock", conflict: "alert-triangle", refused: "alert-circle", nowhere: "alert-circle" };

const read = form => fieldsOf(new FormData(form), all(form, "input[type=password]").map(one => one.name));

// Fills a form with pairs; repeated fields grow or shrink where they are a list of items.
function fill(form, fields) {
  const groups = grouped(fields);
  for (const list of all(form, "[data-items]")) {
    const control = list.querySelector("[name]");
    if (control && groups[control.name]) setCount(list, groups[control.name].length);
  }
  const used = {};
  for (const control of form.elements) {
    if (!control.name || ["csrf", "idempotency", "version"].includes(control.name) || /^(file|password|submit|button)$/.test(control.type)) continue;
    const values = groups[control.name] || [];
    if (/^(checkbox|radio)$/.test(control.type)) control.checked = values.includes(control.value);
    else if (control.type === "select-multiple") for (const option of control.options) option.selected = values.includes(option.value);
    else {
      const at = used[control.name] = (used[control.name] ?? -1) + 1;
      if (at < values.length) control.value = values[at];
    }
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

class Draft {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.key || location.pathname;
    this.line = form.querySelector("[data-save]") || document.querySelector("[data-save]");
    this.clean = form.querySelector(".errs") ? [] : read(form); // what was refused is not yet kept anywhere
    this.failures = this.first = this.last = this.wait = 0;
    this.offer();
    this.changed();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", event => { if (!event.defaultPrevented) this.submitted(); });
    addEventListener("online", () => this.retry());
    addEventListener("focus", () => { if (this.state === "expired") this.retry(); });
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => document.hidden ? this.leave() : this.retry());
    addEventListener("beforeunload", event => { if (this.state === "nowhere" && !this.sent) { event.preventDefault(); event.returnValue = ""; } });
  }

  say(state, at) {
    this.state = state;
    if (!this.line) return;
    this.line.dataset.state = state;
    this.line.textContent = "";
    this.line.append(icon(ICONS[state] || "device-floppy") || "", make("span", {}, words(state, at)));
    if (state === "expired") {
      const next = encodeURIComponent(location.pathname + location.search);
      this.line.append(make("a", { href: "/login?next=" + next, target: "_blank", rel: "noopener" }, "在新窗口登录"));
    }
  }

  keep() {
    clearTimeout(this.localTimer);
    this.localTimer = 0;
    const fields = read(this.form);
    if (sameFields(fields, this.clean)) return true;
    return store.put(this.key, { at: Date.now(), fields, title: document.title });
  }

  changed() {
    if (sameFields(read(this.form), this.clean)) return;
    const now = Date.now();
    this.first = this.first || now;
    this.last = now;
    this.localTimer = this.localTimer || setTimeout(() => { if (!this.keep() && this.failures) this.say("nowhere"); }, LOCAL_MS);
    if (this.panel) return; // two versions: nothing is sent before somebody chose
    if (!this.failures && this.state !== "saving") this.say("dirty");
    this.plan();
  }

  plan() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), Math.max(0, dueAt(this.first, this.last, this.wait) - Date.now()));
  }

  retry() {
    if (!this.first || this.panel) return;
    this.wait = 0;
    this.plan();
  }

  leave() {
    if (this.sent || !this.first) return;
    this.keep();
    if (!this.panel && !this.sending) this.send(true);
  }

  async send(last) {
    clearTimeout(this.timer);
    if (this.sending || this.sent || this.panel) return;
    const fields = read(this.form);
    if (sameFields(fields, this.clean)) {
      this.first = 0;
      store.drop(this.key);
      return this.say("idle");
    }
    this.sending = true;
    if (!this.failures) this.say("saving");
    let answer = null, state = "local";
    try {
      answer = await fetch(this.form.dataset.autosave, {
        // the key is that of handing in: spent here, it would refuse that
        method: "POST", body: new URLSearchParams([...new FormData(this.form)].filter(([name, value]) => value.trim && name !== "idempotency")),
        headers: { Accept: "application/json" }, redirect: "manual", credentials: "same-origin", keepalive: Boolean(last),
      });
      state = outcome(answer.status, answer.type === "opaqueredirect");
    } catch { /* no answer: the copy on this device stays */ }
    this.sending = false;
    await this.settle(state, answer, fields);
  }

  async settle(state, answer, fields) {
    const body = answer && /json/.test(answer.headers.get("Content-Type") || "") ? await answer.json().catch(() => ({})) : {};
    if (state === "saved") return this.saved(body, fields);
    const kept = this.keep();
    if (state === "conflict") return this.conflict(body);
    if (state === "token" && !this.renewed) {
      this.renewed = true;
      state = await this.renew() ? "token" : "expired";
    } else if (state === "token") state = "expired";
    this.failures++;
    this.wait = state === "token" ? 0 : Date.now() + (state === "refused" ? 60000 : backoff(this.failures));
    this.say(kept || state === "token" ? state : "nowhere");
    this.plan();
  }

  saved(body, fields) {
    this.clean = fields;
    this.failures = this.wait = 0;
    this.renewed = false;
    this.setVersion(body.version);
    this.say("saved", clock(body.saved_at || Date.now()));
    if (sameFields(read(this.form), fields)) {
      this.first = 0;
      clearTimeout(this.localTimer);
      this.localTimer = 0;
      store.drop(this.key);
    } else {
      this.first = this.last = Date.now();
      this.keep();
      this.plan();
    }
  }

  setVersion(version) {
    const field = this.form.querySelector("input[name=version]");
    if (field && version !== undefined) field.value = version;
  }

  // The same page as the server has it now, with its form; null if it cannot be had.
  async page() {
    try {
      const answer = await fetch(location.href, { redirect: "manual", credentials: "same-origin" });
      if (answer.status !== 200) return null;
      const there = parse(await answer.text());
      return [...there.querySelectorAll("form[data-autosave]")].find(form => (form.dataset.key || location.pathname) === this.key) || null;
    } catch { return null; }
  }

  // After a new log-in the old token is void: take the new one from the page.
  async renew() {
    const form = await this.page();
    const token = form && form.querySelector("input[name=csrf]");
    if (!token) return false;
    for (const field of document.querySelectorAll("input[name=csrf]")) field.value = token.value;
    return true;
  }

  async conflict(body) {
    let theirs = pairsOf(body.fields);
    if (theirs) theirs = completed(theirs, read(this.form));
    if (!theirs || body.version == null) {
      const form = await this.page();
      if (form) {
        theirs = theirs || read(form);
        body.version = body.version ?? (form.querySelector("input[name=version]") || {}).value;
      }
    }
    this.say("conflict");
    if (!theirs || body.version == null) { // cannot be read now: ask again later, nothing is lost
      this.wait = Date.now() + backoff(++this.failures);
      return this.plan();
    }
    this.show(theirs, body);
  }

  put(panel) {
    this.form.insertBefore(panel, [...this.form.children].find(child => child.type !== "hidden") || null);
  }

  label(name) {
    const control = this.form.querySelector(`[name="${CSS.escape(name)}"]`);
    const group = control && /radio|checkbox/.test(control.type) && control.closest("fieldset");
    const text = group ? group.firstElementChild : control && control.labels && control.labels[0];
    return text ? text.textContent.trim() : name;
  }

  // theirs: what the server has, as there (version, saved_at) says.
  show(theirs, there) {
    const mine = read(this.form), at = there.saved_at, found = differences(mine, theirs);
    if (!found[0]) return this.saved(there, mine); // it was saved, and the answer got lost
    const close = () => { this.panel.remove(); this.panel = null; };
    const sides = found.map(one => make("div", {}, make("h3", {}, this.label(one.name)), make("div", { class: "sides" },
      make("div", {}, make("b", {}, "这里写的"), make("p", { class: "pre" }, one.mine || "（空）")),
      make("div", {}, make("b", {}, "别处保存的"), make("p", { class: "pre" }, one.theirs || "（空）")))));
    this.panel = make("div", { class: "note warn", role: "alert", tabindex: "-1" }, icon("alert-triangle"), make("div", { class: "stack" },
      make("p", {}, make("b", {}, `这份稿子${at ? " " + clock(at) + " " : "刚才"}在别处改过。两份都在，请选用哪一份`)), ...sides,
      make("p", { class: "row" },
        button("用这里写的", "pri", () => { close(); this.setVersion(there.version); this.send(); }),
        button("用别处保存的", "", () => {
          close();
          this.clean = theirs;
          fill(this.form, theirs);
          this.saved(there, read(this.form));
          toast("已换成别处保存的", ["换回来", () => { fill(this.form, mine); this.changed(); }], 20000);
        }))));
    this.put(this.panel);
    this.panel.focus();
  }

  offer() {
    const copy = store.get(this.key);
    if (!copy) return;
    if (!shouldOffer(copy, read(this.form), Date.now(), Number(this.form.dataset.savedAt) || 0)) return store.drop(this.key);
    const done = () => { panel.remove(); store.drop(this.key + ".old"); };
    store.put(this.key + ".old", copy); // typing on before choosing must not overwrite it
    const panel = make("div", { class: "note warn", role: "status" }, icon("history"), make("div", {},
      make("p", {}, `这台设备上有 ${new Date(copy.at).toLocaleDateString("zh-CN")} ${clock(copy.at)} 写的内容，还没有存到服务器。`),
      make("p", { class: "row" },
        button("恢复那份内容", "pri", () => { done(); fill(this.form, copy.fields); this.changed(); toast("已恢复，请核对"); }),
        button("不要了", "", () => { done(); if (!this.first) store.drop(this.key); }))));
    this.put(panel);
  }

  submitted() {
    this.keep();
    this.sent = true;
    clearTimeout(this.timer);
    try { sessionStorage.setItem(SENT, this.key); } catch { /* then the copy is offered once more */ }
    addEventListener("pageshow", event => { if (event.persisted) this.sent = false; }, { once: true });
  }
}

const bound = new WeakSet();
export function autosaveAll(root) {
  for (const form of all(root, "form[data-autosave]")) {
    if (bound.has(form)) continue;
    bound.add(form);
    new Draft(form);
  }
}

// A form was sent and another page came: its copy has done its duty. Copies nobody came back for are forgotten.
export function sweep() {
  let sent = null;
  try { sent = sessionStorage.getItem(SENT); sessionStorage.removeItem(SENT); } catch { /* no storage */ }
  const here = all(document, "form[data-autosave]").map(form => form.dataset.key || location.pathname);
  if (sent && !here.includes(sent)) { store.drop(sent); store.drop(sent + ".old"); }
  for (const key of store.keys()) {
    const copy = store.get(key);
    if (!copy || !(Date.now() - copy.at < KEEP_MS)) store.drop(key);
  }
}
