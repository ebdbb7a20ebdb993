import type { Got, Sent } from './client.ts';
import { changesBetween, itemsOf } from './table.ts';
import type { World } from './world.ts';

export interface Attempt extends Sent {
  /** The fault of the request. */
  readonly why: string;
}
/** `'422 INVALID_REQUEST'`; a gateway's answer has no code. */
export const verdict = ({ status, body }: Got) => `${status} ${(status >= 400 && body?.code) || ''}`.trim();

/**
 * Makes all attempts, sees each refused as `expected` says, in a problem's form, and the table left as it was: no
 * request is half done.
 */
export async function refused(world: World, attempts: readonly Attempt[], expected: string): Promise<Got[]> {
  await world.moim.settle();
  const before = await itemsOf(world.moim);
  const answers = await Promise.all(attempts.map(({ why: _, ...sent }) => world.send(sent)));
  await world.moim.settle();
  // A refusal may be counted (`Quota`, `ChatPace`). That is no half-done work.
  const changes = changesBetween(before, await itemsOf(world.moim)).filter(
    (change) => !/ (Quota|ChatPace)$/.test(change),
  );

  expect(attempts.length).toBeGreaterThan(0);
  expect(answers.map((got, i) => `${attempts[i]!.why}: ${verdict(got)}`)).toEqual(
    attempts.map(({ why }) => `${why}: ${expected}`),
  );
  expect(changes).toEqual([]);
  for (const { status, headers, body } of answers)
    if (body.code) {
      expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(body).toMatchObject({ type: `urn:moim:problem:${body.code}`, status });
      expect(headers.get('x-request-id')).toBe(body.requestId);
    }
  return answers;
}
