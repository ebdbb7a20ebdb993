import { nicknameClaim } from '../../functions/accounts/accounts/rules.ts';
import type { Moim, Person } from './moim.ts';
import { someone } from './people.ts';
import { put } from './table.ts';

/** Of `password`, with the least that argon2 can do: to judge it takes a two-hundredth of what it takes else. */
const passwordHash = '$argon2id$v=19$m=8,t=1,p=1$BwcHBwcHBwcHBwcHBwcHBw$Z8kNF+IQCdPpBmAp9dmiIU9jbG+tkRWV/JsuzOTCCB4';

/** Somebody whose address has an account with `password`, where how they signed up is not the point. */
export async function withPassword(moim: Moim, nickname?: string): Promise<Person> {
  const person = await someone(moim, nickname);
  await put(moim, 'NicknameClaim', { nickname: nicknameClaim(person.nickname), accountId: person.id });
  await guessable(moim, person);
  return person;
}

/** Lets somebody's password be judged as cheaply, where many guesses are made. */
export const guessable = (moim: Moim, { id: accountId, email }: Person) =>
  put(moim, 'Credential', { login: email, accountId, email, passwordHash, sessionVersion: 1 });
