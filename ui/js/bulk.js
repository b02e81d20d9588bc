// SPDX-License-Identifier: MulanPSL-2.0
// form[data-bulk]: [data-all] ticks all, the bar appears when something is ticked and counts.
import { on } from "./dom.js";

const boxes = form => [...form.querySelectorAll("tbody input[type=checkbox]")];

function show(form) {
  const ticked = boxes(form).filter(box => box.checked).length, bar = form.querySelector("[data-bulk-bar]"), n = form.querySelector("[data-bulk-n]");
  const every = form.querySelector("[data-all]");
  if (bar) bar.hidden = !ticked;
  if (n) n.textContent = ticked;
  if (every) { every.checked = ticked > 0 && ticked === boxes(form).length; every.indeterminate = ticked > 0 && !every.checked; }
}

export function bulk() {
  on("change", "form[data-bulk]", (event, form) => {
    if (event.target.matches("[data-all]")) for (const box of boxes(form)) box.checked = event.target.checked;
    show(form);
  });
  for (const form of document.querySelectorAll("form[data-bulk]")) show(form);
}
