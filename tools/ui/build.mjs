// SPDX-License-Identifier: MulanPSL-2.0
// Builds everything the browser gets that is not HTML: node tools/ui/build.mjs OUT_DIR
// OUT_DIR/assets/NAME.HASH.EXT (+ .br) are served under /assets/ for a year, OUT_DIR/root/NAME under /,
// OUT_DIR/manifest.json maps logical names to paths. Fails when a budget of the design is exceeded.
// Sources: ui/css (joined in order of file names), ui/js/app.js, ui/icons.txt, ui/root. Reader: tools/embed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const UI = resolve(dirname(fileURLToPath(import.meta.url)), "../../ui");
const require = createRequire(join(UI, "package.json"));
const TARGET = ["chrome86", "safari15"];

// Brotli bytes, from the design: own CSS, htmx with its guard, own JavaScript, icons.
export const BUDGET = { "app.css": 18 * 1024, htmx: 13.5 * 1024, own: 8 * 1024, "icons.svg": 12 * 1024, "board.js": 1024, "copy.js": 1024, "desk.js": 1024, "gate.js": 3072, "locate.js": 1024, "mailbox.js": 1024, "stamp.js": 1024, "total.js": 1024 };

// Scripts of single pages, beside app.js, which every page has.
const PAGES = ["board.js", "copy.js", "desk.js", "gate.js", "locate.js", "mailbox.js", "stamp.js", "total.js"];

export function brotli(data) {
  return brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length } });
}

export function css(esbuild) {
  const files = readdirSync(join(UI, "css")).filter(name => name.endsWith(".css")).sort();
  const source = files.map(name => readFileSync(join(UI, "css", name), "utf8")).join("\n");
  return esbuild.transformSync(source, { loader: "css", minify: true, target: TARGET, legalComments: "none" }).code;
}

// with: what to bundle; leave htmx out to weigh our own part.
export function js(esbuild, { htmx = true, entry = "app.js" } = {}) {
  const result = esbuild.buildSync({
    entryPoints: [join(UI, "js", entry)], bundle: true, write: false, format: "iife", minify: true, target: TARGET,
    legalComments: "none", external: htmx ? [] : ["htmx.org"], logLevel: "warning", charset: "utf8",
    alias: htmx ? { "htmx.org": join(UI, "node_modules/htmx.org/dist/htmx.esm.js") } : {},
  });
  return result.outputFiles[0].text;
}

export function iconNames() {
  return readFileSync(join(UI, "icons.txt"), "utf8").split("\n").map(line => line.split(/\s/)[0]).filter(name => name && name !== "#");
}

function symbol(name) {
  const own = join(UI, "icons", name + ".svg");
  const tabler = join(UI, "node_modules/@tabler/icons/icons/outline", name + ".svg");
  const file = existsSync(own) ? own : tabler;
  if (!existsSync(file)) throw new Error(`ui/icons.txt: no icon named ${name}`);
  const svg = readFileSync(file, "utf8");
  const box = svg.match(/viewBox="([^"]+)"/)[1];
  const body = svg.replace(/<!--[^]*?-->/g, "").replace(/^[^]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z"[^>]*\/>/g, "").replace(/\s*\n\s*/g, "").replace(/\s+\/>/g, "/>");
  return `<symbol id="${name}" viewBox="${box}">${body.trim()}</symbol>`;
}

export function icons() {
  return '<svg xmlns="http://www.w3.org/2000/svg">\n'
    + "<!-- Tabler Icons, MIT License, Copyright (c) 2020-2026 Paweł Kuna; huo: Huotang, MulanPSL-2.0 -->\n"
    + iconNames().map(symbol).join("\n") + "\n</svg>\n";
}

export function favicon() {
  return symbol("huo").replace(/<symbol id="huo"/, '<svg xmlns="http://www.w3.org/2000/svg"').replace("</symbol>", "</svg>")
    .replace(/currentColor/g, "#B8161D");
}

export function loadEsbuild() {
  return require("esbuild");
}

function put(out, logical, content, manifest) {
  const data = Buffer.from(content);
  const hash = createHash("sha256").update(data).digest("hex").slice(0, 12);
  const ext = extname(logical);
  const name = `${logical.slice(0, -ext.length)}.${hash}${ext}`;
  manifest[logical] = `/assets/${name}`;
  return store(join(out, "assets"), name, data);
}

function store(dir, name, data) {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, name), data);
  const small = brotli(data);
  if (small.length < data.length) writeFileSync(join(dir, name + ".br"), small);
  return Math.min(small.length, data.length);
}

// Files of ui/root are served under their own names; {{app.css}} in them becomes the fingerprinted path.
function root(out, manifest) {
  const dir = join(UI, "root");
  if (!existsSync(dir)) return;
  for (const name of readdirSync(dir).sort()) {
    const text = readFileSync(join(dir, name), "utf8").replace(/\{\{([\w.-]+)\}\}/g, (all, logical) => {
      if (logical === "version") return createHash("sha256").update(JSON.stringify(manifest)).digest("hex").slice(0, 12);
      if (logical === "assets") return JSON.stringify(Object.values(manifest));
      if (!manifest[logical]) throw new Error(`ui/root/${name}: no asset named ${logical}`);
      return manifest[logical];
    });
    store(join(out, "root"), name, Buffer.from(text));
  }
}

export function build(out) {
  const esbuild = loadEsbuild();
  const manifest = {};
  rmSync(join(out, "assets"), { recursive: true, force: true });
  rmSync(join(out, "root"), { recursive: true, force: true });
  const script = js(esbuild);
  const size = { own: brotli(Buffer.from(js(esbuild, { htmx: false }))).length };
  size["app.css"] = put(out, "app.css", css(esbuild), manifest);
  const all = put(out, "app.js", script, manifest);
  size.htmx = all - size.own;
  for (const page of PAGES) size[page] = put(out, page, js(esbuild, { htmx: false, entry: page }), manifest);
  size["icons.svg"] = put(out, "icons.svg", icons(), manifest);
  put(out, "favicon.svg", favicon(), manifest);
  root(out, manifest);
  writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
  return size;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv.length !== 3) {
    console.error("usage: node tools/ui/build.mjs OUT_DIR");
    process.exit(2);
  }
  const size = build(resolve(process.argv[2]));
  let over = 0;
  for (const [name, limit] of Object.entries(BUDGET)) {
    if (size[name] > limit) over++;
    console.log(`ui ${name.padEnd(10)} ${String(size[name]).padStart(6)} of ${limit} bytes (brotli)${size[name] > limit ? "  OVER BUDGET" : ""}`);
  }
  process.exit(over ? 1 : 0);
}
