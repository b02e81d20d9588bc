// SPDX-License-Identifier: MulanPSL-2.0
// Clean pasting, counting and the look at files before they travel.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { countWords, length } from "../js/count.js";
import { tidy } from "../js/paste.js";
import { faultOf, sizeWords } from "../js/upload.js";

// The same fixtures as the server's (platform/text/tests/tidy_test.c); "page": where the page leaves something to the server.
const fixtures = JSON.parse(readFileSync(new URL("../../platform/text/tests/tidy_fixtures.json", import.meta.url), "utf8"));

test("what Word leaves behind is made ordinary, as on the server", () => {
  for (const { what, raw, clean, page } of fixtures) assert.equal(tidy(raw, false), page ?? clean, what);
});

test("words themselves stay as they are", () => {
  for (const text of ["“引号”——破折号……", "〔2026〕58号", "𠮷田 é ñ 100%", "<b>不是标签</b> & 'x'", "间隔 10 分钟，末班 21:30"]) assert.equal(tidy(text, false), text);
});

test("a line stays one line", () => {
  assert.equal(tidy("关于增设\n公交线路\n的提案", true), "关于增设 公交线路 的提案");
});

test("characters are counted as the server counts them", () => {
  assert.equal(length("提案"), 2);
  assert.equal(length("𠮷"), 1, "outside the first plane");
  assert.equal(length("a\r\nb"), 3, "a line break is one");
  assert.equal(countWords(9, 40), "已写 9 字，最多 40 字");
  assert.match(countWords(43, 40), /超出 3 字/);
});

test("files are judged by size and kind, with words that help", () => {
  const rules = { maxMb: 20, accept: ".jpg, .PDF" };
  assert.equal(faultOf({ name: "照片.JPG", size: 5 }, rules), "");
  assert.equal(faultOf({ name: "a.pdf", size: 20 * 1048576 }, rules), "");
  assert.match(faultOf({ name: "a.pdf", size: 20 * 1048576 + 1 }, rules), /20 MB/);
  assert.match(faultOf({ name: "a.exe", size: 5 }, rules), /\.jpg、\.pdf/);
  assert.match(faultOf({ name: "a.pdf", size: 0 }, rules), /空/);
  assert.equal(faultOf({ name: "a.exe", size: 5 }, {}), "");
  assert.equal(sizeWords(1), "1 KB");
  assert.equal(sizeWords(1.8 * 1048576), "1.8 MB");
});
