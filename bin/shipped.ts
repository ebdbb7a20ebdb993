/** The packages that functions may carry, by the lock file. */
import { readFileSync } from 'node:fs';

export interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly dev?: true;
  readonly devOptional?: true;
  readonly optional?: true;
  /** It came inside of another package, whose hash holds for it. */
  readonly inBundle?: true;
}

/** Every package of the lock file by its place: `node_modules/zod`. */
export function lockedIn(file = 'package-lock.json'): Readonly<Record<string, Locked>> {
  const { '': _, ...packages } = JSON.parse(readFileSync(file, 'utf8')).packages as Record<string, Locked>;
  return packages;
}

/**
 * The places of the packages that ship: those that `dependencies` reach. What is optional is Node itself, for scripts. npm
 * says `dev` of what only development reaches, so a package that both reach ships.
 */
export const shipped = (packages: Readonly<Record<string, Locked>> = lockedIn()): string[] =>
  Object.entries(packages).flatMap(([place, { dev, devOptional, optional }]) =>
    dev || devOptional || optional ? [] : [place],
  );

/** The name of the package at a place. */
export const packageAt = (place: string): string => place.replace(/^.*node_modules\//, '');
