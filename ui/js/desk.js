// SPDX-License-Identifier: MulanPSL-2.0
// Desks by keys (letters: modules/triage; opinions); loaded by their pages alone. A key presses what shows it: a button or link is
// clicked, a folded part opens and its first button gets the focus.
addEventListener("keydown", event => {
  const { key, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (target.matches("select, textarea, input:not([type=checkbox])")) {
    if (key === "Escape") target.blur();
    return;
  }
  const act = document.querySelector(`[aria-keyshortcuts="${key.toUpperCase().replace(/\W/, "")}"]`);
  if (!act || event.repeat) return;
  event.preventDefault();
  if (!act.matches("summary")) return act.click();
  const part = act.parentElement;
  if (part.open = !part.open) part.querySelector("button").focus();
});
