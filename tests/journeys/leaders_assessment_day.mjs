// SPDX-License-Identifier: MulanPSL-2.0
// The leader's assessment day (issue "the year"), on a tablet's width: the year that waits on his front page, who has what by the rules, one doubtful grade
// that he changes with a reason, the decision, the circular, and a look back at the decision that this one takes the place of. The member learns his own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { act } from "./lib/cast.mjs";
import { misfits } from "./lib/crawl.mjs";
import { Actor, apiOf, openHouse, skip, tell, today } from "./lib/house.mjs";

const ACCOUNTS = 320; // of members: m001 …
const MEETING = "第四十一次主席会议", REASON = "住院三个月，能做的都做了，会议认为应当定为称职。";
let house;
before(async () => { if (!skip) house = await openHouse(); });
after(async () => house?.close());

const counts = year => Object.fromEntries(year.grades.map(one => [one.grade, one.count]));
const fits = async actor => assert.deepEqual(await misfits(actor.page, "standard"), [], actor.path());

// Somebody whom the rules put down because a gate is not met, and whom nobody has looked at yet.
function doubtful({ gradings }) {
  const one = gradings.find(g => g.assessed && g.member_id <= ACCOUNTS && g.gates_met < g.gates_due && g.grade === g.proposed && !g.reason);
  assert.ok(one, "nobody misses a gate");
  return one;
}

async function decides(leader) {
  await leader.press("登记决定", ".act");
  await leader.press("登记决定", "main form"); // nothing put down: told what is missing
  await leader.sees(/还有 \d+ 处要改/, ".errs");
  await fits(leader);
  await leader.fill({ organ: "主席会议", meeting: MEETING, on_on: today(), document: "临政协党组〔2026〕9号" });
  if (await leader.page.locator("main [name=as_proposed]").count()) await leader.fill({ as_proposed: true });
  await leader.press("登记决定", "main form");
  await leader.sees("已决定");
  await leader.sees(MEETING);
}

test("a year is decided", { skip }, () => tell(house, async () => {
  const api = apiOf(house, "leader"), staff = apiOf(house, "staff");
  const { id, year } = (await api("GET", "/assessments?state=proposed")).items[0], assessment = `/assessments/${id}`;
  const before = await api("GET", assessment), one = doubtful(before);
  const leader = await (await Actor.enter(house, { width: 820 })).signIn("leader");

  await leader.go("/home");
  await leader.sees(`${year} 年度考核`);
  await leader.go(assessment);
  await fits(leader);
  await leader.go(`/gradings/${one.id}`);
  await leader.sees("还差");
  await leader.press("改等次");
  await leader.fill({ grade: "称职", reason: "" });
  await leader.press("改等次", "main form"); // a change needs a reason
  await leader.sees("请填写这一项", ".errs");
  await fits(leader);
  await leader.fill({ reason: REASON });
  await leader.press("改等次", "main form");
  await leader.sees(REASON);
  await leader.sees(/按办法建议的是 ?不称职/);
  await fits(leader);

  // One more of the one grade, one less of the other, and nobody else moved.
  const changed = counts(await api("GET", assessment)), was = counts(before);
  assert.equal(changed["称职"], was["称职"] + 1);
  assert.equal(changed["不称职"], was["不称职"] - 1);

  await leader.go(assessment);
  await decides(leader);
  await fits(leader);
  for (const [kind, begin] of [["通报 PDF", "%PDF-"], ["通报 Word", "PK"]]) {
    const href = await leader.page.getByRole("link", { name: kind }).getAttribute("href");
    const file = await leader.context.request.get(house.url + href);
    assert.equal(file.status(), 200, kind);
    assert.equal((await file.body()).subarray(0, begin.length).toString("latin1"), begin);
  }

  // What was decided before is still there to be read, and no longer holds.
  await leader.press("看上一次的决定");
  await leader.sees("已经被更正的决定代替");
  await fits(leader);

  // He learns his own grade, and what the meeting was, when everybody is told; of the leader's reason nothing is a secret of the office.
  await act(staff, assessment, "notify", {});
  const login = `m${String(one.member_id).padStart(3, "0")}`, own = (await apiOf(house, login)("GET", "/assessments/mine")).items.find(g => g.year === year);
  assert.equal(own.grade, "称职");
  assert.equal(own.meeting, MEETING);
  await leader.leave();
}));
