// SPDX-License-Identifier: MulanPSL-2.0
// A form that was sent is not sent twice; the button pressed says that it works. [data-auto] sends on change.
// form[data-guard] without autosave asks before typed text is left behind.
import { on } from "./dom.js";

const AGAIN_MS = 15000; // a lost answer may be asked for again

export function submits() {
  document.addEventListener("submit", event => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    const now = Date.now();
    if (now - (form.sentAt || 0) < AGAIN_MS) return event.preventDefault();
    form.sentAt = now;
    form.typed = false;
    const pressed = event.submitter || form.querySelector("button:not([type=button])");
    if (!pressed) return;
    pressed.setAttribute("aria-busy", "true");
    setTimeout(() => pressed.removeAttribute("aria-busy"), AGAIN_MS);
  });
  addEventListener("pageshow", event => {
    if (!event.persisted) return;
    for (const form of document.forms) form.sentAt = 0;
    for (const busy of document.querySelectorAll("[aria-busy=true]")) busy.removeAttribute("aria-busy");
  });
  on("change", "form[data-auto]", (event, form) => form.requestSubmit ? form.requestSubmit() : form.submit());
  on("input", "form[data-guard]", (event, form) => { form.typed = true; });
  addEventListener("beforeunload", event => {
    if (![...document.forms].some(form => form.typed)) return;
    event.preventDefault();
    event.returnValue = "";
  });
}
