// SPDX-License-Identifier: MulanPSL-2.0
// The one Trusted Types policy, named huotang: HTML may come only from our own server through htmx or parse(),
// script text never, script addresses only our service worker. htmx gets no way to run text as code.
// Why not the extension hx-csp: it needs a nonce per response, and our public pages are cached bytes.
const rules = {
  createHTML: text => text,
  createScript: () => "",
  createScriptURL: url => { if (url !== "/sw.js") throw new TypeError("no script from " + url); return url; },
};
export const policy = window.trustedTypes ? window.trustedTypes.createPolicy("huotang", rules) : rules;

function refuse() {
  throw new Error("text is never run as code here");
}

export function secure(htmx) {
  htmx.registerExtension("huotang", { init: api => api.initSecurity(policy, refuse, refuse) });
}

// A document for reading only, from HTML that our server sent.
export function parse(text) {
  return new DOMParser().parseFromString(policy.createHTML(text), "text/html");
}
