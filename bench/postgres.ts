/** A PostgreSQL server of its own for a comparison, if one is installed: without a network, in a folder that goes with it. */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface Postgres {
  readonly version: string;
  /** Runs statements in one session, and gives the processor time of the server for it, in milliseconds. */
  run(sql: string): Promise<number>;
  close(): Promise<void>;
}

/** Debian keeps the server's programs beside each other, outside the path. */
const folders = ['/usr/lib/postgresql', '/usr/local/pgsql'];
const binaries = folders
  .flatMap((folder) => (existsSync(folder) ? readdirSync(folder).map((version) => join(folder, version, 'bin')) : []))
  .filter((bin) => existsSync(join(bin, 'initdb')));

/** The account of the server: it refuses to run as root. */
function accountOf(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/** Ticks of the clock, a hundredth of a second each, that a process and its ended children have taken. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0);
}

/** Undefined where no server is installed. */
export async function startPostgres(): Promise<Postgres | undefined> {
  const bin = binaries[0];
  if (bin === undefined) return undefined;
  const account = accountOf();
  const folder = mkdtempSync(join(tmpdir(), 'moim-postgres-'));
  if (account) chownSync(folder, account.uid, account.gid);
  const data = join(folder, 'data');
  const options = { ...account, cwd: folder, stdio: 'ignore' } as const;
  execFileSync(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync'], options);
  const settings = ['fsync=off', 'listen_addresses=', 'shared_buffers=1GB', 'work_mem=256MB'];
  const more = ['max_parallel_workers_per_gather=0', 'autovacuum=off'];
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', folder, ...[...settings, ...more].flatMap((each) => ['-c', each])],
    options,
  );
  const psql = (sql: string) =>
    execFileSync(join(bin, 'psql'), ['-qAt', '-v', 'ON_ERROR_STOP=1', '-h', folder, '-U', 'postgres', '-c', sql], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  for (let tries = 0; ; tries++)
    try {
      psql('select 1');
      break;
    } catch (error) {
      if (tries === 100) throw error;
      await pause(100);
    }
  return {
    version: psql('show server_version'),
    async run(sql) {
      const before = ticksOf(server.pid!);
      psql(sql);
      // The server counts a session when it has ended, a moment after the client.
      await pause(500);
      return (ticksOf(server.pid!) - before) * 10;
    },
    async close() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
