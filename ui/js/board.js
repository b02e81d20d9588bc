// SPDX-License-Identifier: MulanPSL-2.0
// The boards (modules/boards) by keys and by dragging; loaded by their pages alone. The tick box is where one stands:
// space ticks by itself, arrows move, a letter presses the button of the bar, and dropping a card presses it, too.
const board = document.getElementById("board"), boxes = [...board.querySelectorAll("[name=cases]")];
const column = box => box.closest(".bcol"), button = verb => board.querySelector(`[name=verb][value="${verb}"]`);
const ticked = () => boxes.filter(box => box.checked);
let at = boxes[0];

const count = () => board.querySelector("[data-n]").textContent = ticked().length;

// What is ticked, or else where one stands.
function press(button, box) {
  if (!button || !box) return;
  if (!ticked().length) box.checked = true;
  button.click();
}

function step(along, across) {
  const columns = [...new Set(boxes.map(column))], of = c => boxes.filter(box => column(box) === c);
  const here = columns.indexOf(column(at)), row = of(columns[here]).indexOf(at);
  const list = of(columns[Math.max(0, Math.min(columns.length - 1, here + across))]);
  (at = list[Math.max(0, Math.min(list.length - 1, row + along))]).focus();
}

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

addEventListener("keydown", event => {
  const { key, target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || target.matches("select, textarea, input:not([name=cases])")) return;
  const letter = board.querySelector(`[aria-keyshortcuts="${key.toUpperCase().replace(/\W/, "")}"]`);
  if (MOVES[key] && at) step(...MOVES[key]);
  else if (key === "Enter" && target.name === "cases") {
    for (const box of boxes) box.checked = box === target;
    board.querySelector("[data-open]").click();
  } else if (key === "/") document.querySelector("form.bar select").focus();
  else if (key === "?") {
    const keys = document.getElementById("keys");
    if (keys.open = !keys.open) keys.querySelector("summary").focus();
  } else if (letter) press(letter, at);
  else return;
  event.preventDefault();
});

board.addEventListener("change", count);
board.addEventListener("focusin", event => { if (event.target.name === "cases") at = event.target; });
for (const box of boxes) box.closest("[data-card]").draggable = true;
board.addEventListener("dragstart", event => {
  at = event.target.closest("[data-card]")?.querySelector("[name=cases]") || at;
  if (!at.checked) for (const box of boxes) box.checked = box === at;
  count();
});
board.addEventListener("dragover", event => { if (button(event.target.closest("[data-verb]")?.dataset.verb)) event.preventDefault(); });
board.addEventListener("drop", event => {
  event.preventDefault();
  press(button(event.target.closest("[data-verb]").dataset.verb), at);
});
count();
if (at && location.hash === "" && !document.querySelector(".errs")) at.focus({ preventScroll: true });
