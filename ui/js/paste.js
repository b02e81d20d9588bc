// SPDX-License-Identifier: MulanPSL-2.0
// Clean pasting into plain fields: what Word, WPS and WeChat leave in a text is made ordinary, words stay as they are. The server
// does so too and with more care (platform/text/tidy.h); here it is seen at once and counted rightly.
export function tidy(text, oneLine) {
  let clean = text.replace(/\r\n?|[\u2028\u2029\v\f]/g, "\n")
    .replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u206F\u061C\uFEFF\uFFFC\u00AD]/g, "") // unseen
    .replace(/[\u0000-\u0008\u000E-\u001F\u007F]/g, "")      // control characters, Word's field marks
    .replace(/^[^\S\n]*(?:[\uF021-\uF0FF]|[·•●▪◆■](?=\t|[ \u3000]{2}))[^\S\n]*/gm, "• ") // Symbol font bullets
    .replace(/\u00A0/g, " ").replace(/\t+/g, " ")
    .replace(/[ \u2000-\u200A\u3000]+$/gm, "").replace(/^[ \u2000-\u200A\u3000]+/gm, "") // indents are made by the page
    .replace(/\n{4,}/g, "\n\n\n");
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
