// SPDX-License-Identifier: MulanPSL-2.0
// What somebody writes to the mailbox stays on his telephone until the house has it, photos too: a lost net in the hills loses
// nothing. It is sent when there is a net again, and is one letter however often it arrives: `once` goes with it (mailbox/README.md).
const form = document.querySelector("form[data-letter]"), WEEK_MS = 7 * 864e5;
const FIELDS = ["kind", "body", "place", "point", "point_by", "title", "name", "phone", "mail", "consent", "handover"];
const show = (which, on) => { for (const one of document.querySelectorAll("[data-kept]")) one.hidden = !on || one.dataset.kept !== which; };

// One letter in a store of its own; a browser without one goes on as without a script.
const store = act => new Promise((done, fail) => {
  const asked = indexedDB.open("huotang.mailbox", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("letters");
  asked.onerror = fail;
  asked.onsuccess = () => {
    const work = asked.result.transaction("letters", "readwrite"), got = act(work.objectStore("letters"));
    work.onabort = work.onerror = fail;
    work.oncomplete = () => { asked.result.close(); done(got.result); };
  };
}).catch(() => {});
const drop = () => store(letters => letters.delete("letter"));

async function write() {
  const at = form.elements, faulty = document.querySelector(".errs"), button = form.querySelector("button.big");
  let kept = await store(letters => letters.get("letter")), waits = false, timer;
  if (kept && Date.now() - kept.at > WEEK_MS) kept = await drop();
  const boxed = name => at[name].type === "checkbox";
  const keep = () => {
    const fields = {};
    for (const name of FIELDS) fields[name] = boxed(name) ? at[name].checked : at[name].value;
    return store(letters => letters.put({ at: Date.now(), action: form.getAttribute("action"), once: at.once.value, waits, fields, photos: [...at.photos.files] }, "letter"));
  };
  if (kept?.waits && kept.action !== form.getAttribute("action") && !faulty) return location.replace(kept.action);
  if (kept) {
    if (!faulty) for (const name of FIELDS) if (boxed(name)) at[name].checked = kept.fields[name]; else at[name].value = kept.fields[name] || "";
    const files = new DataTransfer();
    for (const photo of kept.photos) files.items.add(photo);
    at.photos.files = files.files;
    at.point.closest("details").open ||= at.point.value;
    show("draft", !faulty);
  }
  at.once.value ||= kept?.once || [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 500); });
  form.addEventListener("submit", event => {
    waits = true;
    keep();
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the page goes on: its button may be pressed again
    show("waits", true);
  });
  addEventListener("online", () => waits && button.click());
  for (const one of document.querySelectorAll("[data-kept-drop]")) one.addEventListener("click", async () => { await drop(); location.replace(location.href); });
  if (kept?.waits && !faulty && navigator.onLine) button.click();
}

if (document.querySelector("[data-receipt]")) drop();
else if (form) write();
