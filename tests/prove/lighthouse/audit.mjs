// SPDX-License-Identifier: MulanPSL-2.0
// Lighthouse as a phone on slow 4G with a processor four times slower (its own defaults) on each page that standard input names:
// [{ name, url, cookie }]. A line of JSON for each: of RUNS looks the one of the median performance.
import { readFileSync } from "node:fs";
import lighthouse from "lighthouse";
import { launch } from "puppeteer-core";
import { CHROMIUM } from "../../journeys/lib/chromium.mjs";

const RUNS = 3;
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const failed = lhr => CATEGORIES.flatMap(category => lhr.categories[category].auditRefs)
    .filter(ref => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 1 && !ref.acronym)
    .map(ref => ref.id);

// A browser that has never been here, but for who is signed in.
async function look(browser, page) {
    const context = await browser.createBrowserContext();
    const tab = await context.newPage();
    for (const pair of page.cookie ? page.cookie.split("; ") : []) {
        const [name, value] = pair.split(/=(.*)/s);
        await tab.setCookie({ name, value, url: page.url });
    }
    const { lhr } = await lighthouse(page.url, { output: "json", logLevel: "silent", onlyCategories: CATEGORIES, disableStorageReset: true }, undefined, tab);
    await context.close();
    if (lhr.runtimeError) throw new Error(`${page.name}: ${lhr.runtimeError.message}`);
    return {
        name: page.name, at: new URL(lhr.finalDisplayedUrl).pathname, failed: failed(lhr),
        scores: CATEGORIES.map(category => Math.round(100 * lhr.categories[category].score)),
        lcp: lhr.audits["largest-contentful-paint"].numericValue, cls: lhr.audits["cumulative-layout-shift"].numericValue,
        tbt: lhr.audits["total-blocking-time"].numericValue, bytes: lhr.audits["total-byte-weight"].numericValue,
    };
}

const browser = await launch({ executablePath: CHROMIUM, headless: "shell", args: ["--no-sandbox", "--disable-gpu"] });
try {
    for (const page of JSON.parse(readFileSync(0, "utf8"))) {
        const looks = [];
        for (let run = 0; run < RUNS; run++) looks.push(await look(browser, page));
        looks.sort((a, b) => a.scores[0] - b.scores[0]);
        console.log(JSON.stringify(looks[RUNS >> 1]));
    }
} finally {
    await browser.close();
}
