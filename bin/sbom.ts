/**
 * `npm run --silent sbom > sbom.json`: the packages that ship, as CycloneDX, for a release.
 *
 * npm makes the list. It is asked for everything, because with `--omit dev` it also leaves out what development and
 * functions both reach: 24 packages that ship, the core of the AWS SDK among them (npm 11.19).
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { lockedIn, packageAt, shipped } from './shipped.ts';

interface Bom {
  readonly metadata: { readonly component: object };
  readonly components: readonly { readonly 'bom-ref': string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** The parts of a bill that ship, with what they depend on. */
export function shippedPart(bom: Bom, shippedRefs: ReadonlySet<string>, name: string): Bom {
  const ships = (ref: string) => shippedRefs.has(ref);
  const [root] = bom.dependencies;
  return {
    ...bom,
    metadata: { ...bom.metadata, component: { ...bom.metadata.component, name } },
    components: bom.components.filter((each) => ships(each['bom-ref'])),
    dependencies: bom.dependencies
      .filter(({ ref }) => ref === root?.ref || ships(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(ships) })),
  };
}

/** npm names a package by its name and version; a second copy of the same has its place behind it. */
export function bill(): Bom {
  const made = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  const locked = lockedIn();
  const refs = new Set(shipped(locked).map((place) => `${packageAt(place)}@${locked[place]!.version}`));
  return shippedPart(JSON.parse(made), refs, JSON.parse(readFileSync('package.json', 'utf8')).name);
}

if (import.meta.main) console.log(JSON.stringify(bill(), undefined, 2));
