// SPDX-License-Identifier: MulanPSL-2.0
// Developer's server for ui/guide: node tools/ui/guide.mjs [PORT]   then open http://127.0.0.1:PORT/
// Serves the guide with the built interface under the product's content security policy and answers the
// paths its samples call (autosave, similar, events, mode). ?mode=elder&size=24 sets the display mode.
// Nothing here is shipped; the real answers come from platform/web and the modules.
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, existsSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

const GUIDE = resolve(dirname(fileURLToPath(import.meta.url)), "../../ui/guide");
const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json" };
export const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
  + "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
  + "require-trusted-types-for 'script'; trusted-types huotang";

function body(request) {
  return new Promise(done => {
    let text = "";
    request.on("data", part => text += part);
    request.on("end", () => done(new URLSearchParams(text)));
  });
}

// state: saved version and whether the session is over; tests change it through POST /guide/state.
export function serve(port = 0) {
  const out = mkdtempSync(join(tmpdir(), "huotang-ui-"));
  build(out);
  const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
  const state = { version: 3, mode: "", saved: null, streams: new Set(), calls: [] };

  async function answer(request, response) {
    const url = new URL(request.url, "http://guide");
    const send = (status, type, text, more = {}) => response.writeHead(status, { "Content-Type": type, "Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff", ...more }).end(text);
    state.calls.push(`${request.method} ${url.pathname}`);
    if (url.pathname === "/events") {
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      response.write("retry: 3000\n\n");
      state.streams.add(response);
      response.on("close", () => state.streams.delete(response));
      return;
    }
    if (request.method === "POST" && url.pathname.endsWith("/autosave")) {
      const form = await body(request);
      if (state.mode === "expired") return send(401, "application/json", '{"error":"session.expired"}');
      if (state.mode === "down") return request.socket.destroy();
      if (state.mode === "redirect") return send(303, "text/plain", "", { Location: "/login.html" });
      if (state.mode === "conflict" && form.get("version") !== String(state.version)) {
        return send(409, "application/json", JSON.stringify({ error: "proposals.version", version: state.version, saved_at: 1795401128000, fields: { title: "手机上写的案由", situation: "手机上写的情况" } }));
      }
      state.saved = form;
      state.version++;
      return send(200, "application/json", JSON.stringify({ version: state.version, saved_at: Date.now() }));
    }
    if (url.pathname === "/proposals/similar") {
      return send(200, TYPES[".html"], `<ul class="lines"><li><span class="tag warn">很相近</span> <a class="t" href="#">优化二桥公交线网</a><p class="sm muted">按“${(url.searchParams.get("title") || "").replace(/[<>&"]/g, "")}”查找</p></li></ul>`);
    }
    if (url.pathname === "/guide/live") return send(200, TYPES[".html"], '<div id="live-box" data-live="proposals/12" data-live-src="/guide/live"><p>第二版</p></div>');
    if (request.method === "POST") {
      await body(request);
      if (state.mode === "slow") await new Promise(done => setTimeout(done, 1500));
      return send(303, "text/plain", "", { Location: "/" });
    }
    if (["/sw.js", "/offline.html", "/gate.html"].includes(url.pathname)) {
      const file = join(out, "root", url.pathname.slice(1));
      if (existsSync(file)) return send(200, TYPES[extname(file)], readFileSync(file));
    }
    if (url.pathname.startsWith("/assets/")) {
      const path = manifest[url.pathname.slice(8)] || url.pathname;
      const file = join(out, path);
      if (existsSync(file)) return send(200, TYPES[extname(file)], readFileSync(file));
      return send(404, "text/plain", "no such asset");
    }
    const file = join(GUIDE, url.pathname === "/" ? "index.html" : url.pathname.slice(1));
    if (!file.startsWith(GUIDE) || !existsSync(file)) return send(404, "text/plain", "no such page");
    const mode = url.searchParams.get("mode") || "standard", size = url.searchParams.get("size") || "";
    const html = readFileSync(file, "utf8").replace('data-mode="standard"', `data-mode="${mode.replace(/[^a-z ]/g, "")}"${size ? ` data-size="${size.replace(/\D/g, "")}"` : ""}`);
    send(200, TYPES[".html"], html);
  }

  const server = createServer((request, response) => answer(request, response).catch(error => response.destroy(error)));
  return new Promise(done => server.listen(port, "127.0.0.1", () => done({
    url: `http://127.0.0.1:${server.address().port}`, state,
    push: (event, data) => { for (const stream of state.streams) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`); },
    close: () => { server.closeAllConnections?.(); server.close(); rmSync(out, { recursive: true, force: true }); },
  })));
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { url } = await serve(Number(process.argv[2]) || 8099);
  console.log(`guide at ${url}/`);
}
