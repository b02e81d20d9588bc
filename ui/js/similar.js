// SPDX-License-Identifier: MulanPSL-2.0
// <div data-similar="/path" data-from="title situation" data-form="id">: the named fields go to the path after a pause,
// the HTML fragment that comes back lands here. Nothing is asked for less than four characters.
import { all } from "./dom.js";

const PAUSE_MS = 700;

export function similar(root, htmx) {
  for (const box of all(root, "[data-similar]")) {
    if (box.dataset.bound) continue;
    box.dataset.bound = "1";
    const form = document.getElementById(box.dataset.form) || box.closest("form") || document.querySelector("form[data-autosave]");
    if (!form) continue;
    const names = (box.dataset.from || "title").split(" ");
    let timer = 0, asked = "";
    const ask = () => {
      const data = new FormData(form), query = new URLSearchParams();
      for (const name of names) query.append(name, String(data.get(name) || "").slice(0, 500));
      if ([...query.get(names[0])].length < 4 || query.toString() === asked) return;
      asked = query.toString();
      const path = box.dataset.similar;
      htmx.ajax("GET", path + (path.includes("?") ? "&" : "?") + asked, { target: box, swap: "innerHTML" }).catch(() => { asked = ""; });
    };
    form.addEventListener("input", event => {
      if (event.target !== form && !names.includes(event.target.name)) return;
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE_MS);
    });
  }
}
