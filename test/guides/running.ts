/** Runs the code of a guide as a reader does: all blocks of a language in one shell, or in one file. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Part } from './blocks.ts';

const mark = (nth: number) => `=== part ${nth} ===`;

/** What came after each mark. */
function outputs(all: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, nth) => {
    const [, after = ''] = all.split(`${mark(nth)}\n`);
    return after.split(/^=== part /m)[0]!;
  });
}

/** Less than the limit of a test: what was printed until then is told. */
const patienceMs = 250_000;

/** Starts a command; what waits for ever is ended with all that it has started. */
function started(command: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
  const child = spawn(command, args, { cwd, detached: true, env: { ...process.env, NODE_OPTIONS: '', ...env } });
  const patience = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), patienceMs);
  const came = { output: '', complaints: '' };
  const ended = new Promise<number | null>((resolve) =>
    child.on('close', (code) => {
      clearTimeout(patience);
      resolve(code);
    }),
  );
  child.stdout.on('data', (chunk) => {
    came.output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    came.complaints += chunk;
  });
  return { child, came, ended };
}

async function run(...given: Parameters<typeof started>) {
  const { came, ended } = started(...given);
  const code = await ended;
  if (code !== 0)
    throw new Error(`${given[0]} ${given[1].join(' ')} ended with ${code}\n${came.output}\n${came.complaints}`);
  return came.output;
}

/** A program that somebody talks with. */
export function begin(file: string, cwd: string, env: Readonly<Record<string, string>>) {
  const { child, came, ended } = started(process.execPath, ['--no-warnings', file], cwd, env);
  return {
    ended,
    write: (text: string) => child.stdin.write(text),
    end: () => child.stdin.end(),
    /** Waits until it has said something. */
    async says(what: RegExp): Promise<RegExpExecArray> {
      for (;;) {
        const found = what.exec(came.output + came.complaints);
        if (found) return found;
        const next = new Promise((resolve) => {
          child.stdout.once('data', resolve);
          child.stderr.once('data', resolve);
          child.once('close', () => resolve(undefined));
        });
        if (child.exitCode !== null) throw new Error(`it never said ${what}:\n${came.output}\n${came.complaints}`);
        await next;
      }
    },
  };
}

export async function runBash(parts: readonly Part[], cwd: string, env: Readonly<Record<string, string>>) {
  const script = parts.map(({ code }, nth) => `echo '${mark(nth)}'\n${code}`).join('\n');
  writeFileSync(join(cwd, 'guide.sh'), script);
  return outputs(await run('sh', ['-eu', 'guide.sh'], cwd, env), parts.length);
}

/** Imports of a later block go to the top, as a reader puts them. */
export function asModule(parts: readonly Part[]): string {
  const isImport = /^import [\s\S]*? from '[^']+';\n/gm;
  const imports = parts.flatMap(({ code }) => code.match(isImport) ?? []);
  const rest = parts.map(({ code }, nth) => `console.log('${mark(nth)}');\n${code.replace(isImport, '')}`);
  return [...new Set(imports), ...rest].join('');
}

export async function runTypeScript(
  file: string,
  parts: readonly Part[],
  cwd: string,
  env: Readonly<Record<string, string>>,
) {
  return outputs(await run(process.execPath, ['--no-warnings', file], cwd, env), parts.length);
}
