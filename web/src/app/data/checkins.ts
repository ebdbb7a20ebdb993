/** The codes of a meeting, for the screen that shows them. */
import type { Question } from '../cache.ts';
import { api } from '../session.ts';
import type { Answer } from './answers.ts';

export type Codes = Answer<'checkins', 'showCodes'>;
export type CheckedIn = Answer<'checkins', 'checkIn'>;

/** What is shown, with how far the clock of the device is off. */
export interface ShownCodes extends Codes {
  /** Milliseconds that the clock of moim is ahead. */
  readonly ahead: number;
}

/** The codes of the next minutes: they open something, so no device keeps them. */
export const checkInCodes = (groupId: string): Question<ShownCodes> => ({
  key: ['group', groupId, 'check-in-codes'],
  kept: false,
  async ask() {
    const shown = await api.checkins.showCodes({ params: { groupId } });
    return { ...shown, ahead: Date.parse(shown.now) - Date.now() };
  },
});

/** Milliseconds of codes below which further ones are asked for. */
const enough = 120_000;

/**
 * What a screen shows at a moment of moim's clock, and when it has to ask again.
 *
 * @param now milliseconds since 1970, by moim's clock
 */
export function codeAt({ codes, meeting }: Codes, now: number) {
  const at = codes.findIndex(({ until }) => Date.parse(until) > now);
  const last = codes.at(-1);
  const opensAt = meeting ? Date.parse(meeting.opensAt) : undefined;
  const closesAt = meeting ? Date.parse(meeting.closesAt) : undefined;
  const state =
    opensAt === undefined || closesAt === undefined
      ? ('NONE' as const)
      : now < opensAt
        ? ('EARLY' as const)
        : now >= closesAt
          ? ('OVER' as const)
          : ('OPEN' as const);
  const covered = last ? Date.parse(last.until) : 0;
  return {
    state,
    code: state === 'OPEN' ? codes[at]?.code : undefined,
    until: at < 0 ? undefined : Date.parse(codes[at]!.until),
    /** The meeting goes on after the codes that are known. */
    asks: state === 'OPEN' && covered < closesAt! && covered - now < enough,
  };
}
