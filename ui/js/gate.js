// SPDX-License-Identifier: MulanPSL-2.0
// The list of the gate goes on without a net. On this device stay: the list as it was read last (KEEP_MS, and until somebody signs in:
// small.js), each mark until the house has it, and what the house found odd until somebody has read it. Each is an entry of its own, so two
// tabs do not overwrite one another. The house takes the same mark once, however often it arrives (meetings/README.md).
// Three places: the gate's page; ui/root/gate.html, which sw.js shows in its stead without a net; a meeting's page, which only sends the rest.
import { button, clock, make } from "./dom.js";

const AGAIN_MS = 15000, KEEP_MS = 2 * 864e5, PREFIX = "huotang.gate.";
const AWAY = { leave_granted: "已准假", leave_asked: "申请请假", absenting: "不参加" };
const place = document.querySelector("[data-gate]"), shell = place?.dataset.gate === "shell";
const id = shell ? location.pathname.split("/")[2] : place?.dataset.gate;

// ---- what is kept ----

const page = {}; // where the device keeps nothing: as long as the page is open
let kept = true;

function put(key, value) {
  try { localStorage.setItem(PREFIX + key, JSON.stringify(value)); } catch { kept = false; page[key] = value; }
}
function read(key) {
  try { return JSON.parse(localStorage.getItem(PREFIX + key)) ?? page[key]; } catch { return page[key]; }
}
function drop(key) {
  delete page[key];
  try { localStorage.removeItem(PREFIX + key); } catch { /* nothing there */ }
}
function keys(start) {
  let all = Object.keys(page);
  try { all = all.concat(Object.keys(localStorage).filter(key => key.startsWith(PREFIX)).map(key => key.slice(PREFIX.length))); } catch { /* no storage */ }
  return all.filter(key => key.startsWith(start));
}

// ---- the page ----

const part = name => place.querySelector(`[data-gate-${name}]`);
const boxes = () => [...place.querySelectorAll("input[name=invitees]")];
const say = words => { part("status").textContent = words; };
const half = () => place.querySelector("[name=half]")?.value;

// What the house found odd stays until it has been read.
function showOdd() {
  part("odd").replaceChildren(...keys(`odd.${id}.`).map(key => make("li", {}, read(key), " ", button("知道了", "", () => { drop(key); showOdd(); }))));
}

function markOf(box) {
  const key = `mark.${id}.${half()}.${box.value}`;
  if (box.checked) put(key, Date.now()); else drop(key);
}

// Its marks are in: on the page, and in the list that is kept.
function taken(ids, which) {
  const list = read(`list.${id}`);
  if (list && String(list.half) === which) {
    for (const item of list.items) if (ids.includes(String(item[0]))) item[5] = 1;
    put(`list.${id}`, list);
  }
  if (which === half()) for (const box of boxes()) if (ids.includes(box.value)) box.checked = box.disabled = true;
}

// ---- sending ----

let sending = false;

async function post(which, marks) {
  const ids = Object.keys(marks);
  let answer, words = "没有网络";
  try {
    answer = await fetch(`/api/v1/meetings/${id}/gate`, {
      method: "POST", redirect: "manual", credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": document.querySelector("input[name=csrf]").value },
      body: JSON.stringify({ half: which, clock: String(Date.now()), invitees: ids.map(Number), came: ids.map(one => String(marks[one])) }),
    });
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) {
      for (const one of ids) drop(`mark.${id}.${which}.${one}`);
      for (const odd of body.odd) put(`odd.${id}.${which}.${odd.id}.${odd.what}`, `${odd.name}：${odd.words}`);
      taken(ids, which);
      showOdd();
      return say(`已上传 ${ids.length} 人。${body.doubled ? `其中 ${body.doubled} 人别处已经签过，并成一次。` : ""}`);
    }
    if (answer.status === 401 || answer.type === "opaqueredirect") words = "登录已过期，请刷新这一页重新登录";
    else words = (body.detail || "没有传上去").replace(/。$/, "");
  } catch { /* no net */ }
  say(`${words}。${ids.length} 人已记在这${kept ? "台设备" : "一页"}上，会自动再传。${kept ? "" : "这台设备存不住，请不要刷新、关掉这一页。"}`);
  return Promise.reject();
}

// All that is kept of this meeting, half-day by half-day; what is ticked meanwhile goes next.
async function send() {
  if (sending || shell) return;
  sending = true;
  try {
    for (let rest; (rest = keys(`mark.${id}.`)).length;) {
      const which = rest[0].split(".")[2], marks = {};
      for (const key of rest) if (key.split(".")[2] === which) marks[key.split(".")[3]] = read(key);
      await post(which, marks);
    }
  } catch { /* said; again later */ }
  sending = false;
}

// ---- the list that is kept ----

async function keep() {
  const answer = await fetch(`/api/v1/meetings/${id}/gate?half=${half()}`, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return;
  const body = await answer.json(), at = Date.now();
  put(`list.${id}`, {
    at, mode: document.documentElement.dataset.mode, title: body.title, half: body.half, halves: body.halves.map(one => [one.half, one.words, Date.parse(one.begins_at)]),
    items: body.items.map(one => [one.id, one.number, one.name, one.sector_name, one.state, one.came_at ? 1 : 0, one.seat, one.role]),
  });
  if (!kept) return part("kept").textContent = "这台设备存不住名单：没有网络的时候请不要刷新、关掉这一页。";
  await navigator.serviceWorker?.ready;
  if (navigator.serviceWorker) part("kept").textContent = `名单已存在这台设备上（${clock(at)}），没有网络也能打开、刷新这一页。退出登录就删掉。`;
}

function line([invitee, number, name, sector, state, , seat, role]) {
  const box = make("input", { type: "checkbox", name: "invitees", value: invitee, "data-n": number });
  const about = [role, sector, seat, AWAY[state]].filter(Boolean).join(" · ");
  return make("li", {}, make("label", {}, box, make("span", {}, make("b", { class: "n" }, String(number)), " ", make("b", {}, name), " ", make("small", { class: "muted" }, about))));
}

// Without a net: the page is made of what is kept.
function draw() {
  const list = read(`list.${id}`), chosen = place.querySelector("[name=half]");
  if (!list) return;
  const open = list.halves.filter(one => one[2] <= Date.now()), now = open.length ? open[open.length - 1][0] : list.half;
  const wanted = new URLSearchParams(location.search).get("half") ?? now;
  if (list.mode) document.documentElement.dataset.mode = list.mode;
  document.querySelector("h1").textContent = "门口签到名单（没有网络）";
  part("title").textContent = `${list.title}。名单是 ${clock(list.at)} 存的，之后请假、移出的看不出来，联网后会告诉您。`;
  chosen.replaceChildren(...(open.length ? open : list.halves.filter(one => one[0] === list.half)).map(one => make("option", { value: one[0], selected: String(one[0]) === String(wanted) }, one[1])));
  const fill = () => {
    part("list").replaceChildren(...list.items.filter(one => !(one[5] && String(list.half) === chosen.value)).map(line));
    restore();
  };
  chosen.addEventListener("change", fill);
  place.hidden = false;
  fill();
}

// Back to the real page as soon as the house can be reached; what is kept goes from there.
async function home() {
  if (part("number").querySelector("input").value) return;
  const answer = await fetch("/readyz", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.reload();
}

function restore() {
  for (const box of boxes()) box.checked = read(`mark.${id}.${half()}.${box.value}`) !== undefined;
  if (shell) say(`${keys(`mark.${id}.`).length} 人已记在这台设备上，联网后自动上传。`);
}

// ---- by number, by tick ----

function byNumber(event) {
  if (event.key !== "Enter") return;
  event.preventDefault();
  const typed = event.target.value.trim(), one = boxes().find(each => each.dataset.n === typed);
  event.target.value = "";
  if (!one) return say(`名单里没有 ${typed} 号，或者他已经签到。`);
  const name = one.closest("label").querySelector("span b + b").textContent;
  if (one.checked) return say(`${typed} 号${name}已经勾过。`);
  one.click();
  say(`${typed} 号${name}已签到。`);
}

if (place) {
  for (const key of keys("list.")) if (!(Date.now() - read(key).at < KEEP_MS)) drop(key);
  place.addEventListener("change", event => {
    if (event.target.name !== "invitees") return;
    markOf(event.target);
    if (shell) restore(); else send();
  });
  place.addEventListener("submit", event => {
    event.preventDefault();
    event.stopImmediatePropagation();
    send();
  });
  if (part("number")) {
    part("number").hidden = false;
    part("number").querySelector("input").addEventListener("keydown", byNumber);
  }
  if (shell) draw();
  else {
    if (boxes().length) restore();
    if (part("kept")) keep();
    send();
  }
  showOdd();
  const again = shell ? home : send;
  addEventListener("online", again);
  setInterval(again, AGAIN_MS);
}
