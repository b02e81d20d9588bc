// SPDX-License-Identifier: MulanPSL-2.0
// Clean pasting into plain fields: what Word, WPS and WeChat leave in a text is made ordinary, words stay as they are.
export function tidy(text, oneLine) {
  let clean = text.replace(/\r\n?|[\u2028\u2029\v\f]/g, "\n")
    .replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, "")      // zero width, soft hyphen
    .replace(/[\u0000-\u0008\u000E-\u001F\u007F]/g, "")      // control characters, Word's field marks
    .replace(/\u00A0/g, " ").replace(/\t+/g, " ")
    .replace(/^[\uF0A7\uF0B7\uF0D8\uF06C\uF0FC·•●▪◆■][ \u3000]*/gm, "• ") // Symbol font bullets
    .replace(/[ \u3000]+$/gm, "").replace(/^[ \u3000]+/gm, "") // indents are made by the page
    .replace(/\n{3,}/g, "\n\n");
  if (oneLine) clean = clean.replace(/\n+/g, " ");
  return clean.replace(/^\n+|\n+$/g, "");
}

export function paste() {
  document.addEventListener("paste", event => {
    const control = event.target;
    const area = control.matches && control.matches("textarea.in"), line = control.matches && control.matches("input.in:not([type=password])");
    const raw = event.clipboardData && event.clipboardData.getData("text/plain");
    if (!raw || !(area || line)) return;
    const clean = tidy(raw, line);
    if (clean === raw) return;
    event.preventDefault();
    if (document.execCommand && document.execCommand("insertText", false, clean)) return; // keeps undo
    control.setRangeText(clean, control.selectionStart, control.selectionEnd, "end");
    control.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
