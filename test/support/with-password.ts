import { nicknameClaim } from '../../functions/accounts/accounts/rules.ts';
import type { Moim, Person } from './moim.ts';
import { someone } from './people.ts';
import { put } from './table.ts';

/** The hash of `password` with argon2's lowest cost: verifying it takes a two-hundredth of the usual time. */
const passwordHash = '$argon2id$v=19$m=8,t=1,p=1$BwcHBwcHBwcHBwcHBwcHBw$Z8kNF+IQCdPpBmAp9dmiIU9jbG+tkRWV/JsuzOTCCB4';

/** A person with an account and the password `password`, for tests in which the sign-up itself does not matter. */
export async function withPassword(moim: Moim, nickname?: string): Promise<Person> {
  const person = await someone(moim, nickname);
  await put(moim, 'NicknameClaim', { nickname: nicknameClaim(person.nickname), accountId: person.id });
  await guessable(moim, person);
  return person;
}

/** Gives a person a password hash that is as cheap to verify, for tests with many guesses. */
export const guessable = (moim: Moim, { id: accountId, email }: Person) =>
  put(moim, 'Credential', { login: email, accountId, email, passwordHash, sessionVersion: 1 });
