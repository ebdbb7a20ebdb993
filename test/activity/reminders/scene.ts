/** What the tests of reminders share: the clock of Seoul, and what people were reminded of. */
import { localDay } from '../../../shared/core/time.ts';
import type { Moim, Person } from '../../support/moim.ts';
import { at, renew, tick } from '../../support/people.ts';
import { certify } from '../../support/scene.ts';
import { itemsOf } from '../../support/table.ts';

/** A group that begins today and does not end soon. */
export const long = (moim: Moim) => ({
  startDate: localDay(moim.clock.now(), 'Asia/Seoul'),
  endDate: '2026-12-31',
});

/** An instant on the clock of Seoul, as `at` takes it: `03-02 20:00`. */
export const seoul = (text: string) => `2026-${text.replace(' ', 'T')}:00+09:00`;

/** Moves the clock of Seoul to a time, and lets the minute's run do what is due by then. */
export async function runAt(moim: Moim, text: string): Promise<void> {
  await moim.settle();
  await at(moim, seoul(text));
  await tick(moim);
  await moim.settle();
}

/** Lets a day pass with a run at each of some times. */
export async function runOn(moim: Moim, day: string, times: readonly string[] = ['06:00', '12:00', '20:00']) {
  for (const time of times) await runAt(moim, `${day} ${time}`);
}

export interface Reminder {
  readonly id: string;
  readonly type: string;
  readonly text: string;
  readonly createdAt: string;
  readonly link: object;
}

/** The reminders of somebody, oldest first. */
export async function remindersOf(moim: Moim, person: Person, language = 'en'): Promise<Reminder[]> {
  await moim.settle();
  await renew(moim, person);
  const { body } = await person.get('/v1/notifications?limit=50', { 'accept-language': language });
  return body.items.filter(({ type }: Reminder) => type.startsWith('REMIND')).toReversed();
}

/** The first lines of them: what they remind of, without what encourages. */
export const firstLines = async (moim: Moim, person: Person): Promise<string[]> =>
  (await remindersOf(moim, person)).map(({ text }) => text.split('\n')[0]!);

/** The entry of somebody among what is due: when their reminders are looked at next. */
export async function nextLook(moim: Moim, { id: subject }: Person): Promise<string[]> {
  await moim.settle();
  return (await itemsOf(moim, 'Due', { kind: 'remind', subject })).map(({ at: instant }) => instant);
}

export async function certified(moim: Moim, person: Person, here: Parameters<typeof certify>[1]): Promise<void> {
  await renew(moim, person);
  const { status, body } = await certify(person, here);
  if (status !== 201) throw new Error(`not certified: ${JSON.stringify(body)}`);
  await moim.settle();
}

/** Makes a mission by text, and gives back its id. */
export async function mission(
  moim: Moim,
  leader: Person,
  { path }: { readonly path: string },
  more: object,
): Promise<string> {
  await moim.clock.advance(1);
  await renew(moim, leader);
  const { status, body } = await leader.post(`${path}/missions`, { kind: 'ONCE', title: 'Read', way: 'TEXT', ...more });
  if (status !== 201) throw new Error(`no mission was made: ${JSON.stringify(body)}`);
  return body.id as string;
}
