// SPDX-License-Identifier: MulanPSL-2.0
// Lists of like fields, [data-items]: add, remove (with a way back), move, renumber. Without the script the button
// [data-add] is an ordinary submit and the server redraws the form with one more. data-label: words with {n}.
import { all, button, toast } from "./dom.js";

let serial = 0;

function changed(list) {
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

function number(list) {
  const rows = [...list.children];
  rows.forEach((row, at) => {
    const label = row.querySelector("label"), words = (list.dataset.label || "第 {n} 条").replace("{n}", at + 1);
    if (label) label.textContent = words;
    if (!row.querySelector(".item-do")) row.querySelector(".f, div").append(tools(list, row));
    const [up, down, remove] = row.querySelectorAll(".item-do button");
    up.hidden = at === 0;
    down.hidden = at === rows.length - 1;
    remove.hidden = rows.length === 1;
    for (const one of [up, down, remove]) one.setAttribute("aria-label", one.textContent + "：" + words);
  });
  const add = adder(list);
  if (add) add.hidden = rows.length >= (Number(list.dataset.maxItems) || Infinity);
}

const adder = list => (list.closest("section, fieldset, form") || document).querySelector("[data-add]");

function tools(list, row) {
  const move = (sibling, before) => () => {
    const other = row[sibling];
    if (!other) return;
    if (before) list.insertBefore(row, other); else list.insertBefore(other, row);
    number(list);
    changed(list);
    row.querySelector("textarea, input").focus();
  };
  const box = document.createElement("div");
  box.className = "row item-do";
  box.append(button("上移", "txt", move("previousElementSibling", true)), button("下移", "txt", move("nextElementSibling", false)),
    button("删除", "txt", () => {
      const next = row.nextElementSibling;
      row.remove();
      number(list);
      changed(list);
      const where = next || list.lastElementChild;
      where.querySelector("textarea, input").focus();
      toast("已删除一条", ["撤销", () => { list.insertBefore(row, next && next.isConnected ? next : null); number(list); changed(list); }], 15000);
    }));
  return box;
}

function append(list) {
  const row = list.lastElementChild.cloneNode(true), control = row.querySelector("textarea, input:not([type=hidden])"), label = row.querySelector("label");
  for (const gone of row.querySelectorAll(".why, .item-do, input[type=hidden]")) gone.remove();
  for (const one of all(row, ".err")) one.classList.remove("err");
  control.value = "";
  control.removeAttribute("aria-invalid");
  control.removeAttribute("aria-describedby");
  control.id = `item-${++serial}`;
  if (label) label.htmlFor = control.id;
  list.append(row);
  return control;
}

// Grows or shrinks a list to n rows (restoring a draft).
export function setCount(list, n) {
  while (list.children.length < n) append(list);
  while (list.children.length > Math.max(1, n)) list.lastElementChild.remove();
  number(list);
}

export function items(root) {
  for (const list of all(root, "[data-items]")) {
    if (list.dataset.bound || !list.children.length) continue;
    list.dataset.bound = "1";
    number(list);
    const add = adder(list);
    if (add) add.addEventListener("click", event => {
      event.preventDefault();
      const control = append(list);
      number(list);
      control.focus();
    });
  }
}
