// SPDX-License-Identifier: MulanPSL-2.0
// Service worker: the interface's own files from the cache, and two pages that speak when the net is away: one for all, one for a meeting's gate.
// No page, no answer of the server, nothing personal is ever put into the cache.
const CACHE = "huotang-{{version}}", FILES = {{assets}}, OFFLINE = "/offline.html", GATE = "/gate.html", GATES = /^\/meetings\/\d+\/gate$/;

self.addEventListener("install", event => {
  event.waitUntil(caches.open(CACHE).then(cache => cache.addAll([OFFLINE, GATE, ...FILES])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", event => {
  event.waitUntil(caches.keys().then(names => Promise.all(names.filter(name => name !== CACHE).map(name => caches.delete(name)))).then(() => self.clients.claim()));
});

self.addEventListener("fetch", event => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (FILES.includes(url.pathname)) event.respondWith(caches.match(request).then(found => found || fetch(request)));
  else if (request.mode === "navigate") event.respondWith(navigated(request, GATES.test(url.pathname)));
});

// A gate whose house is down (502 of the proxy) goes on like one without a net.
function navigated(request, gate) {
  return fetch(request).then(answer => gate && answer.status > 501 ? caches.match(GATE) : answer, () => caches.match(gate ? GATE : OFFLINE));
}
