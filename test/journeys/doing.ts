/** The part of the journey in which a mission is added, its reminder comes, and a streak begins. */
import type { Came, Place, Tell } from './journey.ts';
import { until } from './until.ts';

// biome-ignore lint/suspicious/noExplicitAny: the journey reads answers as a client without types would
type Json = any;

interface Tools {
  call(method: string, path: string, body?: unknown, token?: string): Promise<Came>;
  step(name: string, came: Promise<Came>, status: number, holds?: (body: Json) => boolean): Promise<Json>;
  readonly tell: Tell;
  readonly pass: Place['pass'] | undefined;
  now(): number;
}

/** What a clock in Seoul shows at a time. */
const clockAt = (time: number) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Seoul', hour: '2-digit', minute: '2-digit' }).format(time);

export async function doing(
  { call, step, tell, pass, now }: Tools,
  at: string,
  leaderToken: string,
  member: { readonly id: string; readonly token: string },
): Promise<void> {
  const mission = await step(
    'the leader adds a mission: ten pages every day',
    call(
      'POST',
      `${at}/missions`,
      { kind: 'REPEAT', title: 'Ten pages', way: 'TEXT', frequency: { every: 'DAY' }, approval: 'AUTO' },
      leaderToken,
    ),
    201,
    (body) => body.status === 'ONGOING' && body.timesPerWeek === 7,
  );
  const pages = `${at}/missions/${mission.id}`;
  const soon = clockAt(now() + 2 * 60_000);
  await step(
    'the member wants to be reminded of it two minutes from now',
    call('PUT', `${pages}/reminder`, { times: [soon], sentence: 'On the train' }, member.token),
    200,
    (body) => body.times[0] === soon && body.sentence === 'On the train',
  );
  if (pass) {
    await pass(125);
    const { body } = await until(
      () => call('GET', '/v1/notifications', undefined, member.token),
      (came) => came.body.items[0]?.type === 'REMIND_DAILY',
    );
    const { type, text } = body.items[0] ?? {};
    tell('two minutes later the reminder is there', type === 'REMIND_DAILY' && /On the train/.test(text), text);
  }
  const read = until(
    () => call('POST', `${pages}/certifications`, { text: 'Chapter 4' }, member.token),
    ({ status }) => status !== 429,
  );
  await step('the member certifies it; it is approved by itself', read, 201, (body) => body.status === 'APPROVED');
  const progress = await until(
    () => call('GET', `${at}/progress/${member.id}`, undefined, member.token),
    ({ body }) => body.streaks.every(({ current }: Json) => current === 1),
  );
  tell(
    'both missions have a streak of one day, and all that was due is done',
    progress.body.streaks.length === 2 && progress.body.rate === 1,
    JSON.stringify({ streaks: progress.body.streaks.map(({ title, current }: Json) => `${title}: ${current}`) }),
  );
}
