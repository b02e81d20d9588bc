// SPDX-License-Identifier: MulanPSL-2.0
// Character counters: controls with data-max and an element NAME-count (or the id in data-count).
import { all } from "./dom.js";

// Counted as the server counts: characters, a line break as one.
export const length = text => [...text.replace(/\r\n?/g, "\n")].length;

export function countWords(n, max) {
  return n > max ? `已写 ${n} 字，超出 ${n - max} 字` : `已写 ${n} 字，最多 ${max} 字`;
}

function show(control) {
  const line = document.getElementById(control.dataset.count || control.id + "-count"), max = Number(control.dataset.max);
  if (!line || !max) return;
  const n = length(control.value);
  line.textContent = countWords(n, max);
  line.hidden = !control.rows && n * 2 < max;
  line.classList.toggle("over", n > max);
}

export function counters(root) {
  for (const control of all(root, "[data-max]")) {
    if (control.dataset.counted) continue;
    control.dataset.counted = "1";
    show(control);
    control.addEventListener("input", () => show(control));
    if (control.form) control.form.addEventListener("input", event => { if (event.target === control.form) show(control); });
  }
}
