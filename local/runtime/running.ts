/** What a moim that runs leaves in its data folder: a claim, so that no second one starts there, and where it answers. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { closeServer, listenOn } from '../gateways/server.ts';

/** Where the parts of a moim answer, as `npm start` prints it. */
export interface Addresses {
  readonly api: string;
  readonly socket: string;
  readonly console: string;
  readonly engines: string;
}

const fileIn = (folder: string) => join(folder, 'running.json');

/** Where the moim of a data folder answers, or did when it was killed; undefined if none ran or the last one has ended. */
export function addressesIn(folder: string): Addresses | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(folder), 'utf8')) as Addresses;
  } catch {
    return undefined;
  }
}

export interface Claim {
  /** Tells the scripts of this machine where moim answers. */
  tell(addresses: Addresses): void;
  release(): void;
}

/**
 * Claims a data folder for this process. The claim is a lock of SQLite, which the operating system drops with the process,
 * however that ends.
 *
 * @throws Error in plain words if another process has claimed it
 */
export function claim(folder: string): Claim {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, 'claim.sqlite'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    const where = addressesIn(folder)?.api ?? 'another port';
    throw new Error(
      `a moim at ${where} uses the folder ${folder}: end it, or set PORT and MOIM_DATA for a second one`,
      {
        cause: error,
      },
    );
  }
  return {
    tell: (addresses) => writeFileSync(fileIn(folder), `${JSON.stringify(addresses, undefined, 2)}\n`),
    release() {
      rmSync(fileIn(folder), { force: true });
      lock.close();
    },
  };
}

/**
 * Goes up when items of before mean nothing to the functions of now. Nobody has deployed moim yet, so nothing brings old items
 * up to date. 2: what authorises stands beside the account (ADR 22).
 */
const itemsVersion = '2';

/**
 * Refuses a data folder whose items an older moim has written, and marks a new one.
 *
 * @throws Error in plain words
 */
export function demandOwnItems(folder: string): void {
  const file = join(folder, 'items-version');
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (found === itemsVersion) return;
  if (existsSync(join(folder, 'table.sqlite')))
    throw new Error(
      `the data in ${folder}/ is of another version of moim (${found ?? '1'}, this one is ${itemsVersion}), and nothing converts it: delete the folder to begin anew, or set MOIM_DATA to another one`,
    );
  writeFileSync(file, `${itemsVersion}\n`);
}

/**
 * Looks whether five ports in a row are free.
 *
 * @throws Error in plain words if one is taken
 */
export async function demandPorts(first: number): Promise<void> {
  const servers = [0, 1, 2, 3, 4].map(() => createServer());
  try {
    for (const [i, server] of servers.entries()) await listenOn(server, first + i);
  } finally {
    await Promise.all(servers.map(closeServer));
  }
}
