/**
 * The journey of the demo, against any moim that answers HTTP: no test framework, only what a client can do and see.
 */
import { randomUUID } from 'node:crypto';
import { type Listener, listen } from '../support/listener.ts';
import { sendFile } from '../support/upload.ts';
import { doing } from './doing.ts';
import { until } from './until.ts';

export interface Place {
  readonly apiUrl: string;
  /** The console of the local cloud, where `/mail.json` lists the mails. */
  readonly mailUrl: string;
  /** A real JPEG. */
  readonly image: Uint8Array;
  /** Lets time pass, on a clock that can be moved; without it, the reminder is chosen and not waited for. */
  readonly pass?: (seconds: number) => Promise<unknown>;
  /** The time there, in milliseconds; without it, the machine's. */
  readonly now?: () => number;
}
/** Told of each step: what it is, whether it held, and what came back. */
export type Tell = (name: string, held: boolean, came: string) => void;

// biome-ignore lint/suspicious/noExplicitAny: the journey reads answers as a client without types would
type Json = any;
export interface Came {
  readonly status: number;
  readonly body: Json;
}

const password = 'Correct-Horse-7';
const show = ({ status, body }: Came) =>
  `${status} ${JSON.stringify(body ?? null)
    .replace(/"(ticket|accessToken|refreshToken|url|Policy)":"[^"]{12}[^"]*"/g, '"$1":"…"')
    .slice(0, 240)}`;

/** The next notification of a socket, after one that may come again. Other events tell an open page what to ask again. */
async function nextNotification(socket: Listener, before?: unknown) {
  for (;;) {
    const message = await socket.next();
    if (message.event === 'notification' && message.data.id !== before) return message;
  }
}

export async function journey({ apiUrl, mailUrl, image, pass, now = Date.now }: Place, tell: Tell): Promise<void> {
  const later = (days: number) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' }).format(now() + days * 86_400_000);
  async function call(method: string, path: string, body?: unknown, token?: string): Promise<Came> {
    const response = await fetch(apiUrl + path, {
      method,
      headers: {
        'accept-language': 'en',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  }
  /** Tells of an answer and gives its body back; `holds` may look into the body. */
  async function step(
    name: string,
    came: Promise<Came>,
    status: number,
    holds: (body: Json) => boolean = () => true,
  ): Promise<Json> {
    const result = await came;
    tell(name, result.status === status && holds(result.body), show(result));
    return result.body;
  }
  const refused = (name: string, came: Promise<Came>, status: number, code: string) =>
    step(name, came, status, (body) => body.code === code);

  async function mailedCode(email: string): Promise<string> {
    const code = await until(async () => {
      const { mails }: Json = await (await fetch(`${mailUrl}/mail.json`)).json();
      return /\b\d{6}\b/.exec(mails.find(({ to }: { to: string[] }) => to.includes(email))?.subject ?? '')?.[0];
    }, Boolean);
    if (!code) throw new Error(`no mail came to ${email}`);
    return code;
  }

  const run = Date.now().toString(36).slice(-5);
  async function signUp(name: string) {
    const nickname = `${name}${run}`;
    const email = `${nickname}@example.com`;
    await step(`${name} asks for a code`, call('POST', '/v1/email-verifications', { email, purpose: 'REGISTER' }), 202);
    const code = await mailedCode(email);
    tell(`${name} reads the code in the mail box`, true, `a mail with ${code.length} digits`);
    const path = '/v1/email-verifications/confirm';
    const confirmed = await step(
      `${name} confirms the address`,
      call('POST', path, { email, purpose: 'REGISTER', code }),
      200,
    );
    await refused(
      `the code of ${name} works once`,
      call('POST', path, { email, purpose: 'REGISTER', code }),
      422,
      'CODE_INVALID',
    );
    const account = { ticket: confirmed.ticket, password, nickname, locale: 'en' };
    const { id } = await step(`${name} signs up`, call('POST', '/v1/accounts', account), 201);
    const session = await step(`${name} signs in`, call('POST', '/v1/sessions', { email, password }), 201);
    return {
      name,
      id: id as string,
      email,
      token: session.accessToken as string,
      refreshToken: session.refreshToken as string,
    };
  }
  type Someone = Awaited<ReturnType<typeof signUp>>;

  async function upload(someone: Someone, groupId: string, file: Uint8Array, asked: { type: string; bytes: number }) {
    const { status, body } = await call('POST', `/v1/groups/${groupId}/uploads`, asked, someone.token);
    if (status !== 201) throw new Error(`an upload was not allowed: ${show({ status, body })}`);
    const sent = await sendFile(body, file, asked.type);
    return { uploadId: body.uploadId as string, status: sent.status, text: await sent.text() };
  }

  const leader = await signUp('minji');
  const first = await signUp('jisoo');
  const second = await signUp('haneul');
  const stranger = await signUp('sori');

  const refresh = (refreshToken: string) => call('POST', '/v1/sessions/refresh', { refreshToken });
  const renewed = await step(
    'jisoo refreshes; the token is rotated',
    refresh(first.refreshToken),
    200,
    (body) => body.refreshToken !== first.refreshToken,
  );
  first.token = renewed.accessToken;

  const group = await step(
    'minji founds a challenge with two seats',
    call(
      'POST',
      '/v1/groups',
      {
        kind: 'CHALLENGE',
        title: 'Algorithms every day',
        category: 'IT',
        frequency: { every: 'DAY' },
        capacity: 2,
        startDate: later(0),
        endDate: later(14),
        certificationRule: 'A photo of your notes',
      },
      leader.token,
    ),
    201,
    (body) => body.memberCount === 1 && body.capacity === 2,
  );
  const at = `/v1/groups/${group.id}`;

  const racers = [first, second];
  const race = await Promise.all(racers.map((racer) => call('POST', `${at}/members`, {}, racer.token)));
  const seats = race.filter(({ status }) => status === 201).length;
  const full = race.find(({ status }) => status !== 201);
  tell(
    'two race for the last seat and exactly one gets it',
    seats === 1 && full?.body.code === 'GROUP_FULL',
    race.map(show).join(' | ').slice(0, 240),
  );
  const member = racers[race.findIndex(({ status }) => status === 201)]!;
  const outsider = racers.find((racer) => racer !== member)!;
  await refused('a full group takes nobody', call('POST', `${at}/members`, {}, stranger.token), 409, 'GROUP_FULL');

  const missions = await step(
    'the member sees the implied repeat mission',
    call('GET', `${at}/missions`, undefined, member.token),
    200,
    (body) => body.items.length === 1 && body.items[0].timesPerWeek === 7,
  );
  const submitAt = `${at}/missions/${missions.items[0].id}/certifications`;

  const ticket = await step(
    'the member buys a socket ticket',
    call('POST', '/v1/socket-tickets', {}, member.token),
    201,
  );
  const socket: Listener = await listen(ticket.url);
  const pong = await socket.ask({ id: 1, action: 'ping', data: {} });
  tell('the socket is open and answers', pong.ok, JSON.stringify(pong));
  tell(
    'the ticket opens no second socket',
    await listen(ticket.url).then(
      () => false,
      () => true,
    ),
    'refused',
  );

  const jpeg = { type: 'image/jpeg', bytes: image.length };
  const photo = await upload(member, group.id, image, jpeg);
  tell(
    'the member uploads a photo straight to the bucket',
    photo.status === 204 || photo.status === 201,
    `${photo.status}`,
  );
  const certification = await step(
    'the member submits the certification; it waits',
    call('POST', submitAt, { text: 'Chapter 3', uploadIds: [photo.uploadId] }, member.token),
    201,
    (body) => body.status === 'WAITING',
  );
  const one = `${at}/certifications/${certification.id}`;
  await step(
    'nobody else sees it in the list',
    call('GET', `${at}/certifications`, undefined, member.token),
    200,
    (body) => body.items.length === 0,
  );
  await step(
    'the leader finds it among those that wait',
    call('GET', `${at}/certifications?status=WAITING`, undefined, leader.token),
    200,
    (body) => body.items[0]?.id === certification.id,
  );
  await refused('a stranger does not find it', call('GET', one, undefined, stranger.token), 404, 'NOT_FOUND');
  await refused('nor does the one who got no seat', call('GET', one, undefined, outsider.token), 404, 'NOT_FOUND');
  await refused('the member may not approve it', call('POST', `${one}/approve`, {}, member.token), 404, 'NOT_FOUND');
  const decoded = await until(
    () => call('GET', one, undefined, leader.token),
    ({ body }) => body.imagesState !== 'DECODING',
  );
  tell('its photo is ready within seconds', decoded.body.imagesState === 'READY', show(decoded));
  for (const url of [certification.images[0], decoded.body.images[0], decoded.body.thumbnails[0]]) {
    const { status, headers } = await fetch(url);
    const shown = `${status} ${headers.get('content-type')}`;
    tell('its image is shown', shown === '200 image/webp', shown);
  }

  await step(
    'the leader denies it with a reason',
    call('POST', `${one}/deny`, { reason: 'The notes cannot be read' }, leader.token),
    200,
    (body) => body.status === 'DENIED',
  );
  const denial = await nextNotification(socket);
  tell('the socket hears of the denial at once', denial.data.type === 'CERTIFICATION_DENIED', JSON.stringify(denial));
  await step(
    'the member edits it; it waits again',
    call('PATCH', one, { text: 'Chapter 3, readable now' }, member.token),
    200,
    (body) => body.status === 'WAITING',
  );
  await step(
    'the leader approves it',
    call('POST', `${one}/approve`, {}, leader.token),
    200,
    (body) => body.status === 'APPROVED',
  );
  const approval = await nextNotification(socket, denial.data.id);
  tell(
    'the socket hears of the approval at once',
    approval.data.type === 'CERTIFICATION_APPROVED',
    JSON.stringify(approval),
  );
  await refused(
    'approving it again changes nothing',
    call('POST', `${one}/approve`, {}, leader.token),
    409,
    'ALREADY_DECIDED',
  );
  await step(
    'the member has exactly one brick',
    call('GET', '/v1/accounts/me', undefined, member.token),
    200,
    (body) => body.bricks === 1,
  );
  await step(
    'the inbox holds both decisions',
    call('GET', '/v1/notifications', undefined, member.token),
    200,
    (body) => body.items.length === 2 && body.unread === 2,
  );
  tell(
    'the socket heard exactly two notifications, though one may come again',
    new Set(socket.events.flatMap(({ event, data }) => (event === 'notification' ? [data.id] : []))).size === 2,
    socket.events.map(({ event, data }) => data.type ?? event).join(', '),
  );

  const again = await upload(member, group.id, image, jpeg);
  await refused(
    'a second certification on the same day is refused',
    call('POST', submitAt, { uploadIds: [again.uploadId] }, member.token),
    409,
    'CERTIFICATION_LIMIT',
  );

  const tooLarge = await upload(member, group.id, Buffer.concat([image, image]), jpeg);
  tell(
    'the bucket refuses a file of another size',
    tooLarge.status === 400,
    `${tooLarge.status} ${/<Code>\w+<\/Code>/.exec(tooLarge.text)?.[0]}`,
  );
  const disguised = Buffer.from('<script>alert(1)</script>');
  const html = await upload(leader, group.id, disguised, { type: 'image/png', bytes: disguised.length });
  await refused(
    'a file that is no image is refused',
    call('POST', submitAt, { uploadIds: [html.uploadId] }, leader.token),
    422,
    'UPLOAD_INVALID',
  );
  await refused(
    'an upload of a type that is no image is not allowed',
    call('POST', `${at}/uploads`, { type: 'text/html', bytes: 10 }, member.token),
    422,
    'INVALID_REQUEST',
  );
  await refused(
    'somebody else’s upload is refused',
    call('POST', submitAt, { uploadIds: [again.uploadId] }, leader.token),
    422,
    'UPLOAD_INVALID',
  );
  await refused(
    'a forged ticket is refused',
    call('POST', '/v1/accounts', { ticket: 'A'.repeat(43), password, nickname: `forger${run}` }),
    422,
    'TICKET_INVALID',
  );
  await doing({ call, step, tell, pass, now }, at, leader.token, member);
  const [head, payload] = member.token.split('.');
  await refused(
    'a forged access token is refused',
    call('GET', '/v1/accounts/me', undefined, `${head}.${payload}.${'A'.repeat(43)}`),
    401,
    'TOKEN_INVALID',
  );
  await refused(
    'another person’s token opens nothing here',
    call('GET', `${at}/members`, undefined, stranger.token),
    404,
    'NOT_FOUND',
  );
  await refused('a stranger may not upload', call('POST', `${at}/uploads`, jpeg, stranger.token), 404, 'NOT_FOUND');
  // Until the new token was used, its answer may have been lost. So it is used once.
  const newest = await step('the rotated refresh token is exchanged as well', refresh(renewed.refreshToken), 200);
  await refused('a refresh token used before ends the session', refresh(first.refreshToken), 401, 'REFRESH_INVALID');
  await refused('and with it the newest one', refresh(newest.refreshToken), 401, 'REFRESH_INVALID');
  socket.close();
}
