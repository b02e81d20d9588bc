// SPDX-License-Identifier: MulanPSL-2.0
// A department splits an answer inside: its leader makes a desk, the clerk gives it one suggestion, what is written there is looked
// at by the desk's head and goes into the draft beside what the clerk has typed meanwhile: nothing is lost. The office, the member and
// another department see nothing of it. On a phone; other parts go through the JSON API.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Actor, apiOf, openHouse, PROPOSAL, skip, staffOf, tell, today } from "./lib/house.mjs";

const HOST = "市交通运输局", OTHER = "市公安局", N = 31;
const ASK = "问一下夜间值守怎么排，先不要对外讲", NOTE = "预算还没有批，内部掌握", PART = "东侧空地下月开工，由规划科负责。", TYPED = "已与规划部门商定。";
let house, member, staff, reviewer, dispatcher;

before(async () => {
  if (skip) return;
  house = await openHouse();
  [member, staff, reviewer, dispatcher] = ["m001", "staff", "reviewer", "dispatcher"].map(login => apiOf(house, login));
});
after(async () => house?.close());

const later = days => new Date(Date.parse(today()) + days * 864e5).toISOString().slice(0, 10);

async function handOut() {
  const { id } = await member("POST", "/proposals", { ...PROPOSAL(N), consent: "yes" });
  const act = async (api, verb, body) => api("POST", `/proposals/${id}/${verb}`, { ...body, version: (await api("GET", `/proposals/${id}`)).version });
  await act(member, "submit", { confirmed: true });
  await act(reviewer, "docket", { category: "transport" });
  const host_id = (await dispatcher("GET", "/orgs?limit=200")).items.find(one => one.name === HOST).id;
  await act(dispatcher, "assign", { mode: "sole", host_id, due_on: later(60) });
  return id;
}

async function open(actor) {
  await actor.go("/assignments");
  await actor.press(`第${N}街区`);
}

async function inside() {
  const id = await handOut(), names = staffOf(HOST);
  const enter = async name => (await Actor.enter(house, { width: 390 })).signIn(name);
  const clerk = await enter(names.operator), leader = await enter(names.leader);
  const [one, two] = [clerk, leader].map(actor => apiOf(house, actor.name));
  const nameOf = async api => (await api("GET", "/desks")).accounts;
  const accounts = await nameOf(two), mine = accounts.find(person => person.login_name === names.operator), head = accounts.find(person => person.login_name === names.leader);

  await leader.go("/desks");
  await leader.press("新设科室");
  await leader.fill({ name: "", accounts: [mine.name], head: head.name });
  await leader.press("保存");
  await leader.sees("还有 1 处要改", "body");
  await leader.fill({ name: "规划科" });
  await leader.press("保存");
  await leader.sees(`${mine.name}、${head.name}|${head.name}、${mine.name}`);

  await open(clerk);
  await clerk.press("签收");
  await clerk.press("分办", "#errands");
  await clerk.fill({ numbers: [/^第 1 条/], desk_id: "规划科", ask: ASK });
  await clerk.press("分办", "main form");
  await clerk.sees("待接办");
  await clerk.press("第 1 条", "main table");
  await clerk.press("接办");
  await clerk.press("拟写答复");
  await clerk.press("交稿", "main form");
  await clerk.sees("还没有答复");
  await clerk.selects("results", ["采纳"]);
  await clerk.fill({ answers: [PART], note: NOTE });
  await clerk.press("交稿", "main form");
  await clerk.sees("等 规划科 负责人审核");
  const errand = clerk.path();

  // Meanwhile the clerk types an answer of his own to the same suggestion.
  const part = (await one("GET", "/assignments?limit=200")).items.find(row => row.matter_title.includes(`第${N}街区`)).id;
  await one("PUT", `/assignments/${part}/draft`, { version: 0, results: ["partly", ""], answers: [TYPED, ""] });

  await leader.go(errand);
  await leader.press("审核通过");
  await leader.press(/审核通过|提交/, "main form");
  await clerk.go(errand);
  await clerk.press("并入答复稿");
  await clerk.sees(TYPED);
  await clerk.sees(PART);
  await clerk.press("并入答复稿", "main form");
  await clerk.sees("请选择用哪一份");
  await clerk.fill({ keeps: "两段都留" });
  await clerk.press("并入答复稿", "main form");
  await clerk.sees("已并入");
  await clerk.go(`/assignments/${part}/reply`);
  assert.equal(await clerk.page.locator("[name=answers]").first().inputValue(), `${TYPED}\n${PART}`);
  await clerk.go(`/assignments/${part}`);
  await clerk.sees("已并入 1 件，共 1 件");

  await hidden(id, part, errand);
  for (const actor of [clerk, leader]) await actor.leave();
}

// Neither in JSON nor on pages of who is not of the department.
async function hidden(id, part, errand) {
  const other = apiOf(house, staffOf(OTHER).operator);
  for (const api of [staff, reviewer, dispatcher, member, other]) {
    const texts = await Promise.all([`/proposals/${id}`, `/assignments/${part}`, `${errand}`, `/assignments/${part}/errands`, "/errands", "/desks"].map(path => api("GET", path).catch(error => error)));
    for (const text of texts) assert.doesNotMatch(JSON.stringify(text) + String(text), new RegExp(`${ASK}|${NOTE}|${PART}|规划科`));
  }
  for (const name of ["dispatcher", "m001"]) {
    const actor = await (await Actor.enter(house)).signIn(name);
    await actor.go(`/proposals/${id}`);
    await actor.seesNot(new RegExp(`${ASK}|${NOTE}|规划科|内部分办`), "body");
    await actor.leave();
  }
}

test("an answer is split inside a department, and nobody outside sees how", { skip }, () => tell(house, inside));
