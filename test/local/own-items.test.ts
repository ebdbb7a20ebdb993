import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demandOwnItems } from '../../local/runtime/running.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'moim-items-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a new data folder is marked, and opened again', () => {
  demandOwnItems(folder);
  writeFileSync(join(folder, 'table.sqlite'), '');

  expect(() => demandOwnItems(folder)).not.toThrow();
});

test.each([
  ['before folders were marked', undefined],
  ['of another version', '1\n'],
])('a data folder %s is refused with what to do, and not touched', (_, mark) => {
  const file = join(folder, 'items-version');
  writeFileSync(join(folder, 'table.sqlite'), 'items');
  if (mark !== undefined) writeFileSync(file, mark);

  expect(() => demandOwnItems(folder)).toThrow(
    /is of another version of moim \(1, this one is \d+\).*delete the folder/,
  );
  expect(readFileSync(join(folder, 'table.sqlite'), 'utf8')).toBe('items');
});
