// SPDX-License-Identifier: MulanPSL-2.0
// The one script of the house. Every page works without it; it makes pages faster and keeps typed text safe.
// Parts listen at the document, so parts that htmx swaps in work at once; what must be prepared per element
// is prepared by ready(). Markup that each part looks for is shown in ui/guide. Text goes in by textContent only.
import "./config.js";
import htmx from "htmx.org";
import { secure } from "./secure.js";
import { autosaveAll, sweep } from "./autosave.js";
import { bulk } from "./bulk.js";
import { confirmations } from "./confirm.js";
import { counters } from "./count.js";
import { items } from "./items.js";
import { live } from "./live.js";
import { modes } from "./modes.js";
import { paste } from "./paste.js";
import { session } from "./session.js";
import { similar } from "./similar.js";
import { small } from "./small.js";
import { submits } from "./submit.js";
import { uploads } from "./upload.js";

secure(htmx);
document.documentElement.setAttribute("data-js", "");

function ready(root) {
  items(root);
  counters(root);
  autosaveAll(root);
  similar(root, htmx);
}

function start() {
  confirmations(); // before submits(): a form that still asks is not yet sent
  modes(); // also before submits(): it sends by itself
  submits();
  paste();
  uploads();
  bulk();
  small();
  session();
  sweep();
  ready(document);
  live(htmx);
  document.addEventListener("htmx:after:process", event => { if (event.target !== document.body) ready(event.target); });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
