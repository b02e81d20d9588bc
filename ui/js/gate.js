// SPDX-License-Identifier: MulanPSL-2.0
// The list of the gate goes on without a net: who is ticked, or typed by number, stays on this device until the house has it. The house
// takes the same mark once, however often it arrives (meetings/README.md), so what is not certain is sent again. The list itself is only
// on the page.
const form = document.querySelector("form[data-gate-url]"), AGAIN_MS = 15000;

if (form) {
  const half = form.elements.half.value, key = `huotang.gate.${form.dataset.gateUrl}.${half}`;
  const status = form.querySelector("[data-gate-status]"), number = form.querySelector("[data-gate-number]");
  const boxes = [...form.querySelectorAll("input[name=invitees]")], box = id => boxes.find(one => one.value === id);
  const say = words => { status.textContent = words; };
  let marks = {}, sending = false;
  try { marks = JSON.parse(localStorage.getItem(key)) || {}; } catch { /* nothing kept */ }
  const keep = () => {
    try {
      if (Object.keys(marks).length) localStorage.setItem(key, JSON.stringify(marks)); else localStorage.removeItem(key);
      return "记在这台设备上";
    } catch { return "记在这一页上（这台设备存不住，请不要关掉这一页）"; }
  };

  async function send() {
    const ids = Object.keys(marks);
    if (!ids.length || sending) return;
    sending = true;
    let answer, words = "没有网络", kept = keep();
    try {
      answer = await fetch(form.dataset.gateUrl, {
        method: "POST", redirect: "manual", credentials: "same-origin", headers: { "Content-Type": "application/json", "X-CSRF-Token": form.elements.csrf.value },
        body: JSON.stringify({ half, invitees: ids.map(Number), came: ids.map(id => String(marks[id])) }),
      });
      if (answer.status === 401) words = "登录已过期，请在另一个窗口重新登录，再刷新这一页";
      else if (!answer.ok) words = (await answer.json().catch(() => ({}))).detail || "没有传上去";
    } catch { /* no net */ }
    sending = false;
    if (answer?.ok) {
      for (const id of ids) {
        delete marks[id];
        if (box(id)) box(id).disabled = true;
      }
      keep();
      say(`已上传 ${ids.length} 人。`);
      send();
    } else say(`${words}。${ids.length} 人已${kept}，会自动再传。`);
  }

  for (const id of Object.keys(marks)) if (box(id)) box(id).checked = true;
  form.addEventListener("change", event => {
    const one = event.target;
    if (one.name !== "invitees") return;
    if (one.checked) marks[one.value] = Date.now(); else delete marks[one.value];
    keep();
    send();
  });
  number.hidden = false;
  number.querySelector("input").addEventListener("keydown", event => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const typed = event.target.value.trim(), one = boxes.find(each => each.dataset.n === typed);
    event.target.value = "";
    if (!one) return say(`名单里没有 ${typed} 号，或者他已经签到。`);
    const name = one.closest("label").querySelector("span b + b").textContent;
    if (one.checked) return say(`${typed} 号${name}已经勾过。`);
    one.click();
    say(`${typed} 号${name}已签到。`);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    event.stopImmediatePropagation();
    send();
  });
  addEventListener("online", send);
  setInterval(send, AGAIN_MS);
  send();
}
