// SPDX-License-Identifier: MulanPSL-2.0
// Three members ask for the same thing. The house proposes to handle it as one; the reviewer reads the texts side by side, takes one out
// again and puts it back; the department answers all suggestions once, and each proposer gets a letter of his own, reads how it went on the
// page of his own proposal, and gives his verdict. After it is handed out nothing can be taken out. Under the rules
// of each place (HUOTANG_PRESET).
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act, sendOut } from "./lib/cast.mjs";
import { Actor, apiOf, openHouse, skip, staffOf, tell, today } from "./lib/house.mjs";

const HOST = "市交通运输局", names = staffOf(HOST);
const SAME = "新城到老城只有一条公交线，早晚高峰挤不上车，学生和老人等车常常超过四十分钟";
const ASKED = [
  { title: "关于增设过江公交线路的建议", situation: SAME + "。", suggestions: ["增设一条过江公交线路。", "末班车延长到晚上十点。"] },
  { title: "关于增加过江公交班次的提案", situation: SAME + "，雨天更难。", suggestions: ["高峰时段五分钟一班。", "站台加装雨棚。", "增设一条过江公交线路。"] },
  { title: "关于方便学生乘坐过江公交的建议", situation: SAME + "，家长只好天天接送。", suggestions: ["在学校门口设公交站。"] },
];
const OTHER = { title: "关于保护古茶树的提案", situation: "山上的古茶树没有登记，有人砍了当柴烧。", suggestions: ["逐株登记挂牌。"] };
const MEMBERS = ["m001", "m002", "m003"];
let house, ids = [];

before(async () => {
  if (skip) return;
  house = await openHouse();
  const write = async (login, what) => {
    const member = apiOf(house, login);
    const { id } = await member("POST", "/proposals", { ...what, analysis: "线路规划时新城还没有人住，多年没有调整。", consent: "yes" });
    await act(member, `/proposals/${id}`, "submit", { confirmed: true });
    return id;
  };
  for (const [at, what] of ASKED.entries()) ids.push(await write(MEMBERS[at], what));
  await write("m004", OTHER);
});
after(async () => house?.close());

const page = at => `/proposals/${ids[at]}`;

test("proposed, read side by side, merged, and one taken out and put back", { skip }, () => tell(house, async () => {
  const reviewer = await (await Actor.enter(house)).signIn("reviewer");
  await reviewer.go("/mergers");
  for (const { title } of ASKED) await reviewer.sees(title);
  await reviewer.seesNot(new RegExp(OTHER.title));
  await reviewer.press("对照正文、并案");
  assert.ok((await reviewer.page.locator("section mark").first().innerText()).includes("新城到老城"));
  await reviewer.fill({ opinion: "说的是同一条线路。" });
  await reviewer.press(/^\s*并案/, "main form");
  await reviewer.sees("提案者已收到通知", "body");
  await reviewer.sees("并入 2 件");

  await reviewer.go(page(2));
  await reviewer.press("撤销并案");
  await reviewer.fill({ opinion: "学生的事可以单独办。" });
  await reviewer.press("撤销并案", "main form");
  await reviewer.sees("待审查");
  await reviewer.press(/^\s*并案/, ".act");
  await reviewer.sees("对照并案");
  await reviewer.fill({ add: "1" });
  await reviewer.press("加进来对照");
  // 1 is the serial of one and the case number of another, which is merged already: both stand there
  await reviewer.fill({ main_id: new RegExp(ASKED[0].title) });
  assert.ok(!await reviewer.page.locator("main [name=ids]").and(reviewer.page.getByLabel(new RegExp(ASKED[1].title))).isChecked());
  await reviewer.press(/^\s*并案/, "main form[method=post]");
  await reviewer.sees("并入 2 件");
  await reviewer.press(/^\s*立案/, ".act");
  await reviewer.fill({ category: "交通" });
  await reviewer.press(/^\s*立案/, "main form");

  const member = await (await Actor.enter(house, { width: 390 })).signIn(MEMBERS[1]);
  await member.go(page(1));
  await member.sees("这件提案已并入下面这件");
  await member.sees(ASKED[0].title);
  for (const one of [reviewer, member]) await one.leave();
}));

test("handed out and answered once, six suggestions", { skip }, () => tell(house, async () => {
  const dispatcher = await (await Actor.enter(house)).signIn("dispatcher");
  await dispatcher.go(page(0));
  await dispatcher.press(/^\s*交办/);
  await dispatcher.fill({ mode: "独办", host_id: HOST });
  await dispatcher.press(/^\s*交办/, "main form");

  const reviewer = await (await Actor.enter(house)).signIn("reviewer");
  await reviewer.go(page(2));
  assert.equal(await reviewer.page.locator(".act").getByText("撤销并案").count(), 0);

  const api = apiOf(house, names.operator), part = `/assignments/${(await api("GET", "/assignments?limit=200")).items[0].id}`;
  for (const [verb, body] of [["accept", {}], ["contact", { way: "visit", held_on: today(), with_whom: "三位委员", content: "一起坐了一趟车。" }]])
    await act(api, part, verb, body);
  const clerk = await (await Actor.enter(house)).signIn(names.operator);
  await clerk.go(part);
  await clerk.sees(ASKED[1].title);
  await clerk.press("写答复");
  await clerk.sees("（同第1条）");
  await clerk.fill({ class: "A", opening: "您的提案收悉。", closing: "感谢您的支持。", operator: "字国祥", phone: "0883-2120003" });
  await clerk.selects("results", ["采纳", "采纳", "采纳", "采纳", "采纳", "采纳"]);
  await clerk.fill({ answers: ["新线路六月开通。", "末班车改为晚上十点。", "高峰五分钟一班。", "雨棚年底前装好。", "见第一条的答复。", "校门口已经设站。"] });
  await clerk.press(/^\s*送审/);
  const leader = await (await Actor.enter(house)).signIn(names.leader);
  await leader.go(part);
  await sendOut(leader, dispatcher);
  await leader.sees("各件提案的答复函");
  for (const one of [dispatcher, reviewer, clerk, leader]) await one.leave();
}));

test("each proposer has a letter of his own and gives his verdict", { skip }, () => tell(house, async () => {
  const numbers = [];
  for (const [at, login] of MEMBERS.entries()) {
    const member = await (await Actor.enter(house, { width: 390, script: at > 0 })).signIn(login);
    await member.go(page(at));
    await member.sees(["新线路六月开通", "雨棚年底前装好", "校门口已经设站"][at]);
    const link = at ? member.page.locator("#mergers a", { hasText: "答复函 PDF" }) : member.page.locator("a", { hasText: "答复函 PDF" });
    const answer = await member.context.request.get(house.url + await link.first().getAttribute("href"));
    assert.equal(answer.headers()["content-type"], "application/pdf");
    const api = apiOf(house, login), { letters, assignments } = await api("GET", page(at));
    numbers.push(at ? letters[0].number : assignments[0].replies[0].number);
    await member.press(/评价/, ".act"); // on the page of his own proposal
    await member.fill({ visit: "走访过", manner: "满意", hearing: "当面", relevance: "基本针对", handling: "满意", result: "满意" });
    await member.press("提交评价");
    await member.leave();
  }
  assert.equal(new Set(numbers).size, 3);
  const order = numbers.map(one => Number(/(\d+)号/.exec(one)[1]));
  assert.deepEqual(order, [order[0], order[0] + 1, order[0] + 2]);
  const reviewer = await (await Actor.enter(house)).signIn("reviewer");
  await reviewer.go(page(0));
  await reviewer.sees("已办结");
  await reviewer.go(page(1));
  await reviewer.sees("已并案");
  await reviewer.leave();
}));
