// SPDX-License-Identifier: MulanPSL-2.0
// Writes seed/calendar/cn.txt from the npm package chinese-days (MIT), which follows the State Council's holiday notices.
// Usage, once a year after the notice (November): node tools/calendar/update.mjs [VERSION]. Not part of a build.
// Next: the loader, platform/calendar/calendar.c; an operator can also import a newer list without a new binary.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FIRST = 2018;
const TARGET = new URL('../../seed/calendar/cn.txt', import.meta.url);
// The package shortens some names; these are the ones of the Regulation on Public Holidays, article 2.
const NAMES = { 清明: '清明节', 端午: '端午节', 中秋: '中秋节' };

function lines(year) {
    const mark = (days, word) => Object.entries(days).map(([day, text]) => {
        const name = text.split(',')[1];
        return `${day} ${word} ${NAMES[name] ?? name}`;
    });
    return [...mark(year.holidays, 'off'), ...mark(year.workdays, 'work')].sort();
}

const dir = mkdtempSync(join(tmpdir(), 'huotang-calendar-'));
try {
    const version = process.argv[2] ?? 'latest';
    execFileSync('npm', ['pack', '--silent', `chinese-days@${version}`], { cwd: dir });
    execFileSync('tar', ['xzf', readdirSync(dir).find((name) => name.endsWith('.tgz'))], { cwd: dir });
    const pack = JSON.parse(readFileSync(join(dir, 'package/package.json'), 'utf8'));
    if (pack.license !== 'MIT') throw new Error(`licence is now ${pack.license}: decide anew`);
    const years = readdirSync(join(dir, 'package/dist/years'))
        .filter((name) => /^\d{4}\.json$/.test(name) && Number(name.slice(0, 4)) >= FIRST)
        .sort();
    const out = [
        '# Holidays and make-up working days of China, from the State Council General Office\'s yearly notices.',
        `# Source: npm package chinese-days ${pack.version}, copyright Yaavi, MIT License.`,
        '# Made by tools/calendar/update.mjs; Saturdays and Sundays are off and other days on unless listed.',
    ];
    for (const name of years) {
        out.push('', `# ${name.slice(0, 4)}`);
        out.push(...lines(JSON.parse(readFileSync(join(dir, 'package/dist/years', name), 'utf8'))));
    }
    writeFileSync(TARGET, out.join('\n') + '\n');
    console.log(`seed/calendar/cn.txt: chinese-days ${pack.version}, ${years.length} years`);
} finally {
    rmSync(dir, { recursive: true });
}
