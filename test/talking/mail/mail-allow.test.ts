import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { mailAllow } from '../../../bin/mail-allow.ts';
import { run } from '../../../bin/table.ts';
import { useMoim } from '../../support/moim.ts';
import { itemsOf } from '../../support/table.ts';

// The command signs with the machine's own time.
const moim = useMoim({ now: Date.now() });

const ordered = new Set<string>();
const order = async (email: string) => {
  // Between two mails to an address pass 60 seconds.
  if (ordered.has(email)) await moim.clock.advance(60_000);
  ordered.add(email);
  await moim.guest.post('/v1/login-id-reminders', { email });
  await moim.settle();
};
const box = (to: string) => moim.mail.list({ to });
const allow = (...words: string[]) => run(mailAllow, words, { MOIM_ENGINES: moim.awsUrl });

test('an operator lifts the stop: the next mail comes, the one that was dropped does not', async () => {
  const [email, other] = ['gone@example.com', 'other@example.com'];
  for (const each of [email, other]) {
    await order(each);
    moim.mail.report(box(each)[0]!, 'bounce');
    await moim.settle();
  }
  await order(email);

  const lifted = await allow('Gone@Example.com');
  await order(email);
  await order(other);

  expect(lifted).toEqual({ code: 0, text: expect.stringMatching(/^gone@example\.com takes mail again; .*bounced$/) });
  expect([box(email).length, box(other).length]).toEqual([2, 1]);
  const marked = await itemsOf(moim, 'Suppression');
  expect(marked.filter(({ reason }) => reason === 'BOUNCE')).toMatchObject([{ email: other }]);
  expect(await allow(email)).toMatchObject({ text: `${email} takes mail: nothing to do` });
});

test('it says when there is nothing to lift, and how it is used', async () => {
  expect(await allow('new@example.com')).toEqual({ code: 0, text: 'new@example.com takes mail: nothing to do' });
  expect(await allow()).toMatchObject({ code: 2, text: expect.stringContaining('usage: npm run mail:allow') });
  expect(await allow('a@example.com', '--everybody')).toMatchObject({ code: 2 });
  expect(await allow('a@example.com', 'b@example.com')).toMatchObject({ code: 2 });
});

test('it says what is missing where there is no moim, and ends so that a script sees it', async () => {
  const nowhere = promisify(execFile)(process.execPath, ['bin/mail-allow.ts', 'a@example.com'], {
    env: { ...process.env, MOIM_ENGINES: 'http://127.0.0.1:9', NODE_NO_WARNINGS: '1' },
  });

  await expect(nowhere).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('is `npm start` running?') });
});
