/**
 * The code that is on its way to an address, and what it was good for once it is right. Both outlive a reload in this tab: a phone drops
 * the page while its owner reads the mail, and another code could be asked for only a minute later.
 */
import type { Answer } from './data/answers.ts';

type Purpose = 'REGISTER' | 'PASSWORD';
export interface SentCode extends Answer<'accounts', 'requestEmailCode'> {
  readonly email: string;
  /** What shows that the address is the person's own, from when the code was right. */
  readonly confirmed?: Pick<Answer<'accounts', 'confirmEmailCode'>, 'ticket' | 'expiresAt'>;
}

const nameOf = (purpose: Purpose) => `sent-code:${purpose}`;

export const keepSentCode = (purpose: Purpose, sent: SentCode): void =>
  sessionStorage.setItem(nameOf(purpose), JSON.stringify(sent));

/** Once the person is in, or goes back to the address. */
export const forgetSentCode = (purpose: Purpose): void => sessionStorage.removeItem(nameOf(purpose));

/** The code that was sent last, as long as it or its ticket is good. */
export function sentCode(purpose: Purpose): SentCode | undefined {
  const kept = sessionStorage.getItem(nameOf(purpose));
  if (!kept) return undefined;
  const sent = JSON.parse(kept) as SentCode;
  return Date.parse((sent.confirmed ?? sent).expiresAt) > Date.now() ? sent : undefined;
}
