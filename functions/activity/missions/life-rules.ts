/** Row 59: the life of a mission as a function of what is. */
import type { MissionItem } from './items.ts';
import type { MissionStatus } from './values.ts';

/** What the status of a mission follows from. */
export interface Facts {
  /** Whether its first day has come. */
  readonly begun: boolean;
  /** Whether its time is over. */
  readonly over: boolean;
  /** Whether somebody has ended it. */
  readonly ended: boolean;
  /** Whether anybody has done it. */
  readonly anyDone: boolean;
  /** Whether everybody has done or skipped it: who is there, or of one that was a success who was there then. */
  readonly allDone: boolean;
}

export function lifeOf(kind: MissionItem['kind'], { begun, over, ended, anyDone, allDone }: Facts): MissionStatus {
  if (ended) return 'END';
  if (!begun) return 'WAIT';
  if (kind === 'REPEAT') return 'ONGOING';
  if (anyDone && allDone) return 'SUCCESS';
  if (!over) return 'ONGOING';
  return anyDone ? 'END' : 'FAIL';
}

/** What counts of a member for a mission that is done once. */
export type Told = 'DONE' | 'SKIPPED';

/** How the counts of a mission move when a member counts otherwise than before. */
export function countMove(from: Told | undefined, to: Told | undefined): { done?: number; skipped?: number } {
  const by = (told: Told) => (to === told ? 1 : 0) - (from === told ? 1 : 0);
  const [done, skipped] = [by('DONE'), by('SKIPPED')];
  return { ...(done === 0 ? {} : { done }), ...(skipped === 0 ? {} : { skipped }) };
}
