import fc from 'fast-check';
import { hasBody } from '../../shared/core/contract.ts';
import { useMoim } from '../support/moim.ts';
import { bodies, queries, written } from './arbitrary.ts';
import { bearer, json, type Sent } from './client.ts';
import { each, inputSchema, isGuarded, pathOf, type Subject, subjects } from './samples.ts';
import { type World, worldOf } from './world.ts';

/** Requests of a run over all routes; MOIM_FUZZ asks for more, MOIM_SEED repeats a run. */
const wanted = Number(process.env.MOIM_FUZZ ?? 800);
const seed = Number(process.env.MOIM_SEED ?? Date.now() % 2 ** 31);
const runs = Math.ceil(wanted / subjects.length);
const atOnce = 8;

const moim = useMoim({ lists: true });
let world: World;
beforeAll(async () => {
  world = await worldOf(moim);
});

function requests(subject: Subject): fc.Arbitrary<Omit<Sent, 'path'> & { query: string }> {
  const { route } = subject;
  const body = written(hasBody(route) ? bodies(inputSchema(route.body)) : fc.oneof(fc.constant({}), fc.jsonValue()));
  const known = Object.keys((inputSchema(route.query).properties as object) ?? {});
  return fc.record({
    method: fc.constant(route.method),
    query: known.length > 0 ? queries(known) : fc.oneof({ weight: 9, arbitrary: fc.constant('') }, queries([])),
    ...(route.method === 'GET' ? {} : { body }),
    headers: fc.record(
      {
        'idempotency-key': fc.oneof(
          fc.uuid(),
          fc.string({ unit: 'binary-ascii' }).map((text) => text.replace(/[^\x20-\x7e]/g, '')),
        ),
        'if-match': fc.string().map((text) => text.replace(/[^\x20-\x7e]/g, '')),
        'if-none-match': fc.oneof(fc.constantFrom('*', '"a", W/"b"'), fc.string({ unit: 'grapheme-ascii' })),
        'accept-encoding': fc.oneof(fc.constantFrom('gzip', 'gzip;q=0.5, *'), fc.string({ unit: 'grapheme-ascii' })),
      },
      { requiredKeys: [] },
    ),
  });
}

/** What the route's schema says to the text of a body: whether it may be carried out. */
function accepted({ route }: Subject, text: string | undefined): boolean {
  if (!text) return route.body.safeParse({}).success;
  try {
    return route.body.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

let sent = 0;
const met = new Map<number, number>();

test.each(each())(
  '%s takes nothing that its contract refuses, and never fails',
  async (_, subject) => {
    // Who ends a session needs another for the next run.
    const token =
      subject.route.method === 'DELETE'
        ? (await moim.signIn(world.member.email)).tokens.accessToken
        : world.member.tokens.accessToken;
    const path = pathOf(subject, world.ids);

    await fc.assert(
      fc.asyncProperty(fc.array(requests(subject), { minLength: atOnce, maxLength: atOnce }), async (made) => {
        const answers = await Promise.all(
          made.map(({ query, headers, ...rest }) =>
            world.send({
              ...rest,
              path: query ? `${path}?${query}` : path,
              headers: { ...json, ...(isGuarded(subject) ? bearer(token) : {}), ...headers },
            }),
          ),
        );
        sent += made.length;
        for (const { status } of answers) met.set(status, (met.get(status) ?? 0) + 1);
        const wrong = answers.flatMap(({ status, body }, i) => {
          const { body: text } = made[i]! as { body?: string };
          if (status >= 500) return `${status} ${JSON.stringify(body)}`;
          if (status < 300 && subject.route.method !== 'GET' && !accepted(subject, text))
            return `took what is refused: ${text}`;
          return status >= 400 && !body.code ? `no problem: ${status} ${JSON.stringify(body)}` : [];
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: Math.ceil(runs / atOnce), seed },
    );
  },
  600_000,
);

test('there were as many requests as wanted, and both kinds of answers', async () => {
  await moim.settle();
  const failures = moim.logs.filter(({ line }) => line.includes('"level":"ERROR"'));

  expect(failures).toEqual([]);
  expect(sent).toBeGreaterThanOrEqual(wanted);
  expect([...met.keys()].filter((status) => status < 300)).not.toEqual([]);
  expect([...met.keys()].filter((status) => status >= 400)).not.toEqual([]);
  if (process.env.MOIM_LOG) process.stderr.write(`${sent} requests: ${JSON.stringify([...met])}\n`);
});
