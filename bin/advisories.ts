/**
 * `npm run advisories`: asks the registry for known weaknesses of every package. It fails for a severe one of a package that
 * ships, and only tells of the others. Without a registry that answers it says so, and ends well: CI also runs offline.
 */
import { spawnSync } from 'node:child_process';
import { shipped } from './shipped.ts';

interface Advice {
  readonly name: string;
  readonly severity: 'info' | 'low' | 'moderate' | 'high' | 'critical';
  /** The places of the package: `node_modules/zod`. */
  readonly nodes: readonly string[];
}

/** What `npm audit --json` prints: the weaknesses, or why there is no answer. */
export interface Report {
  readonly vulnerabilities?: Readonly<Record<string, Advice>>;
  readonly message?: string;
}

/** Days within which CONTRIBUTING asks for an update, of what ships and of what does not. */
export const days: Readonly<Record<Advice['severity'], readonly [ships: number, stays: number]>> = {
  critical: [7, 30],
  high: [7, 30],
  moderate: [30, 90],
  low: [90, 90],
  info: [90, 90],
};

/** What to print, and the exit code. */
export function judged({ vulnerabilities, message }: Report, ships: readonly string[]) {
  if (!vulnerabilities)
    return { code: 0, lines: [`nobody looked for known weaknesses: ${message ?? 'npm gave no answer'}`] };
  const found = Object.values(vulnerabilities).map(({ name, severity, nodes }) => {
    const isShipped = nodes.some((place) => ships.includes(place));
    return { name, severity, isShipped, within: days[severity][isShipped ? 0 : 1] };
  });
  const lines = found
    .toSorted((a, b) => a.within - b.within || (a.name < b.name ? -1 : 1))
    .map(
      ({ name, severity, isShipped, within }) =>
        `${severity}: ${name}, which ${isShipped ? 'ships' : 'does not ship'}: update within ${within} days`,
    );
  const isSevere = found.some(({ within }) => within <= 7);
  return { code: isSevere ? 1 : 0, lines: lines.length > 0 ? lines : ['no package has a known weakness'] };
}

/** Asks once, for 20 s at most. */
function asked(): Report {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000'], {
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  try {
    return JSON.parse(stdout ?? '');
  } catch {
    return {};
  }
}

if (import.meta.main) {
  const { code, lines } = judged(asked(), shipped());
  for (const line of lines) console.log(line);
  process.exitCode = code;
}
