/** What people type into the fields of accounts: addresses and codes with what came along, and names. */
import { password, useMoim } from '../../support/moim.ts';
import { someone } from '../../support/people.ts';
import { outcome } from '../../support/replies.ts';

const moim = useMoim();
const purpose = 'REGISTER';

test('#2, #3: an address with what keyboards add to it is the address, and a code is read however it is grouped', async () => {
  await moim.guest.post('/v1/email-verifications', { email: 'Ari＠Example．com ', purpose });
  const code = await moim.codeFor('ari@example.com');
  const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
  const confirmed = await moim.guest.post('/v1/email-verifications/confirm', {
    email: '\u00a0ari@example.com',
    purpose,
    code: `${wide.slice(0, 3)} -${wide.slice(3)}\n`,
  });
  const { ticket } = confirmed.body;
  const signedUp = await moim.guest.post('/v1/accounts', { ticket, password, nickname: '아리', loginId: ' Ari_1 ' });

  const answers = [
    await moim.guest.post('/v1/sessions', { email: '\u202aari@example.com\u202c ', password }),
    await moim.guest.post('/v1/sessions', { loginId: 'ARI_1\u00a0', password }),
    await moim.guest.post('/v1/login-id-reminders', { email: 'ari@example.com\u200b' }),
  ];

  expect(signedUp.body).toMatchObject({ email: 'ari@example.com', loginId: 'ari_1' });
  expect(answers.map(outcome)).toEqual([201, 201, 202]);
});

test('an address with a look-alike of a letter is nobody’s address', async () => {
  const answers = await Promise.all(
    ['\u212aari@example.com', 'аri@example.com', 'a ri@example.com', 'ari@exam\nple.com'].map((email) =>
      moim.guest.post('/v1/email-verifications', { email, purpose }),
    ),
  );

  expect(answers.map(outcome)).toEqual(Array(4).fill('INVALID_REQUEST'));
});

test('D6, #11: a nickname that shows nothing or hides something is refused, emoji and every language are not', async () => {
  const person = await moim.person('mina');
  const edit = (nickname: string) => person.patch('/v1/accounts/me', { nickname });

  const refused = [];
  for (const name of ['ㅤㅤ', '\u115f\u1160', '\uffa0\uffa0', '\u2800\u2800', 'mi\u200bna', 'mi\u202ena', '👨‍👩‍👧'])
    refused.push(await edit(name));
  const kept = [];
  for (const name of ['❤️하트', '👨‍👩‍👧 가족', 'สวัสดี', 'हिन्दी', ' 민  아 '.normalize('NFD')])
    kept.push((await edit(name)).body.nickname);

  expect(refused.map(outcome)).toEqual(Array(7).fill('INVALID_REQUEST'));
  expect(kept).toEqual(['❤️하트', '👨‍👩‍👧 가족', 'สวัสดี', 'हिन्दी', '민 아']);
});

test('D5: a name of moim itself is refused with a reason of its own, and the hint says the same', async () => {
  const person = await someone(moim);
  const ko = { 'accept-language': 'ko' };

  const answers = [];
  for (const nickname of ['(알 수 없음)', '（알 수 없음）', '(unknown)', '관 리 자', 'Аdmin', '모임 운영팀', 'mοim']) {
    answers.push(await person.patch('/v1/accounts/me', { nickname }, ko));
    answers.push(await moim.guest.get(`/v1/availability?nickname=${encodeURIComponent(nickname)}`, ko));
  }

  expect(answers.map(outcome)).toEqual(Array(14).fill('INVALID_REQUEST'));
  const reasons = answers.flatMap(({ body }) => body.errors.map(({ reason }: { reason: string }) => reason));
  expect(new Set(reasons)).toEqual(new Set(['이미 정해진 이름이라 쓸 수 없어요. 다른 이름을 골라 주세요.']));
});

test('D6: a twin of a nickname is taken, and the hint says so', async () => {
  const [owner, person] = [await moim.person('sora'), await moim.person('yuna')];
  await owner.patch('/v1/accounts/me', { nickname: 'Sora ❤️' });
  const twins = ['sora  ❤️', 'SORA ❤', 'sоra ❤️', 'ｓｏｒａ\u3000❤️'];

  const hints = await Promise.all(
    twins.map((name) => moim.guest.get(`/v1/availability?nickname=${encodeURIComponent(name)}`)),
  );
  const edits = [];
  for (const nickname of twins) edits.push(await person.patch('/v1/accounts/me', { nickname }));

  expect(hints.map(({ body }) => body)).toEqual(Array(4).fill({ available: false }));
  expect(edits.map(outcome)).toEqual(Array(4).fill('NICKNAME_TAKEN'));
});

test('D7, #17, groups 14: an empty edit says what is missing, and the document says so too', async () => {
  const person = await someone(moim);

  const answer = await person.patch('/v1/accounts/me', {}, { 'accept-language': 'ko' });

  expect(answer.body.errors).toEqual([{ pointer: '', reason: '바꿀 항목을 하나 이상 입력해 주세요.' }]);
});

test('#15: half a character is refused in what is kept from everybody’s eyes as well', async () => {
  const { body } = await moim.guest.post('/v1/accounts', { ticket: 'a\ud800', password, nickname: '민아' });

  expect(body.errors).toEqual([{ pointer: '/ticket', reason: expect.any(String) }]);
  const unknown = await moim.guest.post('/v1/accounts', { ticket: 'a', password, nickname: '민아', 'x\ud800': 1 });
  expect(unknown.body.errors).toEqual([{ pointer: '/x\ufffd', reason: expect.any(String) }]);
});
