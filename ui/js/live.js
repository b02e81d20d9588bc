// SPDX-License-Identifier: MulanPSL-2.0
// /events while the page is seen: event "unread" {"count":N} sets [data-live="unread"]; an event named like the topic of a
// [data-live] element with an id, or "changed" {"topic":…}, loads that element anew from data-live-src or this page. None of it is a use
// of the log-in by a person: X-Unattended tells so, /events is known.
const HIDDEN_MS = 30000;

function setUnread(count) {
  for (const dot of document.querySelectorAll('[data-live="unread"]')) {
    dot.dataset.n = count;
    dot.textContent = count > 0 ? (count > 99 ? "99+" : count) : "";
    const link = dot.closest("a[aria-label]");
    if (link) link.setAttribute("aria-label", count > 0 ? `消息，${count} 条未读` : "消息");
  }
}

export function live(htmx) {
  const parts = () => [...document.querySelectorAll("[data-live]")];
  if (!window.EventSource || !parts().length) return;
  let source = null, timer = 0;

  function refresh(topic) {
    for (const part of parts()) {
      if (part.dataset.live !== topic || !part.id || part.querySelector("dialog[open]")) continue;
      if (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) continue;
      htmx.ajax("GET", part.dataset.liveSrc || location.href, { target: part, swap: "outerHTML", select: "#" + CSS.escape(part.id), headers: { "X-Unattended": "1" } }).catch(() => {});
    }
  }
  const data = event => { try { return JSON.parse(event.data); } catch { return {}; } };

  function open() {
    if (source) return;
    source = new EventSource("/events");
    source.addEventListener("unread", event => { const got = data(event); setUnread(Number(got.count ?? got.n ?? got) || 0); });
    source.addEventListener("changed", event => refresh(data(event).topic));
    for (const topic of new Set(parts().map(part => part.dataset.live))) {
      if (topic !== "unread") source.addEventListener(topic, () => refresh(topic));
    }
  }
  function close() {
    if (source) source.close();
    source = null;
  }
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(close, HIDDEN_MS); else open();
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", event => { if (event.persisted) open(); });
  if (!document.hidden) open();
}
