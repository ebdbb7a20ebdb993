/** What fails for good waits for a person, who lists it and plays it back by one command. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { parked } from '../../bin/parked.ts';
import { useMoim } from '../support/moim.ts';
import { queueArn } from '../support/parked.ts';

// The command signs with the machine's own time.
const moim = useMoim({ now: Date.now() });
const run = (...words: string[]) => parked(words, { MOIM_ENGINES: moim.awsUrl });

/** A mail that was given up a day after it was ordered, as `parked-queue` sends it. */
const failed = (mailId: string) => ({
  consumer: 'mail.sendMail',
  event: 'INSERT',
  keys: { pk: `MAIL#${mailId}`, sk: 'MAIL' },
  sequence: '1',
  since: moim.clock.now() - 86_400_000,
  changedAt: moim.clock.now() - 86_400_000,
  tries: 104,
  error: 'AccessDenied',
});
const arn = () => queueArn(moim, 'FAILED_URL');

test('it lists what failed, as often as it is asked, and what has no way back', async () => {
  expect(await run()).toEqual({ code: 0, text: '0 failed for good, 0 are still tried' });
  moim.queues.send(arn(), failed('one'));
  moim.queues.send(arn(), { DDBStreamBatchInfo: { startSequenceNumber: '7' } });

  const [first, second] = [await run('list'), await run()];

  expect(first.text.split('\n')).toEqual([
    expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z {2}mail\.sendMail {2}INSERT {2}MAIL#one MAIL {2}AccessDenied$/),
    expect.stringContaining('a batch that the stream gave up'),
    '2 failed for good, 0 are still tried',
  ]);
  expect(second).toEqual(first);
});

test('it plays back what failed: it is tried from the beginning, and its queue is empty', async () => {
  moim.queues.send(arn(), failed('two'));

  const played = await run('replay');
  await moim.settle();

  expect(played).toEqual({ code: 0, text: '2 are tried again, 1 are no change for a consumer and stay' });
  expect(moim.queues.messages('Parked')).toEqual([]);
  expect(moim.queues.messages('FailedChanges')).toHaveLength(1);
  const tried = moim.logs.filter(({ functionId }) => functionId === 'parked-queue').map(({ line }) => JSON.parse(line));
  expect(tried.reduce((sum, { parked: count = 0 }) => sum + count, 0)).toBe(2);
});

test('it says how it is used, and what is missing where there is no moim', async () => {
  const nowhere = promisify(execFile)(process.execPath, ['bin/parked.ts'], {
    env: { ...process.env, MOIM_ENGINES: 'http://127.0.0.1:9', NODE_NO_WARNINGS: '1' },
  });

  expect(await run('everything')).toMatchObject({ code: 2, text: expect.stringContaining('usage: npm run parked') });
  expect(await run('--all')).toMatchObject({ code: 2 });
  await expect(nowhere).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('is `npm start` running?') });
});
