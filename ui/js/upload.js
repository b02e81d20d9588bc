// SPDX-License-Identifier: MulanPSL-2.0
// Files are looked at before they travel: size (data-max-mb), number (data-max-files), kind (accept). The server decides.
// .drop lights up and shows what was chosen.
import { icon, make, on } from "./dom.js";

export function sizeWords(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

// One fault in words, or "".
export function faultOf(file, rules) {
  if (!file.size) return "这个文件是空的";
  if (rules.maxMb && file.size > rules.maxMb * 1048576) return `太大了（${sizeWords(file.size)}），每个不能超过 ${rules.maxMb} MB`;
  const kinds = (rules.accept || "").split(",").map(one => one.trim().toLowerCase()).filter(one => one[0] === ".");
  if (kinds.length && !kinds.some(kind => file.name.toLowerCase().endsWith(kind))) return `只能上传 ${kinds.join("、")}`;
  return "";
}

function show(input) {
  const drop = input.closest(".drop, .f");
  let list = drop.nextElementSibling;
  if (!list || !list.matches("ul.files[data-chosen]")) drop.after(list = make("ul", { class: "files", "data-chosen": "", role: "status" }));
  list.textContent = "";
  const rules = { maxMb: Number(input.dataset.maxMb), accept: input.accept }, most = Number(input.dataset.maxFiles) || Infinity;
  let bad = 0;
  [...input.files].forEach((file, at) => {
    const fault = faultOf(file, rules) || (at >= most ? `最多 ${most} 个` : "");
    bad += fault ? 1 : 0;
    list.append(make("li", {}, icon(fault ? "alert-circle" : "paperclip"), make("span", {}, file.name), make("span", { class: "n" }, sizeWords(file.size)),
      fault ? make("p", { class: "why" }, "错误：" + fault) : null));
  });
  input.setCustomValidity(bad ? "请去掉不能上传的文件" : "");
  input.toggleAttribute("data-bad", bad > 0);
}

export function uploads() {
  on("change", "input[type=file]", (event, input) => show(input));
  for (const type of ["dragover", "dragleave", "drop"]) on(type, ".drop", (event, drop) => drop.classList.toggle("over", type === "dragover"));
  document.addEventListener("submit", event => {
    const bad = event.target.querySelector("input[type=file][data-bad]");
    if (!bad || (event.submitter && event.submitter.formNoValidate)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    bad.focus();
    bad.reportValidity();
  }, true);
}
