// SPDX-License-Identifier: MulanPSL-2.0
// Warns two minutes before an idle session ends: <meta name="session-idle" content="SECONDS">. Going on is one press.
import { toast } from "./dom.js";

const BEFORE_MS = 120000;

export function session() {
  const meta = document.querySelector('meta[name="session-idle"]'), idle = meta && Number(meta.content) * 1000;
  if (!(idle > BEFORE_MS)) return;
  let timer = 0, away = null;
  const reset = () => {
    clearTimeout(timer);
    if (away) away();
    away = null;
    timer = setTimeout(warn, idle - BEFORE_MS);
  };
  function warn() {
    away = toast("久未操作，2 分钟后将退出登录。写的内容不会丢。", ["继续使用", () => fetch(location.href, { method: "HEAD" }).catch(() => {}).then(reset)], 0);
    timer = setTimeout(() => { away(); away = toast("登录已过期。写的内容已存在本机，重新登录后可以恢复。", ["重新登录", () => location.reload()], 0); }, BEFORE_MS);
  }
  const fetched = window.fetch; // whatever talks to the server keeps the session
  window.fetch = (...all) => fetched.apply(window, all).then(answer => { if (answer.ok) reset(); return answer; });
  reset();
}
