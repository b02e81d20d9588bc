// SPDX-License-Identifier: MulanPSL-2.0
// The straight road by the pages alone, from the member's import to the closed case: rules.md 12.1 and 2.2 to 2.6. Every step is
// checked by what its next actor sees. For the journeys that take it.
import assert from "node:assert/strict";
import { sendOut } from "./cast.mjs";
import { Actor, PROPOSAL, staffOf, today } from "./house.mjs";

export const HOST = "市住房和城乡建设局", COHOST = "市公安局", WRONG = "市水务局";
const OPINION = { [COHOST]: "我局将在赶集日派员疏导，并配合划定临时停车区。" };
// The office uploads a list: first only checked, then taken; the new member gets a one-time password on paper.
async function importMember(staff, name) {
  const file = { name: "名单.csv", mimeType: "text/csv", buffer: Buffer.from(`姓名,性别,界别,工作单位\n${name},女,农业界,${name}茶叶合作社\n`) };
  await staff.go("/members/import");
  await staff.fill({ file });
  await staff.press("上传");
  await staff.sees(/新增 1，更新 0，不变 0，有错 0/);
  await staff.fill({ file, run: true });
  await staff.press("上传");
  await staff.go("/members/accounts");
  await staff.fill({ members: [name] });
  await staff.press("开通账号");
  const cells = await staff.page.locator("main tbody tr").filter({ hasText: name }).locator("td").allInnerTexts();
  return { login: cells.at(-2).trim(), password: cells.at(-1).trim() };
}

async function firstLogin(member, { login, password }, own) {
  await member.signIn(login, password);
  assert.equal(member.path(), "/me/password");
  await member.fill({ current: password, password: own, again: own });
  await member.press("修改密码", "main form");
}

// Gives the receipt's twenty digits and the proposal's path.
async function write(member, text) {
  await member.go("/home");
  await member.press("写提案");
  await member.fill({ title: text.title });
  await member.press("开始写");
  const place = member.path().replace(/\/edit$/, "");
  if (await member.page.locator("[name=suggestions]").count() < 2) {
    if (member.script) await member.page.getByRole("button", { name: "再加一条建议" }).click();
    else await member.press("再加一条建议");
  }
  await member.fill({ situation: text.situation, analysis: text.analysis, suggestions: text.suggestions, consent: "同意公开" });
  if (member.script) await member.page.locator("[data-save][data-state=saved]").waitFor();
  else await member.press("保存");
  await member.go(place + "/edit");
  assert.equal(await member.page.inputValue("[name=situation]"), text.situation);
  await member.press("下一步，核对");
  for (const part of [text.title, text.situation, text.analysis, ...text.suggestions]) await member.sees(part);
  await member.fill({ confirmed: true });
  await member.press("提交");
  await member.sees("提案已收到");
  const receipt = (await member.text(".code20")).replace(/\s/g, "");
  assert.match(receipt, /^\d{20}$/);
  return { receipt, place };
}

async function checkReceipt(house, how, receipt, title) {
  const anyone = await Actor.enter(house, how);
  await anyone.go("/receipt");
  await anyone.fill({ receipt });
  await anyone.press("查询");
  await anyone.sees(title);
  await anyone.sees("系统里的正文和提交时一字不差");
  await anyone.sees(/正文指纹 ([0-9a-f]{8} ?){8}/);
  await anyone.leave();
}

async function review(house, how, place) {
  const staff = await (await Actor.enter(house, how)).signIn("staff");
  await staff.go(place);
  await staff.press("预审通过");
  await staff.fill({ opinion: "一事一案，材料齐全。" });
  await staff.press("预审通过");
  await staff.leave();
  const reviewer = await (await Actor.enter(house, how)).signIn("reviewer");
  await reviewer.go(place);
  await reviewer.press("立案");
  await reviewer.fill({ category: "城乡建设", hosts: [HOST] });
  await reviewer.press("立案");
  await reviewer.sees("已立案");
  return reviewer;
}

// To a wrong host; it says who is right; the dispatcher agrees. Both acts from the lists where they wait.
async function assign(dispatcher, wrong, place) {
  await dispatcher.go(place);
  await dispatcher.press("交办");
  await dispatcher.fill({ mode: "主办", host_id: WRONG, cohosts: [COHOST] });
  await dispatcher.press("交办", "main form");
  await wrong.go("/assignments");
  await wrong.press("停车场");
  await wrong.press("申退");
  await wrong.fill({ opinion: "公共停车场的规划建设不属于水务部门职责。", better_agency_id: HOST });
  await wrong.press("提交申退");
  await dispatcher.go("/assignments/waiting");
  await dispatcher.sees(HOST);
  await dispatcher.press("改派");
  await dispatcher.fill({ agency_id: HOST });
  await dispatcher.press("改派", "main form");
  const gone = await wrong.page.goto(wrong.house.url + "/assignments");
  assert.equal(gone.status(), 200);
  await wrong.seesNot(/停车场/);
}

async function open(agency) {
  await agency.go("/assignments");
  await agency.press("停车场");
}

async function contribute(cohost) {
  await open(cohost);
  await cohost.press("签收");
  await cohost.press("提交会办意见");
  await cohost.fill({ body: OPINION[COHOST], operator: "李晓", phone: "0883-2120001" });
  await cohost.press("提交会办意见", "main form");
}

async function talk(host, name) {
  await host.press("登记沟通");
  await host.fill({ way: "走访", held_on: today(), with_whom: name, content: "到现场一起看了东侧空地，委员同意先建一期。" });
  await host.press("登记沟通", "main form");
}

async function answer(host, first, look) {
  await host.press("写答复");
  await look?.(host);
  await host.fill({ class: "A", opening: "您提出的提案收悉，现答复如下。", closing: "感谢您对城市建设工作的关心支持。", operator: "王岚", phone: "0883-2120002" });
  await host.selects("results", ["采纳", "列入计划"]);
  await host.fill({ answers: [first, "赶集日的疏导方案下月起执行，由交警部门落实。"] });
  await host.press("送审");
}

// The letter goes out with its number, and can be fetched as PDF.
async function sign(leader, dispatcher) {
  await open(leader);
  await sendOut(leader, dispatcher);
  await leader.sees(/〔\d{4}〕\s*\d+\s*号/);
  const href = await leader.page.getByRole("link", { name: "答复函 PDF" }).last().getAttribute("href");
  const pdf = await leader.context.request.get(leader.house.url + href);
  assert.equal(pdf.status(), 200);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), "%PDF-");
}

async function evaluate(member, place, agency, verdict, text) {
  await member.go("/home");
  await member.press(/去评价/);
  await member.sees(agency);
  await member.fill({ visit: "走访过", manner: "满意", hearing: "当面", relevance: "基本针对", handling: verdict, result: verdict, text });
  await member.press("提交评价");
}

// n: which proposal, 1 to 3. how: the browser. look: what to do at the form of the answer, with who answers.
export async function road(house, n, how, look) {
  const text = PROPOSAL(n), name = `杨${"一二三"[n - 1]}梅`, own = `火塘边的茶 ${n} 号-${n}7`;
  const enter = async login => (await Actor.enter(house, how)).signIn(login);
  const staff = await enter("staff"), member = await Actor.enter(house, how);
  await firstLogin(member, await importMember(staff, name), own);
  const { made: { receipt, place }, count } = await member.screens(() => write(member, text));
  assert.ok(count <= 6, `writing a proposal takes ${count} screens`); // quality Q7
  await checkReceipt(house, how, receipt, text.title);
  const reviewer = await review(house, how, place);
  const dispatcher = await enter("dispatcher"), wrong = await enter(staffOf(WRONG).operator);
  await assign(dispatcher, wrong, place);
  const host = await enter(staffOf(HOST).operator), cohost = await enter(staffOf(COHOST).operator);
  const leader = await enter(staffOf(HOST).leader);
  await open(host);
  await host.press("签收");
  await talk(host, name);
  await contribute(cohost);
  const answering = await host.screens(async () => {
    await open(host);
    await host.sees(OPINION[COHOST]);
    await answer(host, "东侧空地已完成选址。", look);
  });
  assert.ok(answering.count <= 4, `answering takes ${answering.count} screens`); // quality Q7
  await open(leader);
  await leader.press("退回重拟");
  await leader.fill({ opinion: "请写明开工和完工时间。" });
  await leader.press("退回重拟", "main form");
  await open(host);
  await host.press("写答复");
  await host.sees("请写明开工和完工时间");
  await host.fill({ answers: ["东侧空地已完成选址，明年三月开工，十月建成。"] });
  await host.press("送审");
  await sign(leader, dispatcher);
  await evaluate(member, place, HOST, "不满意", "没有说明车位数够不够用。");
  await reviewer.go(place);
  await reviewer.press(/重新办理|重办/);
  await reviewer.fill({ opinion: "委员意见成立，请补充车位测算。" });
  await reviewer.press(/重新办理|重办/, "main form");
  await open(host);
  await talk(host, name);
  await answer(host, "东侧空地明年三月开工，建成二百二十个车位，按赶集日测算够用。");
  await sign(leader, dispatcher);
  await evaluate(member, place, HOST, "满意", "");
  await member.go(place);
  await member.sees("已办结");
  for (const one of [staff, member, reviewer, dispatcher, wrong, host, cohost, leader]) await one.leave();
}

// The editor puts an edited opinion into an issue, under a bulletin of its own, and the leader signs it. Returns the issue's page.
export async function issueOf(editor, leader, title, bulletin) {
  await editor.go("/bulletins/new");
  await editor.fill({ name: bulletin, office: "市政协办公室", city: "市委办公室\n市政府办公室" });
  await editor.press("保存", "main form");
  await editor.go("/issues/new");
  await editor.fill({ bulletin, opinions: title });
  await editor.press("保存", "main form");
  await editor.press("本期送签", ".act");
  const issue = editor.path();
  await leader.go(issue);
  await leader.press("签发本期", ".act");
  await leader.sees("已签发");
  return issue;
}
