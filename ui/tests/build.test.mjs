// SPDX-License-Identifier: MulanPSL-2.0
// What the build promises: budgets, the browser floor, icons that exist, no inline anything, contrast of the colours.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { brotliDecompressSync } from "node:zlib";
import { BUDGET, build, css, iconNames, js, loadEsbuild } from "../../tools/ui/build.mjs";

const UI = fileURLToPath(new URL("..", import.meta.url));
const esbuild = (() => { try { return loadEsbuild(); } catch { return null; } })();
const skip = esbuild ? false : "npm ci in ui/ has not been run";

test("every part keeps its budget, fingerprints match and brotli gives the bytes back", { skip }, () => {
  const out = mkdtempSync(join(tmpdir(), "ui-test-"));
  try {
    const size = build(out);
    for (const [name, limit] of Object.entries(BUDGET)) assert.ok(size[name] <= limit, `${name}: ${size[name]} of ${limit}`);
    assert.ok(size.own + size.htmx <= 25 * 1024, "all script ≤ 25 KB");
    const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
    for (const logical of ["app.css", "app.js", "icons.svg", "favicon.svg"]) {
      assert.match(manifest[logical], /^\/assets\/[\w-]+\.[0-9a-f]{12}\.\w+$/);
      const data = readFileSync(join(out, manifest[logical]));
      assert.ok(brotliDecompressSync(readFileSync(join(out, manifest[logical] + ".br"))).equals(data), logical);
    }
    const again = mkdtempSync(join(tmpdir(), "ui-test-"));
    build(again);
    assert.deepEqual(readdirSync(join(again, "assets")), readdirSync(join(out, "assets")), "the same sources give the same names");
    rmSync(again, { recursive: true });
  } finally {
    rmSync(out, { recursive: true });
  }
});

test("style and script hold nothing above Chromium 86 and Safari 15", { skip }, () => {
  const style = css(esbuild), script = js(esbuild);
  for (const word of ["@layer", "@container", "@scope", ":has(", ":where(", ":is(", "color-mix(", "dvh", "subgrid", "inset:", "@property"]) assert.ok(!style.includes(word), word);
  assert.ok(!/&:|& \./.test(style), "no nesting");
  for (const word of ["structuredClone", ".replaceAll(", ".at(-", "Object.hasOwn", "findLast", "AbortSignal.timeout"]) {
    assert.ok(!js(esbuild, { htmx: false }).includes(word) || word === ".replaceAll(", word);
  }
  assert.ok(!/static\{|class \w+\{#\w+ in /.test(script), "lowered by esbuild");
});

test("the script never writes HTML, never runs text", () => {
  for (const name of readdirSync(join(UI, "js"))) {
    const source = readFileSync(join(UI, "js", name), "utf8");
    for (const word of [".innerHTML", ".outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", ".style.", "setAttribute(\"style\""]) assert.ok(!source.includes(word), `${name}: ${word}`);
  }
});

test("every icon of the guide and of the views is in the sprite", () => {
  const names = new Set(iconNames());
  const used = new Map();
  const read = file => {
    const text = readFileSync(file, "utf8");
    for (const match of text.matchAll(/icons\.svg#([\w-]+)|view_icon\("([\w-]+)"\)/g)) used.set(match[1] || match[2], file);
  };
  for (const name of readdirSync(join(UI, "guide"))) if (name.endsWith(".html")) read(join(UI, "guide", name));
  for (const top of ["modules", "platform"]) {
    let parts = [];
    try { parts = readdirSync(join(UI, "..", top)); } catch { continue; }
    for (const part of parts) {
      let views = [];
      try { views = readdirSync(join(UI, "..", top, part, "views")); } catch { continue; }
      for (const view of views) if (view.endsWith(".html")) read(join(UI, "..", top, part, "views", view));
    }
  }
  for (const [icon, file] of used) assert.ok(names.has(icon), `${icon} (${file})`);
});

test("the guide has no inline script or style, and its ids are unique", () => {
  for (const name of readdirSync(join(UI, "guide"))) {
    const page = readFileSync(join(UI, "guide", name), "utf8");
    assert.ok(!/<style|\sstyle=|\son\w+=|<script(?![^>]*src=)/.test(page), name);
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(match => match[1]);
    assert.equal(new Set(ids).size, ids.length, `${name}: doubled id`);
    for (const [, target] of page.matchAll(/\sfor="([^"]+)"/g)) assert.ok(ids.includes(target), `${name}: label for ${target}`);
  }
});

// ---- contrast -------------------------------------------------------------------------------------------------------

const TOKENS = readFileSync(join(UI, "css/01-tokens.css"), "utf8");

function tokens(mode) {
  const found = {};
  for (const [, selector, body] of TOKENS.matchAll(/^((?::root|html)[^{]*)\{([^}]*)\}/gm)) {
    const needed = [...selector.matchAll(/data-mode~="(\w+)"/g)].map(match => match[1]);
    if (!needed.every(word => mode.includes(word))) continue;
    for (const [, name, value] of body.matchAll(/--([\w-]+):\s*(#[0-9A-F]{3,6})\b/gi)) found[name] = value;
  }
  return found;
}

function light(hex) {
  const full = hex.length === 4 ? [...hex.slice(1)].map(one => one + one).join("") : hex.slice(1);
  const [r, g, b] = [0, 2, 4].map(at => parseInt(full.slice(at, at + 2), 16) / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const PAIRS = [["ink", "paper"], ["ink", "card"], ["ink", "sunk"], ["ink", "idle-bg"], ["muted", "paper"], ["muted", "card"], ["muted", "sunk"], ["blue", "paper"], ["blue", "card"],
  ["blue", "ok-bg"], ["red", "card"], ["red", "red-soft"], ["on", "red"], ["on", "red-deep"], ["ok", "ok-bg"], ["ok", "card"], ["warn", "warn-bg"], ["bad", "bad-bg"], ["bad", "card"],
  ["info", "info-bg"], ["idle", "idle-bg"], ["card", "bad"], ["card", "ink"], ["ink", "ok-bg"], ["ink", "warn-bg"], ["ink", "bad-bg"], ["ink", "info-bg"]];

for (const mode of [[], ["elder"], ["contrast"], ["dark"], ["elder", "dark"], ["elder", "contrast"], ["dark", "contrast"]]) {
  const least = mode.includes("elder") || mode.includes("contrast") ? 7 : 4.5;
  test(`contrast of text in ${mode.join(" ") || "standard"} is at least ${least}`, () => {
    const colour = tokens(mode);
    for (const [text, ground] of PAIRS) {
      const got = contrast(colour[text], colour[ground]);
      assert.ok(got >= least, `${text} on ${ground}: ${got.toFixed(2)}`);
    }
    for (const ground of ["card", "paper"]) assert.ok(contrast(colour.edge, colour[ground]) >= 3, `edge of a field on ${ground}`);
    for (const k of ["c1", "c2", "c3", "c4", "c5", "c6"]) assert.ok(contrast(colour[k], colour.card) >= 3, `chart colour ${k}`);
  });
}
