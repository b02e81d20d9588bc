// SPDX-License-Identifier: MulanPSL-2.0
// The rules of keeping a draft, without browser objects, so that they can be tested: what is kept, when to send,
// what an answer means, what to offer. autosave.js ties this to forms, network and local storage.
export const PAUSE_MS = 2500;      // after the last key
export const LONGEST_MS = 5000;    // while somebody goes on typing
export const LOCAL_MS = 500;       // the copy on this device follows sooner
export const KEEP_MS = 30 * 864e5; // an unsent copy is forgotten after so long
const SKIP = ["csrf", "idempotency", "version", "stamp", "proof"];

// entries: [name, value] pairs of a form → the same without files, tokens and passwords (secret: their names).
export function fieldsOf(entries, secret = []) {
  return [...entries].filter(([name, value]) => typeof value === "string" && !SKIP.includes(name) && !secret.includes(name))
    .map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")]);
}

export const sameFields = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// [[name, value] …] → { name: [value …] }
export function grouped(fields) {
  const groups = {};
  for (const [name, value] of fields) (groups[name] = groups[name] || []).push(value);
  return groups;
}

// When to send next: a pause after the last change, but never later than LONGEST_MS after the first unsent one.
export function dueAt(firstChange, lastChange, wait = 0) {
  return Math.max(Math.min(lastChange + PAUSE_MS, firstChange + LONGEST_MS), wait);
}

// How long to wait after the nth failure in a row.
export const backoff = failures => Math.min(60000, 2500 * 2 ** Math.min(failures, 5));

// status: of the answer; 0 = no answer. redirected: it led elsewhere, which only the log-in does.
export function outcome(status, redirected) {
  if (!status && !redirected) return "local";
  if (redirected || status === 401) return "expired";
  if (status === 403) return "token";
  if (status === 409 || status === 412) return "conflict";
  if (status >= 200 && status < 300) return "saved";
  if (status === 429 || status >= 500) return "local";
  return "refused";
}

// What the line beside the buttons says. at: "hh:mm".
export function words(state, at) {
  return {
    idle: "写的内容会自动保存",
    dirty: "正在写……",
    saving: "正在保存……",
    saved: `已保存 ${at}`,
    local: "未联网，内容已存在本机",
    expired: "登录已过期，内容已存在本机",
    token: "正在续上登录……",
    conflict: "别处改过这份稿子，请选用哪一份",
    refused: "没能存到服务器，内容已存在本机",
    nowhere: "未联网，本机也存不下，请先复制出来",
  }[state];
}

// Should a copy found on this device be offered? It must say something else than the form and be neither too old
// nor older than what the server has.
export function shouldOffer(copy, fields, now, savedAt = 0) {
  return Boolean(copy && Array.isArray(copy.fields) && now - copy.at < KEEP_MS && copy.at > savedAt
    && !sameFields(copy.fields, fields));
}

// Names whose values differ, with both values, for the view side by side.
export function differences(mine, theirs) {
  const a = grouped(mine), b = grouped(theirs);
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .map(name => ({ name, mine: (a[name] || []).join("\n"), theirs: (b[name] || []).join("\n") }))
    .filter(one => one.mine !== one.theirs);
}

// What somebody else saved may name only some fields; the others are as they are here.
export function completed(theirs, mine) {
  const named = new Set(theirs.map(pair => pair[0]));
  return [...mine.filter(pair => !named.has(pair[0])), ...theirs];
}

// The fields of a 409's JSON, { name: value or [values] } → pairs; null if the answer has none.
export function pairsOf(object) {
  if (!object || typeof object !== "object") return null;
  const plain = one => one === true ? "1" : String(one || ""); // as a box sends it; none is empty
  return Object.entries(object).flatMap(([name, value]) => (value?.length === 0 ? [""] : [].concat(value)).map(one => [name, plain(one)]));
}
