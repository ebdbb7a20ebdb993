/** What `npm start` prints of the functions' log. */
import { readable } from '../../../local/runtime/readable.ts';

const at = '2026-03-02T03:00:00.000Z';
const line = (fields: object) => readable('identities-http', JSON.stringify({ at, ...fields }));

test('a request is one line with its cost; a refused one names its problem and its id', () => {
  const answered = { level: 'INFO', message: 'answered', requestId: 'r1', route: 'listGroups', ms: 4, requests: 1 };

  expect(line({ ...answered, status: 200 })).toBe(
    '03:00:00 identities-http          listGroups 200 (4 ms, 1 table request)',
  );
  expect(line({ ...answered, status: 404, problem: 'NOT_FOUND' })).toBe(
    '03:00:00 identities-http          listGroups 404 NOT_FOUND (4 ms, 1 table request) r1',
  );
});

test.each(['INFO', 'WARN'])(
  'a sign-in that failed tells the provider and the reason (%s), and no "undefined"',
  (level) => {
    const told = { provider: 'kakao', problem: 'PROVIDER_FAILED', reason: 'invalid_client' };

    expect(line({ level, message: 'sign-in failed', ...told })).toBe(
      '03:00:00 identities-http          PROVIDER_FAILED sign-in failed {"provider":"kakao","reason":"invalid_client"}',
    );
  },
);

test('what is no JSON, and an error, are shown whole', () => {
  expect(readable('system-http', 'START')).toBe('system-http START');
  expect(line({ level: 'ERROR', message: 'failed', error: { name: 'Oops' } })).toMatch(/ERROR failed[\s\S]*"Oops"/);
});
