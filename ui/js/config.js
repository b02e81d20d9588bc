// SPDX-License-Identifier: MulanPSL-2.0
// What htmx must know before it wakes up; so this file is imported before htmx. No style of its own (app.css has it),
// no history (the browser's own works), only our guard as extension.
const meta = document.createElement("meta");
meta.name = "htmx-config";
meta.content = JSON.stringify({ includeIndicatorCSS: false, history: false, extensions: "huotang", defaultTimeout: 20000 });
document.head.append(meta);
