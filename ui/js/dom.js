// SPDX-License-Identifier: MulanPSL-2.0
// A few helpers around the DOM. make() sets text as text; nothing here takes HTML.
export const all = (root, selector) => [...(root.matches && root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)];

export function on(type, selector, use) {
  document.addEventListener(type, event => {
    const found = event.target.closest && event.target.closest(selector);
    if (found) use(event, found);
  });
}

// make("p", { class: "why" }, "text", node …)
export function make(tag, attributes, ...inside) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) if (value !== false) node.setAttribute(name, value);
  node.append(...inside.filter(part => part !== null && part !== undefined));
  return node;
}

export const button = (words, look, act) => {
  const node = make("button", { type: "button", class: "btn " + look }, words);
  node.addEventListener("click", act);
  return node;
};

// The sprite's address is fingerprinted; any icon of the page tells it.
export function icon(name) {
  const use = document.querySelector("svg.i use, svg.mark use");
  if (!use) return null;
  const NS = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(NS, "svg"), inner = document.createElementNS(NS, "use");
  svg.setAttribute("class", "i");
  svg.setAttribute("aria-hidden", "true");
  inner.setAttribute("href", use.getAttribute("href").replace(/#.*/, "#" + name));
  svg.append(inner);
  return svg;
}

export const clock = ms => {
  const at = new Date(ms), two = n => String(n).padStart(2, "0");
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
};

// A line at the foot of the window, spoken by readers; gone after a while. act: [words, function].
export function toast(words, act, ms = 8000) {
  let box = document.querySelector(".toasts");
  if (!box) document.body.append(box = make("div", { class: "toasts", role: "status" }));
  const line = make("p", {}, make("span", {}, words));
  const away = () => line.remove();
  if (act) {
    const press = make("button", { type: "button" }, act[0]);
    press.addEventListener("click", () => { away(); act[1](); });
    line.append(press);
  }
  box.append(line);
  if (ms) setTimeout(away, ms);
  return away;
}
