// SPDX-License-Identifier: MulanPSL-2.0
// One proposal in each state in which somebody has a page for a step, and a notice as draft and published, a wish to change the roster, made through the JSON
// API: what a demo city does not always hold. The people who then have these pages are given back.
import { apiOf, PROPOSAL, staffOf, today } from "./house.mjs";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC";
const HOST = "市交通运输局", COHOST = "市公安局";
const REPLY = { class: "a", opening: "您的提案收悉。", results: ["adopted", "planned"], answers: ["已经开工。", "列入明年计划。"], closing: "感谢支持。", operator: "字国祥", phone: "0883-2120003", public: true };
const DISSATISFIED = { visit: "visited", manner: "fair", hearing: "visit", relevance: "partly", handling: "dissatisfied", result: "dissatisfied", text: "结果没有落实。" };
const SATISFIED = { ...DISSATISFIED, handling: "satisfied", result: "satisfied", text: "" };
const later = days => new Date(Date.parse(today()) + days * 864e5).toISOString().slice(0, 10);

export async function everyState(house) {
  const host = staffOf(HOST), cohost = staffOf(COHOST);
  const [member, staff, reviewer, dispatcher, clerk, leader] = ["m001", "staff", "reviewer", "dispatcher", host.operator, host.leader].map(login => apiOf(house, login));
  const agencies = (await dispatcher("GET", "/orgs?limit=200")).items, idOf = name => agencies.find(one => one.name === name).id;
  const act = async (api, thing, verb, body) => api("POST", `${thing}/${verb}`, { ...body, version: (await api("GET", thing)).version });

  // A proposal handed to the host; gives it and the host's part of it.
  const handOut = async (n, cohosts) => {
    const { id } = await member("POST", "/proposals", { ...PROPOSAL(n), consent: "yes" }), proposal = `/proposals/${id}`;
    await act(member, proposal, "submit", { confirmed: true });
    await act(reviewer, proposal, "docket", { category: "transport" });
    await act(dispatcher, proposal, "assign", { mode: cohosts ? "host" : "sole", host_id: idOf(HOST), cohosts, due_on: later(60) });
    const part = (await clerk("GET", "/assignments?limit=200")).items.find(one => one.matter_title.includes(`第${n}街区`));
    return { proposal, part: `/assignments/${part.id}` };
  };
  const accepted = async n => {
    const made = await handOut(n);
    await act(clerk, made.part, "accept");
    return made;
  };
  const drafted = async n => {
    const made = await accepted(n);
    await act(clerk, made.part, "contact", { way: "phone", held_on: today(), with_whom: "提案委员", content: "说明了进展。" });
    await act(clerk, made.part, "reply", REPLY);
    return made;
  };
  const replied = async n => {
    const made = await drafted(n);
    await act(leader, made.part, "sign", { signer: "何秋" });
    return made;
  };

  // Twice not satisfied: what comes next is a talk.
  const talkWanted = async n => {
    const made = await replied(n);
    await act(member, made.part, "evaluate", DISSATISFIED);
    await act(reviewer, made.proposal, "redo", { opinion: "请再研究。" });
    await act(clerk, made.part, "contact", { way: "phone", held_on: today(), with_whom: "提案委员", content: "说明了进展。" });
    await act(clerk, made.part, "reply", REPLY);
    await act(leader, made.part, "sign", { signer: "何秋" });
    await act(member, made.part, "evaluate", DISSATISFIED);
    return made;
  };

  // Answered in a class; evaluated well, it is closed.
  const answered = async (n, more) => {
    const made = await accepted(n);
    await act(clerk, made.part, "contact", { way: "phone", held_on: today(), with_whom: "提案委员", content: "说明了进展。" });
    await act(clerk, made.part, "reply", { ...REPLY, ...more });
    await act(leader, made.part, "sign", { signer: "何秋" });
    return made;
  };

  await member("POST", "/members/me", { job: "工程师" });
  await member("POST", "/proposals", { ...PROPOSAL(90), consent: "yes" });
  await handOut(91);
  await accepted(92);
  const asking = await accepted(93);
  await act(clerk, asking.part, "extend", { to_on: later(80), opinion: "需要书面意见。" });
  const unsigned = await drafted(94);
  await replied(95);
  await act(member, (await replied(96)).part, "evaluate", DISSATISFIED);
  const done = await replied(89);
  await act(member, done.part, "evaluate", SATISFIED);
  await act(member, (await handOut(98)).proposal, "ask_withdraw", { opinion: "已经加开线路。" });
  await talkWanted(99);
  await act(reviewer, (await talkWanted(88)).proposal, "mediate", { opinion: "站点设在哪里。" });
  await handOut(97, [idOf(COHOST)]);
  const helper = apiOf(house, cohost.operator), share = (await helper("GET", "/assignments?limit=200")).items.find(one => one.matter_title.includes("第97街区"));
  await act(helper, `/assignments/${share.id}`, "accept");
  // Asked to sign, by others and of others: a list of names, one sent out, an invitation open, agreed, supported.
  const other = apiOf(house, "m002"), found = async (api, id, name) => (await api("GET", `/proposals/${id}/cosigners?q=${encodeURIComponent(name)}`)).found[0].member_id;
  const nameOf = async api => (await api("GET", "/members/me")).name;
  const joint = async (n, api, asked, send) => {
    const { id } = await api("POST", "/proposals", { ...PROPOSAL(n), consent: "yes" }), members = [];
    for (const one of asked) members.push(await found(api, id, await nameOf(one)));
    await api("POST", `/proposals/${id}/cosigners/add`, { members });
    if (send) await act(api, `/proposals/${id}`, "invite");
    return id;
  };
  const third = apiOf(house, "m003"), fourth = apiOf(house, "m004"), mine = async api => `/cosigners/${(await api("GET", "/cosigners")).items[0].id}`;
  await joint(80, member, [other, third], false);
  const cosigning = `/proposals/${await joint(81, member, [other, third], true)}`;
  await joint(82, other, [member, third, fourth], true);
  const invited = await mine(member);
  await act(fourth, await mine(fourth), "decline", { opinion: "没有时间。" });
  await joint(83, third, [member, fourth], true);
  await act(member, await mine(member), "cosign");
  // In a group's name, with who wrote it: a draft, and one that was handed in.
  const grouped = async (n, send) => {
    const { id } = await staff("POST", "/proposals", { ...PROPOSAL(n), consent: "yes", body_name: "东片委员小组" }), proposal = `/proposals/${id}`;
    await staff("POST", `${proposal}/drafters/add`, { members: [(await member("GET", "/members/me")).id, (await other("GET", "/members/me")).id] });
    if (send) await act(staff, proposal, "submit", { confirmed: true });
    return proposal;
  };
  const groups = { draft: await grouped(58, false), sent: await grouped(59, true) };
  const signed = await joint(84, other, [third], true);
  await act(third, await mine(third), "cosign");
  await act(reviewer, `/proposals/${signed}`, "docket", { category: "transport" });
  await member("POST", `/proposals/${signed}/endorse`, {});
  // One merged into another, which is still with the review.
  const submitted = async n => {
    const { id } = await member("POST", "/proposals", { ...PROPOSAL(n), consent: "yes" });
    await act(member, `/proposals/${id}`, "submit", { confirmed: true });
    return id;
  };
  const main = await submitted(85);
  await act(reviewer, `/proposals/${await submitted(86)}`, "merge", { main_id: main, opinion: "同一件事。" });
  await answered(87, { class: "b", promise_texts: ["在市场东侧空地建成公共停车场"], promise_days: [later(60)], promise_owners: ["字国祥"] });
  const promise = `/promises/${(await clerk("GET", "/promises?limit=200")).items.find(one => one.text === "在市场东侧空地建成公共停车场").id}`;
  await act(clerk, promise, "renew", { to_on: later(90), opinion: "征地还没有完成。" });
  const unlooked = await answered(79, { class: "c" });
  await act(member, unlooked.part, "evaluate", SATISFIED);
  // A slip that waits to be issued, one for each step of its agency and of the office, and a circular.
  const slip = async n => {
    const { part } = await handOut(n);
    return `/urgings/${(await staff("POST", "/urgings", { flow: "assignments", subject_id: Number(part.split("/")[2]), cause: "manual" })).id}`;
  };
  const issued = async n => {
    const one = await slip(n);
    await act(reviewer, one, "issue", { text: "请书面反馈办理进展。" });
    return one;
  };
  await slip(60);
  const pressed = await issued(61), taken = await issued(62), told = await issued(63), waiting = await issued(64);
  await act(clerk, taken, "accept");
  await act(clerk, told, "accept");
  await act(clerk, waiting, "accept");
  await act(clerk, waiting, "answer", { opinion: "正在选址。" });
  await act(clerk, told, "answer", { opinion: "停车场下月开放。" });
  await reviewer("POST", "/circulars", { title: "督办情况通报", text: "请抓紧反馈。", urgings: [Number(pressed.split("/")[2])] });
  // Put to two departments on trial, one of which objects; a meeting about it.
  await staff("POST", "/settings", { name: "proposals.preassign", value: "1", from_on: today() });
  const trial = `/proposals/${await submitted(78)}`;
  await act(reviewer, trial, "docket", { category: "transport" });
  await act(dispatcher, trial, "preassign", { mode: "host", host_id: idOf(HOST), cohosts: [idOf(COHOST)] });
  await act(helper, `/preassignments/${(await helper("GET", "/preassignments")).items[0].id}`, "object", { reason: "停车场建设不在职责内。" });
  const session = (await staff("GET", "/sessions")).items[0].id;
  await dispatcher("POST", "/preassignments/meetings", { name: "提案交办会", session: String(session), held_on: today(), place: "三楼会议室" });
  // A demo has some whose proposer cannot be reached by the house.
  let uninformed = null;
  for (const one of (await staff("GET", "/proposals?state=rejected&limit=200")).items)
    if (!uninformed && (await staff("GET", `/proposals/${one.id}`)).actions.some(step => step.verb === "inform")) uninformed = `/proposals/${one.id}`;
  // A bounce refused, one contested, one not docketed and passed on; an answer to be checked, one to be released: where a site wants that.
  const refusedBounce = async n => {
    const made = await handOut(n);
    await act(clerk, made.part, "bounce", { opinion: "不属于本单位职责。" });
    await act(dispatcher, made.part, "uphold", { opinion: "由你单位承办。" });
    return made;
  };
  const refused = await refusedBounce(70);
  await act(clerk, (await refusedBounce(71)).part, "dispute", { opinion: "职责规定写明由住建部门负责。" });
  const referred = `/proposals/${await submitted(72)}`;
  await act(reviewer, referred, "reject", { reason: "empty", destination: "refer", opinion: "请有关单位参考。" });
  await reviewer("POST", `${referred}/referrals`, { agency_id: idOf(HOST), remark: "请研究参考。" });
  const wants = async name => staff("POST", "/settings", { name, value: "1", from_on: today() });
  await wants("assignments.examine_replies");
  const held = await replied(73);
  await wants("assignments.vet_replies");
  await act(leader, unsigned.part, "vet");
  const unvetted = await drafted(74);
  // What a department has split among its people, in each state.
  const colleagues = (await leader("GET", "/desks")).accounts, accountOf = login => colleagues.find(one => one.login_name === login).id;
  const clerkId = accountOf(host.operator), headId = accountOf(host.leader);
  await leader("POST", "/desks", { name: "规划科", position: 9, accounts: [clerkId], head: String(headId) });
  const desk = (await leader("GET", "/desks")).items.find(one => one.name === "规划科").id;
  const errand = async (n, to, ...verbs) => {
    const { part } = await accepted(n);
    await clerk("POST", `${part}/errands`, { ask: "请核实现状。", ...to });
    const made = `/errands/${(await clerk("GET", `${part}/errands`)).items[0].id}`;
    for (const verb of verbs)
      await act(clerk, made, verb, verb === "finish" ? { results: ["adopted", "planned"], answers: ["已经开工。", "列入明年计划。"] } : verb === "bounce" ? { opinion: "不归我们管。" } : {});
    return made;
  };
  const given = await errand(50, { account_id: clerkId }), writing = await errand(51, { account_id: clerkId }, "take");
  const finished = await errand(52, { account_id: clerkId }, "take", "finish"), headed = await errand(53, { desk_id: desk }, "take", "finish");
  const bounced = await errand(54, { account_id: clerkId }, "bounce");
  // Calls: one in draft, one that is open.
  const call = async name => {
    await staff("POST", "/calls", { name, timing: "between", from_on: today(), until_on: later(30), text: "围绕民生实事提出提案。", titles: ["老旧小区停车"], texts: ["现状与做法"], sources: ["城管局"] });
    return `/calls/${(await staff("GET", "/calls")).items.find(one => one.name === name).id}`;
  };
  const opened = await call("春季征集"), planned = await call("夏季征集");
  await act(staff, opened, "publish", {});
  // Key proposals: recommended, chosen, planned, carried out; one recommended as excellent.
  const key = async (n, ...steps) => {
    const flagship = `/flagships/${(await staff("POST", `${(await handOut(n)).proposal}/flagships`, { grounds: "全城都关心的事。" })).id}`;
    for (const [api, verb, body] of steps) await act(api, flagship, verb, body);
    return flagship;
  };
  const CHOSEN = [reviewer, "choose", { champion_name: "李国庆", champion_post: "副主席", meeting: "第十次主席会议", decided_on: today() }];
  const PLANNED = [staff, "plan", { plan_form: "visit", plan_on: later(10), plan_who: "提案者", plan: "先到现场看一次。" }];
  await key(65);
  await key(66, CHOSEN);
  const proposed = await key(67, CHOSEN, PLANNED);
  await key(68, CHOSEN, PLANNED, [apiOf(house, "leader"), "approve", {}]);
  await staff("POST", `${done.proposal}/commendations`, { nominator: "提案委员会", grounds: "选题准，办得实。" });
  await staff("POST", `${done.proposal}/transfer`, { purpose: "copy", peer_name: "邻县政协" });
  // A public copy that has been taken down.
  const copy = (await staff("GET", "/publications/manage?state=published")).items[0].id, down = `/publications/${copy}`;
  await staff("POST", `${down}/retract`, { opinion: "内容需要更正。", version: (await staff("GET", `${down}/edit`)).version });
  await act(reviewer, told, "pass", { opinion: "措施可行。" });
  // Opinions of the member: one not sent, one that waits for the desk, one kept; one that another asks him to report too.
  const opinion = async (api, n, more) => {
    const { id } = await api("POST", "/opinions", { title: `第${n}街区夜间没有公交`, situation: "晚上八点以后没有车。", analysis: "线路收班早。", suggestions: "末班延到十一点。", ...more });
    return `/opinions/${id}`;
  };
  const sent = async (api, n, more) => {
    const one = await opinion(api, n, more);
    await act(api, one, "submit", {});
    return one;
  };
  const editor = apiOf(house, "editor"), unsent = await opinion(member, 1), reported = await sent(member, 2);
  await act(editor, await sent(member, 3), "keep", { keep_reason: "vague", opinion: "请写明哪条线路。" });
  // One that is edited, one that waits for the signature, two that are taken; a composite of two.
  const chosen = async n => {
    const one = await sent(member, n);
    await act(editor, one, "take", { category: "transport" });
    return one;
  };
  const edited = await chosen(5), signing = await chosen(6), lone = await chosen(7), sources = [await chosen(8), await chosen(9)];
  const number = one => Number(one.split("/").at(-1)), pair = `opinions=${number(lone)}&opinions=${number(await chosen(10))}`;
  for (const one of [edited, signing]) await act(editor, one, "edit", {});
  await act(editor, signing, "pass", {});
  const composite = `/opinions/${(await editor("POST", "/opinions/compose", { title: "三个街区夜间没有公交", opinions: sources.map(number) })).id}`;
  const shared = await sent(apiOf(house, "m002"), 4, { joint: (await member("GET", "/members/me")).name });
  const asked = `/reporters/${(await editor("GET", shared)).reporters[0].id}`;
  // A bulletin with an issue in each state in which somebody has a page for a step; of what was sent one was adopted and not told, one is with a department.
  const chief = apiOf(house, "leader"), passed = async n => {
    const one = await chosen(n);
    await act(editor, one, "edit", {});
    await act(editor, one, "pass", {});
    return one;
  };
  await editor("POST", "/bulletins", { name: "交通专报", office: "市政协办公室", city: "市委办公室\n市政府办公室", named: true });
  const bulletin = `/bulletins/${(await editor("GET", "/bulletins?limit=200")).items.find(one => one.name === "交通专报").id}`;
  const compile = async (...opinions) => (await editor("POST", "/issues", { bulletin: String(number(bulletin)), opinions: opinions.map(one => String(number(one))) })).location;
  const compiled = await compile(await passed(11)), unissued = await compile(await passed(12)), untold = await passed(13), handed = await passed(14), forwarded = await compile(untold, handed);
  for (const one of [unissued, forwarded]) await act(editor, one, "pass", {});
  await act(chief, forwarded, "sign", {});
  await act(editor, forwarded, "forward", { to: ["city:市委办公室"] });
  await editor("POST", `${untold}/adoptions`, { destination: String((await editor("GET", untold)).outcome.destinations[0].id), kind: "single", adopted_on: today(), place: "《市委信息》第3期" });
  await act(editor, handed, "assign", { agencies: [String(idOf(HOST))], opinion: "请研究延长末班时间。" });
  // A commission to the member, who has not written.
  const commission = (await editor("POST", "/commissions", { title: "夜间出行的难处", body: "请写一件走访中看到的事。", audience: [`member:${(await member("GET", "/members/me")).id}`] })).location;
  const commissioned = `/invitations/${(await member("GET", "/invitations")).items[0].id}`; // newest first
  // Rules that begin next year, and the draft of the demo.
  const coming = `/rulesets/${(await staff("POST", "/rulesets", { document: JSON.stringify({ id: "next", name: "委员履职考核办法（明年）", items: [{ category: "会议", item: "参加会议", points: 2, counts: "meeting.attended" }] }) })).id}`;
  await act(staff, coming, "enact", { from_on: `${new Date().getFullYear() + 2}-01-01`, organ: "主席会议" });
  const ruling = `/rulesets/${(await staff("GET", "/rulesets")).items.find(one => one.phase === "draft").id}`;
  // Meetings to which the member is invited: a draft, one announced, one to sign up for, one that is held and one that is settled; of another one somebody asks leave.
  const meet = async (kind, days, more) => (await staff("POST", "/meetings", { kind, title: `${kind}会议`, organiser: "office", attending: "mandatory", from_on: later(days), from_half: "morning", to_half: "afternoon", place: "三楼会议室", agenda: "一、通报；二、讨论。", audience: [`member:${(await member("GET", "/members/me")).id}`], ...more })).location;
  const meetings = { planned: await meet("training", 40), announced: await meet("committee", 20), voluntary: await meet("research", 21, { attending: "voluntary", places: 5 }), left: await meet("study", 22), today: await meet("inspection", 0), held: await meet("party", -1), settled: await meet("welfare", -2) };
  await staff("POST", "/settings", { name: "meetings.checkin_code", value: "1", from_on: today() }); // today's door is open
  for (const one of ["announced", "voluntary", "left", "today"]) await act(staff, meetings[one], "notify", {});
  const invitedTo = async one => `/invitees/${(await staff("GET", `/invitees?meeting_id=${number(one)}`)).items[0].id}`;
  meetings.plenary = await meet("plenary", 0, { agenda: "上午 9:00 开幕会\n下午 2:30 分组讨论\n下午 11:00 闭幕会" }); // the page of its own is reached from the list of them
  await act(staff, meetings.plenary, "notify", {});
  meetings.mine = await invitedTo(meetings.announced), meetings.free = await invitedTo(meetings.voluntary), meetings.leave = await invitedTo(meetings.left);
  await act(member, meetings.leave, "leave", { kind: "official", reason: "当天有公务。" });
  for (const one of ["held", "settled"]) await act(staff, meetings[one], "hold", {});
  const line = meetings.line = await invitedTo(meetings.settled);
  await staff("POST", `${meetings.settled}/attendance`, { invitees: [number(line)], versions: [String((await staff("GET", line)).version)], results: ["whole"], halves: [""] });
  await act(staff, meetings.settled, "minute", { minutes: "会议同意所提安排。" });
  await act(staff, meetings.settled, "settle", {});
  // Groups of the meeting that is announced, with the member in one of two: published, and a draft.
  const both = await meet("consultation", 23, { audience: ["members"] });
  await act(staff, both, "notify", {});
  const group = async title => (await staff("POST", "/schemes", { meeting: `meeting:${number(both)}`, kind: "sectoral", groups: 2, title })).location;
  const schemes = { grouped: both, out: await group("界别分组讨论"), draft: await group("混合编组讨论") };
  schemes.part = `/scheme_groups/${(await staff("GET", schemes.draft)).partition[0].id}`;
  await act(staff, schemes.out, "publish", {});
  schemes.talks = (await staff("POST", "/schemes", { meeting: `meeting:${number(meetings.plenary)}`, kind: "free", groups: 1, title: "今天的小组讨论" })).location; // begun: its roll is open
  await act(staff, schemes.talks, "publish", {});
  // Who sits where there: published, and a draft with too few chairs.
  const hall = async (title, floor) => (await staff("POST", "/seatings", { meeting: `meeting:${number(both)}`, title, floor, rostrum: "3", leaders: "周某某 来宾", numbering: "odd_even", arrangement: "groups", run: "blocks" })).location;
  const seatings = { out: await hall("开幕会座次", "12排 8+12+8"), draft: await hall("选举会议座次", "1") };
  await act(staff, seatings.out, "publish", {});
  // Buses and meals: one that the member and others have answered, one that he has not, a draft, one whose meeting has moved.
  const provide = async meeting => (await staff("POST", "/provisions", { meeting: `meeting:${number(meeting)}`, there: "7:30 市政府东门\n7:40 火车站", back: "17:30 会议中心北门", meals: "午餐 一楼自助餐厅\n晚餐 一楼自助餐厅", answer_on: later(1), note: "自己开车的停北院。" })).location;
  const provisions = { out: await provide(both), open: await provide(meetings.announced), draft: await provide(meetings.planned), moved: await provide(meetings.voluntary) };
  for (const one of ["out", "open", "moved"]) await act(staff, provisions[one], "publish", {});
  const offer = await staff("GET", provisions.out), bus = offer.items.find(one => one.kind === "there"), meals = offer.items.filter(one => one.kind === "meal").map(one => one.id);
  const ride = { rides: [String(bus.id), `none:back:${Math.round(Date.parse(bus.held_on) / 864e5)}`], meals, diet: "halal", avoid: "不吃花生", plate: "赣A12345" };
  await member("POST", `${provisions.out}/answer`, ride);
  provisions.proxy = `${provisions.out}/proxy?invitee=${offer.unanswered.at(-1).invitee_id}`;
  await act(staff, meetings.voluntary, "change", { title: "research会议", organiser: "office", from_on: later(21), from_half: "morning", to_half: "afternoon", place: "二楼会议室", places: 5 });
  // Calls for speeches at the meeting that is announced and at today's: a draft, one that takes speeches, one to be settled; the member's speeches, a draft, one handed in, one to be given, one printed, one to become an opinion, and one in which another has named him.
  const callFor = async (meeting, more) => (await staff("POST", "/speech_calls", { meeting: `meeting:${number(meeting)}`, title: "为绿美城市建言", text: "一事一议。", until_on: today(), chars_max: 2500, minutes: 8, ...more })).location;
  const speeches = { call: await callFor(meetings.today), planned: await callFor(meetings.announced, { title: "下一次征集" }), over: await callFor(meetings.today, { title: "上一次征集" }) };
  for (const one of [speeches.call, speeches.over]) await act(staff, one, "publish", {});
  await act(staff, speeches.over, "close", {});
  const speak = async (api, title, more) => (await api("POST", `${speeches.call}/write`, { title, text: "建议先把底数摸清。", ...more })).location;
  for (const one of ["draft", "sent", "spoken", "printed", "diverted"]) speeches[one] = await speak(member, `把茶山管护好（${one}）`);
  for (const one of ["sent", "spoken", "printed", "diverted"]) await act(member, speeches[one], "submit", {});
  await act(staff, speeches.spoken, "speak", {});
  await act(staff, speeches.printed, "print", {});
  await act(staff, speeches.diverted, "divert", { opinion: "只说一条街，写成社情民意更合适。" });
  // Claims of the member: one that waits, one that came back, one that stands; what he objects to, and a row to which he may.
  const claim = async (title, days) => (await member("POST", "/claims", { kind: "lecture.given", title, quantity: 1, happened_on: later(-days) })).location;
  const claims = { sent: await claim("在社区讲养老政策", 8), back: await claim("在学校讲安全用电", 9), stands: await claim("在企业讲税收政策", 10) };
  await act(staff, claims.back, "revise", { opinion: "请补一张现场照片。" });
  await act(staff, claims.stands, "approve", {});
  claims.appeal = (await member("POST", "/appeals", { happened_on: later(-5), text: "那天参加了专委会会议，没有记上。" })).location;
  claims.burden = (await member("POST", "/burdens", { kind: "form", place: "月度统计表", words: "同样的内容一个月报三次。" })).location;
  const scored = apiOf(house, "m010"); // m001 is the chair, whom the rules do not score
  claims.point = (await scored("POST", "/appeals/point", { item: (await scored("GET", "/appeals/point")).items[0].item, text: "那次学习我参加了，应当计一次。" })).location;
  claims.entry = `/entries/${(await member("GET", "/entries/mine")).items.find(one => one.source === "claims").id}`;
  // A row of an opinion that is like an earlier one: compared on the slow lane.
  const isAlike = one => one.state === "live" && one.tags?.includes("similar");
  for (let tries = 0; tries < 100 && !claims.alike; tries++) {
    const row = (await staff("GET", "/entries?sort=-happened_on&limit=100")).items.find(isAlike);
    if (row) claims.alike = `/entries/${row.id}`;
    else await new Promise(done => setTimeout(done, 100));
  }
  // Pledges: signed by the member, as all were asked; his can be changed; one that is not signed.
  const pledges = { signed: `/pledges/${(await member("GET", "/pledges")).items[0].id}`, asked: `/pledges/${(await staff("GET", "/pledges?state=asked")).items[0].id}` };
  // Reports of the member: one that came back, one that was handed in; the calls of both.
  const statements = {}, duty = "这一年参加了会议和调研，写了提案和社情民意，到村里和社区听了群众的意见，有的已经办了，有的还在跟。不足是发言少、走得不够远。明年要多到山区乡去，把路和水的事弄清楚，写成提案，跟着看办得怎么样，也多读书多请教。";
  for (const one of ["back", "sent"]) {
    const asked = await staff("POST", "/statement_calls", { title: "委员述职", audience: [`member:${(await member("GET", "/members/me")).id}`], form: "written", due_on: later(9) });
    statements.call = asked.location;
    statements[one] = `/statements/${(await staff("GET", asked.location)).statements[0].id}`;
    await member("PUT", statements[one], { body: duty, send: true, version: (await member("GET", statements[one])).version });
  }
  await act(staff, statements.back, "revise", { opinion: "请写一写不足。" });
  // The last of these was voted on.
  const votes = { held_on: later(0), issued: 9, returned: 9, valid: 8, teller_name: "计票甲", second_teller_name: "计票乙", excellent: ["6"], competent: ["1"], basic: ["0"], incompetent: ["0"], abstained: ["1"] };
  await staff("POST", `${statements.call}/ballot`, { ...votes, statements: [Number(statements.sent.split("/").at(-1))], version: (await staff("GET", statements.call)).version });
  // Letters of strangers, written without a script: one that waits, one with who wrote it and answered.
  let digits; // of the last one's receipt
  const stampOf = async path => /name="stamp" value="([^"]+)"/.exec(await (await fetch(house.url + path)).text())[1];
  const letter = async (body, more, photo) => {
    const stamp = await stampOf("/letters/new"), form = new FormData();
    for (const [name, value] of Object.entries({ body, stamp, proof: "", ...more })) form.append(name, value);
    if (photo) form.append("photos", new Blob([Buffer.from(PNG, "base64")], { type: "image/png" }), "1.png");
    const answer = await fetch(house.url + "/letters/new", { method: "POST", body: photo ? form : new URLSearchParams([...form]) });
    if (answer.status !== 200) throw new Error(`letter: ${answer.status}`);
    digits = /data-receipt="([^"]+)"/.exec(await answer.text())[1];
    return `/letters/${(await staff("GET", "/letters?limit=1&sort=-received_at")).items[0].id}`;
  };
  const written = await letter("菜市场东门的下水井盖坏了半个月，晚上很危险。", { name: "李大姐", phone: "13800001234", consent: "1" });
  await act(staff, written, "ask", { opinion: "是靠马路的门，还是里面的门？" });
  await act(staff, await letter("村口的路灯坏了三个月，老人晚上不敢出门。"), "answer", { opinion: "已经修好，谢谢您。" });
  // Sorted, to be handed out or to run along with another one; answered, to become an opinion.
  const sorted = await letter("村口的路灯又坏了两盏，晚上什么都看不见。");
  await act(staff, sorted, "triage", { category: "utilities", kind: "concern" });
  // With a department, which sees its photo.
  const pictured = await letter("学校门口的斑马线磨没了，孩子过街很危险。", {}, true);
  await act(staff, pictured, "triage", { category: "roads", kind: "concern" });
  await act(staff, pictured, "assign", { host_id: idOf(HOST), photos: (await staff("GET", pictured)).photos.map(one => one.id) });
  const solved = await letter("菜市场的公平秤不准，买两斤少半斤。");
  await act(staff, solved, "answer", { opinion: "公平秤已经换了。" });
  // Not solved twice, as its sender says with the receipt; topics: one that waits, one that was not taken up.
  const unsolved = await letter("白水渡口一天只有一班船，上班的人赶不上。");
  for (const text of ["还是一天一班。", "没有加班船。"]) {
    await act(staff, unsolved, "answer", { opinion: "已经请航运公司加班。" });
    const judged = await fetch(house.url + "/letters/follow", { method: "POST", body: new URLSearchParams({ receipt: digits, act: "evaluate", verdict: "unsolved", text, stamp: await stampOf("/letters/follow"), proof: "" }) });
    if (judged.status !== 200) throw new Error(`verdict: ${judged.status}`);
  }
  const propose = async title => (await staff("POST", "/topics", { title, body: "多位委员走访时听到群众反映。", source: "members", proposer: "城建环保专委会" })).location;
  const candidate = await propose("老旧小区加装电梯的难处"), declined = await propose("城区停车难");
  await act(staff, declined, "reject", { opinion: "已列入今年的专项监督。" });
  // Two letters about one matter that have gathered, told apart from a third.
  const gathered = async () => `/clusters/${(await staff("GET", await letter("东街菜市场的厕所堵了一个星期，臭得很，没有人来修。"))).cluster?.id}`;
  await gathered();
  const cluster = await gathered();
  await act(staff, await letter("东街菜市场的厕所堵了一个星期，臭得很，请快修。"), "triage", { category: "utilities", kind: "concern" });
  const parted = (await staff("GET", cluster)).letters[0].id;
  await act(staff, cluster, "split", { letters: [String(parted)] });
  // Who leaves: a letter of one's own, another's, a revocation of the chairs, one who is gone.
  const leave = async api => (await api("POST", "/departures", { words: "工作调动，今后不能按时参加会议。" })).location;
  await leave(member);
  const leaving = await leave(apiOf(house, "m005")), gone = async (act, more) => {
    const name = `离任${act}`, { location } = await staff("POST", "/members", { name, sector: (await member("GET", "/members/me")).sector, from_on: later(-9) });
    await staff("POST", `${location}/act`, { act, on_on: later(-3), organ: "主席会议", reason: "按规定。", ...more });
    return `/departures/${(await staff("GET", "/departures?limit=200")).items.find(one => one.name === name).id}`;
  };
  const revoked = await gone("revoke", { by_chairs: true }), left = await gone("remove", {});
  // A caution to be held, a question to a member that waits, and one that he answered.
  const talk = async (nth, more) => (await staff("POST", "/talks", { member: String(nth), kind: "inquiry", ground: "conduct", words: "请说明情况。", asker: "政协办公室", due_on: later(20), organ: "主席会议", decided_on: later(-1), ...more })).location;
  const own = (await member("GET", "/members/me")).id, talks = { caution: await talk(own, { kind: "caution", ground: "absence" }), inquiry: await talk(own), held: await talk(own, { words: "请再说明一次。" }) };
  await act(member, talks.held, "answer", { words: "情况属实，已经改正。" });
  // A member who was ill for a month; one whose exemption was undone.
  const exempt = async (from, to) => (await staff("POST", "/exemptions", { member: String(own), ground: "illness", words: "住院治疗。", effect: "days", from_on: later(from), to_on: later(to), organ: "主席会议", decided_on: later(-1) })).location;
  const exempted = await exempt(-40, -20), unexempted = await exempt(-10, -5);
  await act(staff, unexempted, "undo", { opinion: "登记错了人。" });
  // A member who is near a rule about absences.
  const warned = `/warnings/${(await staff("GET", "/warnings?state=open")).items[0].id}`;
  // Years' assessments of the demo city: one that is being prepared, one that waits for a decision, one that was told of.
  const assessed = async state => `/assessments/${(await staff("GET", `/assessments?state=${state}`)).items[0].id}`, graded = async path => `/gradings/${(await staff("GET", path)).gradings.find(one => one.assessed).id}`;
  const assessments = { opened: await assessed("opened"), proposed: await assessed("proposed"), notified: await assessed("notified") };
  Object.assign(assessments, { grading: await graded(assessments.opened), proposedGrading: await graded(assessments.proposed), told: await graded(assessments.notified),
    honoured: `/gradings/${(await staff("GET", assessments.notified)).gradings.find(one => one.honour === "proposed").id}` });
  // A paper of one's own dossier, and a file of many.
  await member("POST", `/dossiers/${(await member("GET", "/dossiers/mine")).member_id}/issue`, { format: "pdf" });
  await staff("POST", "/dossiers/runs", { format: "docx" });
  // Somebody named for a seat in each state in which the office has a step; the demo has them.
  const named = Object.fromEntries((await staff("GET", "/nominations?limit=200")).items.map(one => [one.state, `/nominations/${one.id}`]));
  named.meeting = `/nominations/meetings/${(await staff("GET", named.listed)).meeting_id}`;
  // The next term in preparation; the demo has it.
  const renewal = `/renewals/${(await staff("GET", "/renewals?state=draft")).items[0].id}`;
  const notice = { title: "关于召开提案交办会的通知", body: "请各单位派一名负责同志参加。", audience: "members" };
  await staff("POST", "/notices", notice);
  await staff("POST", "/notices", { ...notice, title: "关于报送年度述职材料的通知" });
  const notices = (await staff("GET", "/notices")).items.map(one => `/notices/${one.id}`); // newest first
  await act(staff, notices[0], "publish", {});
  return { operator: host.operator, leader: host.leader, cohost: cohost.operator, notice: notices[0], draft: notices[1], closed: done.proposal, promise, unlooked: unlooked.proposal, cosigning, invited, uninformed, groups,
    opened, planned, pressed, told, down, proposed, agreed: `/preassignments/${(await clerk("GET", "/preassignments")).items[0].id}`,
    statements,
    renewal, named, leaving, revoked, left, written, sorted, pictured, solved, unsolved, candidate, declined, cluster, bulletin, compiled, unissued, forwarded, untold, handed, reported, unsent, asked, commission, commissioned, meetings, schemes, seatings, provisions, speeches, claims, pledges, talks, exempted, unexempted, warned, assessments, coming, ruling, edited, signing, lone, pair, composite, refused: refused.part, referred, held: held.part, unvetted: unvetted.part, given, writing, finished, headed, bounced };
}
