// SPDX-License-Identifier: MulanPSL-2.0
// Where a letter is about (modules/mailbox): the telephone is asked for it when somebody presses, never before, and what it says
// stands in the field for all to see, with the five decimals that are kept. Loaded by the form of a letter alone.
const press = document.querySelector("[data-locate]"), { point, point_by: by } = press.form.elements;
const DENIED = 1, WAIT_MS = 20000;
const tell = which => { for (const line of document.querySelectorAll("[data-located]")) line.hidden = line.dataset.located !== which; };

if (!navigator.geolocation) press.hidden = true;
press.addEventListener("click", () => {
  tell("work");
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    point.value = coords.latitude.toFixed(5) + "," + coords.longitude.toFixed(5);
    by.value = "phone";
    document.querySelector("[data-metres]").textContent = Math.ceil(coords.accuracy);
    point.dispatchEvent(new Event("input", { bubbles: true })); // it is kept like what is typed (mailbox.js)
    tell("done");
  }, error => tell(error.code === DENIED ? "denied" : "failed"), { enableHighAccuracy: true, timeout: WAIT_MS });
});
point.addEventListener("input", event => {
  if (!event.isTrusted) return;
  by.value = ""; // it is a person's now
  tell("");
});
