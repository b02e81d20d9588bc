// SPDX-License-Identifier: MulanPSL-2.0
// Drafts on this device. Storage may be full, forbidden or absent; then put() says false and the page says so.
const PREFIX = "huotang.draft.";

export function get(key) {
  try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; }
}

export function put(key, copy) {
  try { localStorage.setItem(PREFIX + key, JSON.stringify(copy)); return true; } catch { return false; }
}

export function drop(key) {
  try { localStorage.removeItem(PREFIX + key); } catch { /* nothing there */ }
}

export function keys() {
  try { return Object.keys(localStorage).filter(key => key.startsWith(PREFIX)).map(key => key.slice(PREFIX.length)); } catch { return []; }
}
