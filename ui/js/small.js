// SPDX-License-Identifier: MulanPSL-2.0
// Small comforts: the error summary takes the focus, links in it lead into the field, menus close, passwords can be
// shown, pages printed, the code of a receipt filled in, the tab of a page's part follows the reader; the service worker (ui/root/sw.js) is registered.
import { on } from "./dom.js";
import { policy } from "./secure.js";

// From the second page of a visit on, so that the first one stays light.
function worker() {
  try {
    const seen = sessionStorage.getItem("huotang.seen");
    sessionStorage.setItem("huotang.seen", "1");
    if (seen && navigator.serviceWorker) addEventListener("load", () => setTimeout(() => navigator.serviceWorker.register(policy.createScriptURL("/sw.js")).catch(() => {}), 1000));
  } catch { /* without storage also without worker */ }
}

function lead(hash) {
  const at = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
  if (at && at.matches("input, textarea, select")) at.focus();
}

// Who signs in anew may be another: lists of a gate (gate.js) are gone from this device.
function forget() {
  if (location.pathname === "/login") for (const key of Object.keys(localStorage)) if (/^huotang\.gate\.list/.test(key)) localStorage.removeItem(key);
}

export function small() {
  worker();
  try { forget(); } catch { /* no storage */ }
  const code = document.querySelector("[name=receipt]");
  if (code && /^#\d{20}$/.test(location.hash)) code.value = location.hash.slice(1);
  const errors = document.querySelector(".errs");
  if (errors) errors.focus();
  on("click", ".errs a[href^='#']", (event, link) => setTimeout(() => lead(link.hash)));
  on("click", "[data-print]", () => print());
  on("click", "[data-reveal]", (event, press) => {
    const field = document.getElementById(press.dataset.reveal), shown = field.type === "text";
    field.type = shown ? "password" : "text";
    press.setAttribute("aria-pressed", !shown);
  });
  // On a phone tabs are one line that scrolls: it begins where the reader is.
  for (const link of document.querySelectorAll(".views [aria-current]")) link.parentNode.scrollLeft = link.offsetLeft - 16;
  on("click", ".views a[href^='#']", (event, link) => {
    for (const one of link.parentNode.children) one.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
  });
  const shut = except => { for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false; };
  document.addEventListener("click", event => shut(event.target.closest("details.menu")));
  document.addEventListener("keydown", event => {
    const open = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}
