// SPDX-License-Identifier: MulanPSL-2.0
// The people of a journey behind the JSON API, for what comes before its story: handing out, talking, answering, the answer's way out. What
// a place wants besides (checking, release, a proposer's consent) is read from its rules, so that a journey goes under those of any place
// (HUOTANG_PRESET). The same way out on pages: sendOut.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { apiOf, PROPOSAL, ROOT, staffOf, today } from "./house.mjs";

export const later = days => new Date(Date.parse(today()) + days * 864e5).toISOString().slice(0, 10);

// The least number of days from `days` on after which it is a working day by the shipped calendar: the clock urges on no other.
export function workingIn(days) {
  const marks = new Map(readFileSync(join(ROOT, "seed/calendar/cn.txt"), "utf8").split("\n").map(line => line.split(" ").slice(0, 2)));
  const works = day => (marks.get(day) ?? ([0, 6].includes(new Date(day).getUTCDay()) ? "off" : "work")) === "work";
  while (!works(later(days))) days++;
  return days;
}

export const REPLY = { class: "a", opening: "您的提案收悉。", results: ["adopted", "planned"], answers: ["已经开工。", "列入明年计划。"], closing: "感谢支持。", operator: "字国祥", phone: "0883-2120003", public: true };

// A step, with the version that stands.
export const act = async (api, thing, verb, body) => api("POST", `${thing}/${verb}`, { ...body, version: (await api("GET", thing)).version });

// The settings that hold today: name -> value as text.
export async function rulesOf(house) {
  return Object.fromEntries((await apiOf(house, "staff")("GET", "/settings")).items.map(one => [one.name, one.value]));
}

export async function castOf(house, host) {
  const names = staffOf(host), rules = await rulesOf(house);
  const [member, staff, reviewer, dispatcher, clerk, leader] = ["m001", "staff", "reviewer", "dispatcher", names.operator, names.leader].map(login => apiOf(house, login));
  const agencies = (await dispatcher("GET", "/orgs?limit=200")).items, idOf = name => agencies.find(one => one.name === name).id;

  // Gives the proposal and the host's part of it. text: instead of the n-th; due_on: by the dispatcher.
  const submitted = async (n, text) => {
    const { id } = await member("POST", "/proposals", { ...PROPOSAL(n), consent: "yes", ...text });
    await act(member, `/proposals/${id}`, "submit", { confirmed: true });
    return `/proposals/${id}`;
  };
  const docketed = async (n, text) => {
    const proposal = await submitted(n, text);
    await act(reviewer, proposal, "docket", { category: "transport" });
    return proposal;
  };
  const partOf = async proposal => `/assignments/${(await clerk("GET", "/assignments?limit=200")).items.find(one => `/proposals/${one.matter_id}` === proposal).id}`;
  const handOut = async (n, { text, ...more } = {}) => {
    const proposal = await docketed(n, text);
    await act(dispatcher, proposal, "assign", { mode: "sole", host_id: idOf(host), ...more });
    return { proposal, part: await partOf(proposal) };
  };
  const talk = part => act(clerk, part, "contact", { way: "visit", held_on: today(), with_whom: "提案委员", content: "一起看了现场。" });
  const signed = async part => {
    if (rules["assignments.vet_replies"] === "1") await act(leader, part, "vet", {});
    await act(leader, part, "sign", { signer: "何秋" });
    if (rules["assignments.examine_replies"] === "1") await act(dispatcher, part, "deliver", {});
  };
  const answered = async (part, more) => {
    await talk(part);
    await act(clerk, part, "reply", { ...REPLY, ...more });
    await signed(part);
  };
  const accepted = async (n, more) => {
    const made = await handOut(n, more);
    await act(clerk, made.part, "accept");
    return made;
  };
  return { names, rules, member, staff, reviewer, dispatcher, clerk, leader, idOf, submitted, docketed, handOut, partOf, accepted, talk, answered, signed };
}

const offers = async (actor, words) => await actor.page.locator("main").locator("a:visible, button:visible").filter({ hasText: words }).count() > 0;

// On pages, from the answer's: the leader's signature numbers and delivers the letter; where the place wants it, the answer is checked
// before and released by the dispatcher after.
export async function sendOut(leader, dispatcher, read) {
  const place = leader.path();
  if (await offers(leader, "核稿")) {
    await leader.press("核稿");
    await leader.press("核稿通过");
    await leader.go(place);
  }
  await leader.press("签发");
  await read?.(leader);
  await leader.press("签发", "main form");
  await dispatcher.go(place);
  if (await offers(dispatcher, "审查送达")) {
    await dispatcher.press("审查送达");
    await dispatcher.press("送达", "main form");
  }
  await leader.go(place);
}
