// SPDX-License-Identifier: MulanPSL-2.0
// The rules of keeping a draft (ui/js/draft.js): lose no more than five seconds, never overwrite silently.
import assert from "node:assert/strict";
import { test } from "node:test";
import { backoff, completed, differences, dueAt, fieldsOf, grouped, KEEP_MS, LOCAL_MS, LONGEST_MS, outcome, pairsOf, sameFields, shouldOffer, words } from "../js/draft.js";

test("a draft keeps text, not tokens, versions, passwords or files", () => {
  const entries = [["csrf", "t"], ["version", "3"], ["title", "a\r\nb"], ["password", "p"], ["file", { name: "x" }], ["s", "1"], ["s", "2"]];
  assert.deepEqual(fieldsOf(entries, ["password"]), [["title", "a\nb"], ["s", "1"], ["s", "2"]]);
  assert.deepEqual(grouped([["s", "1"], ["s", "2"]]), { s: ["1", "2"] });
});

test("the order of repeated items matters", () => {
  assert.equal(sameFields([["s", "1"], ["s", "2"]], [["s", "2"], ["s", "1"]]), false);
  assert.equal(sameFields([["s", "1"]], [["s", "1"]]), true);
});

test("no more than five seconds of typing are unsent, however long somebody types on", () => {
  assert.equal(LONGEST_MS, 5000);
  for (let typed = 0; typed <= 20000; typed += 100) assert.ok(dueAt(0, typed) <= 5000, `at ${typed}`);
  assert.ok(dueAt(0, 0) < 5000, "a pause sends sooner");
  assert.ok(LOCAL_MS <= 1000, "the copy on the device follows within a second");
});

test("after failures it waits longer, but no longer than a minute", () => {
  const waits = [1, 2, 3, 4, 5, 6, 50].map(backoff);
  for (let i = 1; i < waits.length; i++) assert.ok(waits[i] >= waits[i - 1]);
  assert.ok(Math.max(...waits) <= 60000);
  assert.equal(dueAt(0, 0, 90000), 90000);
});

test("each answer has one meaning", () => {
  const table = [[200, false, "saved"], [204, false, "saved"], [0, false, "local"], [0, true, "expired"], [401, false, "expired"], [403, false, "token"],
    [409, false, "conflict"], [412, false, "conflict"], [413, false, "refused"], [422, false, "refused"], [429, false, "local"], [503, false, "local"], [500, false, "local"]];
  for (const [status, redirected, expected] of table) assert.equal(outcome(status, redirected), expected, `${status}`);
});

test("each state has words that say what is safe", () => {
  assert.equal(words("saved", "10:32"), "已保存 10:32");
  for (const state of ["local", "expired", "refused"]) assert.match(words(state), /本机/, state);
  for (const state of ["idle", "dirty", "saving", "token", "conflict", "nowhere"]) assert.ok(words(state), state);
});

test("a copy is offered only when it says something newer and different", () => {
  const now = 1_800_000_000_000, fields = [["title", "新"]], copy = { at: now - 60000, fields };
  assert.equal(shouldOffer(copy, [["title", "旧"]], now), true);
  assert.equal(shouldOffer(copy, fields, now), false, "the same text");
  assert.equal(shouldOffer(copy, [["title", "旧"]], now, now - 1000), false, "the server has a later one");
  assert.equal(shouldOffer({ at: now - KEEP_MS - 1, fields }, [], now), false, "too old");
  for (const broken of [null, {}, { at: now }, { at: now, fields: "x" }]) assert.equal(shouldOffer(broken, [], now), false);
});

test("two versions are shown only where they differ", () => {
  const found = differences([["title", "甲"], ["s", "1"], ["s", "2"], ["same", "x"]], [["title", "乙"], ["s", "1"], ["same", "x"]]);
  assert.deepEqual(found, [{ name: "title", mine: "甲", theirs: "乙" }, { name: "s", mine: "1\n2", theirs: "1" }]);
});

test("an answer that names some fields leaves the others alone", () => {
  const mine = [["title", "甲"], ["publish", "yes"], ["s", "1"]];
  assert.deepEqual(completed([["title", "乙"], ["s", "2"], ["s", "3"]], mine), [["publish", "yes"], ["title", "乙"], ["s", "2"], ["s", "3"]]);
  assert.deepEqual(differences(mine, completed([["title", "乙"]], mine)).map(one => one.name), ["title"]);
});

test("fields of a conflict answer become pairs", () => {
  assert.deepEqual(pairsOf({ title: "a", s: ["1", "2"], n: 3 }), [["title", "a"], ["s", "1"], ["s", "2"], ["n", "3"]]);
  assert.deepEqual(pairsOf({ yes: true, no: false, day: null, none: [], empty: "" }), [["yes", "1"], ["no", ""], ["day", ""], ["none", ""], ["empty", ""]]);
  assert.equal(pairsOf(undefined), null);
  assert.equal(pairsOf("x"), null);
});
