// SPDX-License-Identifier: MulanPSL-2.0
// The display mode at once: forms to /mode are sent beside the page instead of loading it anew.
export function modes() {
  document.addEventListener("submit", event => {
    const form = event.target, pressed = event.submitter;
    if (!pressed || new URL(form.action, location).pathname !== "/mode") return;
    event.preventDefault();
    const root = document.documentElement, data = new FormData(form);
    data.append(pressed.name, pressed.value);
    if (pressed.name === "size") root.dataset.size = pressed.value; else root.dataset.mode = pressed.value;
    for (const one of document.querySelectorAll(`button[name="${pressed.name}"][aria-pressed]`)) one.setAttribute("aria-pressed", one.value === pressed.value);
    fetch(form.action, { method: "POST", body: new URLSearchParams(data), redirect: "manual", keepalive: true }).catch(() => {});
  });
}
