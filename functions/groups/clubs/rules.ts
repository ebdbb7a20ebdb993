import type { ClubAsk, Kind } from '../core/values.ts';
import type { ClubProfileItem } from './items.ts';

type ProfileField = 'realName' | 'level' | 'homeGym';
/** A club profile, as far as a person has filled it in. */
export type GivenProfile = { readonly [F in ProfileField]?: ClubProfileItem[F] | undefined };

const fieldOf = {
  REAL_NAME: 'realName',
  LEVEL: 'level',
  HOME_GYM: 'homeGym',
} as const satisfies Record<ClubAsk, ProfileField>;

/** The fields that a club asks for and that a profile lacks (row 15). Everything else is voluntary. */
export const missingFields = (asks: readonly ClubAsk[] = [], profile: GivenProfile = {}): readonly ProfileField[] =>
  asks.map((ask) => fieldOf[ask]).filter((field) => profile[field] === undefined);

export interface ProfileError {
  /** Undefined: the profile as a whole. */
  readonly field: ProfileField | undefined;
  readonly reason: 'required' | 'onlyClubs';
}

/** Why an application cannot come with this profile: a club misses what it asks for, and other kinds have no profiles. */
export function profileErrors(
  { kind, asks }: { readonly kind: Kind; readonly asks?: readonly ClubAsk[] },
  profile: GivenProfile | undefined,
): readonly ProfileError[] {
  if (kind !== 'CLUB') return profile === undefined ? [] : [{ field: undefined, reason: 'onlyClubs' }];
  return missingFields(asks, profile).map((field) => ({ field, reason: 'required' }));
}

/** Whether a membership that has changed this way leaves a profile behind that nobody may see any more. */
export const leavesProfile = (before: string | undefined, after: string | undefined): boolean =>
  ['ACTIVE', 'PENDING'].includes(before ?? '') && !['ACTIVE', 'PENDING'].includes(after ?? '');
