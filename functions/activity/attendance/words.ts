/** Words of news about attendance, in each language. */
import type { Spoken } from '../../../shared/messages/news.ts';
import type { CorrectedState } from './values.ts';

/** How texts name what an attendance came to. */
export const results = {
  PRESENT: { ko: '출석', en: 'present' },
  LATE: { ko: '지각', en: 'late' },
  HOLIDAY: { ko: '휴일', en: 'holiday' },
  ABSENT: { ko: '결석', en: 'absent' },
} as const satisfies Record<CorrectedState, Spoken>;

/** Why a request was rejected that nobody has decided on. */
export const nobodyDecided: Spoken = { ko: '그날이 지나도록 답이 없었어요', en: 'nobody answered that day' };
