// SPDX-License-Identifier: MulanPSL-2.0
// Clean pasting, counting and the look at files before they travel.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countWords, length } from "../js/count.js";
import { tidy } from "../js/paste.js";
import { faultOf, sizeWords } from "../js/upload.js";

test("what Word leaves behind is made ordinary", () => {
  const table = [
    ["一\r\n二\r三", "一\n二\n三"], ["一\u000b二", "一\n二"], ["a\u00a0b", "a b"], ["零\u200b宽\ufeff", "零宽"],
    ["\u3000\u3000段首缩进", "段首缩进"], ["\uf0b7 第一条\n\uf0d8  第二条", "• 第一条\n• 第二条"], ["·\t要点", "• 要点"],
    ["一\n\n\n\n二", "一\n\n二"], ["行尾  \n下一行", "行尾\n下一行"], ["\n\n正文\n", "正文"], ["1.\t编号", "1. 编号"],
  ];
  for (const [raw, clean] of table) assert.equal(tidy(raw, false), clean, JSON.stringify(raw));
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
