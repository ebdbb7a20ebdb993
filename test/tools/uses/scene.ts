/** What each use is given: a moim that runs, and somebody who is about to sign up in Korean. */
export interface Scene {
  readonly apiUrl: string;
  /** Proves the address, as `POST /v1/email-verifications/confirm` answers it. */
  readonly ticket: string;
  readonly password: string;
  readonly nickname: string;
  readonly title: string;
}

/** What came back, the same for every tool. */
export interface Used {
  readonly nickname: string;
  /** The title of the group when it is read again. */
  readonly title: string;
  /** The code of the problem that a title of one space has. */
  readonly refusal: string;
}

/** A challenge of a month, with Korean words in its fields. */
export const challengeOf = ({ title }: Scene) => ({
  kind: 'CHALLENGE' as const,
  title,
  description: '하루에 한 문제씩, 한 달 동안 함께 풀어요.',
  category: 'IT' as const,
  certificationRule: '푼 문제가 보이게 찍어 주세요.',
  frequency: { every: 'DAY' as const },
  capacity: 5,
  startDate: '2026-03-02',
  endDate: '2026-03-31',
});

/** A value that must be there. */
export function there<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('nothing came back');
  return value;
}
