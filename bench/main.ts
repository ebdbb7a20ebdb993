/**
 * `npm run bench` measures moim and prints the tables. `npm run bench -- bundles` runs one part (or several). With `--write`
 * the tables go into `docs/budgets.md` too, where parts that did not run stay as they are.
 */
import { boards } from './boards.ts';
import { bundles } from './bundles.ts';
import { cpu } from './cpu.ts';
import { discovery } from './discovery.ts';
import { hostile } from './hostile.ts';
import { localCloud } from './local-cloud.ts';
import { money } from './money.ts';
import { passwords } from './passwords.ts';
import { posts } from './posts.ts';
import { reminders } from './reminders.ts';
import { type Part, print, record } from './report.ts';
import { useCases } from './use-cases.ts';
import { web } from './web.ts';

const parts: readonly Part[] = [
  ...[bundles, useCases, money, hostile, discovery, reminders],
  ...[boards, cpu, posts, localCloud, passwords, web],
];
const document = 'docs/budgets.md';

const given = process.argv.slice(2);
const write = given.includes('--write');
const asked = given.filter((word) => word !== '--write');
const unknown = asked.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`there is no part "${unknown.join(' ')}"; there are ${parts.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

for (const part of parts.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  console.log(`\n== ${part.title}`);
  const tables = await part.run((text) => console.log(`   ${seconds().toFixed(1).padStart(5)} s  ${text}`));
  for (const table of tables) print(table);
  if (write) record(document, part, tables, seconds());
}
const where = write ? `written to ${document}` : `\`npm run bench -- --write\` writes the tables into ${document}`;
console.log(`\nmeasured in ${(performance.now() / 1000).toFixed(0)} s; ${where}`);
// Keep-alive connections of the measured servers would keep the process running for minutes.
process.exit(0);
