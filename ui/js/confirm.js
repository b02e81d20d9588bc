// SPDX-License-Identifier: MulanPSL-2.0
// form or button with data-confirm="what will happen": asked in a <dialog> (data-confirm-title, data-confirm-yes);
// without the script the server asks. [data-open="id"] opens a <dialog> of the page.
import { button, make, on } from "./dom.js";

function ask(words, yes) {
  const dialog = make("dialog", { class: "dlg", "aria-labelledby": "ask-h" });
  if (!dialog.showModal) { if (window.confirm(words.confirm)) yes(); return; }
  const close = () => { dialog.close(); dialog.remove(); };
  dialog.append(make("h2", { id: "ask-h" }, words.confirmTitle || "请确认"), make("p", {}, words.confirm), make("p", { class: "row" },
    button("取消", "", close), button(words.confirmYes || "确定", "pri", () => { close(); yes(); })));
  dialog.addEventListener("cancel", () => setTimeout(() => dialog.remove()));
  document.body.append(dialog);
  dialog.showModal();
}

export function confirmations() {
  document.addEventListener("submit", event => {
    const form = event.target, pressed = event.submitter || document.activeElement;
    const from = pressed && pressed.dataset && pressed.dataset.confirm ? pressed : form.dataset.confirm ? form : null;
    if (!from || form.confirmed) { form.confirmed = false; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(from.dataset, () => {
      form.confirmed = true;
      if (pressed && pressed.form === form) pressed.click(); else if (form.requestSubmit) form.requestSubmit(); else form.submit();
    });
  }, true);
  on("click", "[data-open]", (event, press) => {
    const dialog = document.getElementById(press.dataset.open);
    if (dialog && dialog.showModal) dialog.showModal();
  });
}
