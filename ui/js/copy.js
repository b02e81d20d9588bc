// SPDX-License-Identifier: MulanPSL-2.0
// [data-copy] puts its text into the clipboard and says so in the line behind it; loaded by pages that have one. Over plain HTTP
// a browser has no clipboard: then the words say how else.
document.addEventListener("click", async event => {
  const press = event.target.closest("[data-copy]");
  if (!press) return;
  let words = "已复制";
  try { await navigator.clipboard.writeText(press.dataset.copy); } catch { words = "浏览器不让复制，请选中数字再复制"; }
  press.nextElementSibling.textContent = words;
});
