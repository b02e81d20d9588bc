#!/usr/bin/env python3
# SPDX-License-Identifier: MulanPSL-2.0
"""Makes seed/text/strokes.txt anew: all Chinese characters in the order of their strokes.
usage: tools/strokes.py UNIHAN CNCHAR > seed/text/strokes.txt
UNIHAN: folder with Unihan_IRGSources.txt.bz2 (Debian package unicode-data, /usr/share/unicode).
CNCHAR: cnchar.order.min.js of the npm package cnchar-order, 3.2.6 (MIT).
Why these, and what the order is worth: docs/decisions/2026-11-28-strokes.md."""
import bz2
import re
import sys

# The five kinds of strokes in their order (GF 3003-1999): level and rising 1, upright and upright with a hook 2, falling left 3, dot and
# falling right 4, everything that turns 5.
KINDS = {"j": 1, "i": 1, "f": 2, "g": 2, "s": 3, "k": 4, "d": 4, "l": 4}
TURN = 5
# Within a kind the plain form comes before its variant; of what turns, fewer turns come first.
VARIANTS = {"i": 1, "g": 1, "l": 1, "e": 1, "t": 1, "y": 1, "o": 2, "p": 2, "r": 2, "u": 2, "v": 2, "x": 2, "a": 3, "q": 3, "z": 3, "w": 4}
# Surnames of two characters; all others are one character long.
SURNAMES = """欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙
慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 亓官 司寇 巫马 公西 颛孙 壤驷 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延
东郭 南门 羊舌 梁丘 左丘 西门 第五 纳兰 完颜 相里 哥舒 达奚 歐陽 司馬 諸葛 東方 長孫 鮮于 尉遲 鍾離 濮陽 赫連 獨孤 南宮""".split()
LINE = 60


def read_totals(folder):
    """Strokes (the first value is the mainland's), radical with its variant mark, strokes beside the radical."""
    totals, radicals = {}, {}
    with bz2.open(f"{folder}/Unihan_IRGSources.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) != 3:
                continue
            code = int(parts[0][2:], 16)
            if parts[1] == "kTotalStrokes":
                totals[code] = int(parts[2].split()[0])
            elif parts[1] == "kRSUnicode":
                radical, rest = parts[2].split()[0].split(".")
                radicals[code] = (int(radical.rstrip("'")), radical.count("'"), int(rest))
    return totals, radicals


def read_orders(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    # of the component forms in private use and of radicals nobody's name is made
    return {ord(c): letters for c, letters in re.findall(r'"?([㐀-鿿])"?:"([a-z]+)"', text)}


def place(code, totals, radicals, orders):
    order = orders.get(code)
    if order:
        kinds = [KINDS.get(c, TURN) for c in order]
        return (len(order), 0, kinds, [VARIANTS.get(c, 0) for c in order], radicals.get(code, ()), code)
    return (totals[code], 1, [], [], radicals.get(code, ()), code)


def main():
    totals, radicals = read_totals(sys.argv[1])
    orders = read_orders(sys.argv[2])
    places = {code: place(code, totals, radicals, orders) for code in totals}
    print("# Chinese characters by strokes: count, then kinds of the strokes (level, upright, left, dot, turn) where they are known, else radical.")
    print("# A line: the count and characters in order. = a surname of two characters. Made by tools/strokes.py, which says from what.")
    line, last = "", 0
    for code in sorted(places, key=places.get):
        count = places[code][0]
        if count != last or len(line) == LINE:
            if line:
                print(last, line)
            line, last = "", count
        line += chr(code)
    print(last, line)
    for surname in SURNAMES:
        print("=", surname)


if __name__ == "__main__":
    main()
