import fc from 'fast-check';
import { newsOf } from '../../functions/news.ts';
import {
  gatesOf,
  isQuiet,
  isRead,
  isThere,
  placeOf,
  recipientsOf,
  settingsOf,
  shortened,
  toldAtOf,
  unreadAmong,
} from '../../functions/talking/notifications/rules.ts';
import { peopleIn, viewOf } from '../../functions/talking/notifications/view.ts';
import { notificationClasses } from '../../shared/messages/news.ts';

test('row 104: nobody is told twice, and never the one who caused it', () => {
  const person = fc.constantFrom('ann', 'ben', 'chul', 'dan');

  fc.assert(
    fc.property(fc.array(person), person, (to, actorId) => {
      const told = recipientsOf({ to, actorId });

      expect(new Set(told).size).toBe(told.length);
      expect(new Set(told)).toEqual(new Set(to.filter((accountId) => accountId !== actorId)));
    }),
  );
});

const allOn = Object.fromEntries(notificationClasses.map((name) => [name, true])) as ReturnType<
  typeof settingsOf
>['types'];
/** Midnight in Seoul. */
const now = Date.parse('2026-03-01T15:00:00Z');
const news = { class: 'group', concerns: 'group' } as const;
const plain = { news, settings: undefined, blocked: false, now, timeZone: 'Asia/Seoul' } as const;
const noMail = Object.fromEntries(notificationClasses.map((name) => [name, false]));
const everywhere = { inbox: true, socket: true, push: true, mail: false };
const nowhere = { inbox: false, socket: false, push: false, mail: false };

test('row 18: everything is on at first', () => {
  expect(settingsOf()).toEqual({ all: true, types: allOn, mail: noMail, quietHours: null });
  expect(settingsOf({ all: false })).toMatchObject({ all: false, types: allOn });
  expect(gatesOf(plain)).toEqual(everywhere);
});

test.each([
  ['GROUP_JOINED', 'group'],
  ['CERTIFICATION_SUBMITTED', 'newUpload'],
  ['CERTIFICATION_APPROVED', 'group'],
  ['CERTIFICATION_DENIED', 'group'],
  ['EXPORT_READY', undefined],
] as const)('row 18: %s hangs on the switch %s alone', (type, wanted) => {
  const news = newsOf(type)!;
  const stopped = notificationClasses.filter(
    (name) => !gatesOf({ ...plain, news, settings: { [`live ${name}`]: false } as never }).socket,
  );

  expect(stopped).toEqual(wanted ? [wanted] : []);
});

test('what is switched off is stored and no more; what is blocked is not even that', () => {
  const off = [{ all: false, 'mail group': true }, { 'live group': false }];

  for (const settings of off) expect(gatesOf({ ...plain, settings })).toEqual({ ...nowhere, inbox: true });
  expect(gatesOf({ ...plain, blocked: true, settings: { 'mail group': true } })).toEqual(nowhere);
});

test('row 104: a class that is chosen for mail is mailed, unless all is off; news about the account never is', () => {
  const settings = { 'mail group': true, 'live group': false };
  const account = newsOf('EXPORT_READY')!;

  expect(gatesOf({ ...plain, settings })).toEqual({ inbox: true, socket: false, push: false, mail: true });
  expect(gatesOf({ ...plain, settings: { 'mail comment': true } }).mail).toBe(false);
  expect(gatesOf({ ...plain, news: account, settings }).mail).toBe(false);
});

test('row 105: what is read beyond is read, what comes late is new, whatever the order of ids and instants', () => {
  const instant = fc.integer({ min: 0, max: 5 }).map((n) => `2026-03-02T03:00:00.00${n}Z`);
  const entry = fc.record({ createdAt: instant, notificationId: fc.constantFrom('a', 'b', 'c') });

  fc.assert(
    fc.property(entry, entry, instant, (each, read, now) => {
      const readUntil = placeOf({ ...read, toldAt: read.createdAt });
      const before = { ...each, toldAt: toldAtOf(each, undefined, Date.parse(now)) };
      const late = { ...each, toldAt: toldAtOf(each, readUntil, Date.parse(now)) };
      const isBeyond =
        each.createdAt < read.createdAt ||
        (each.createdAt === read.createdAt && each.notificationId <= read.notificationId);

      expect([isRead(before, undefined), isRead(before, readUntil)]).toEqual([false, isBeyond]);
      expect(isRead(late, readUntil)).toBe(false);
      expect(isRead({ ...late, readAt: now }, undefined)).toBe(true);
    }),
  );
});

test('quiet hours stop the device alone, on the wall of the account’s zone', () => {
  const settings = { quietHours: { from: '23:00', to: '00:01' } };

  expect(gatesOf({ ...plain, settings })).toEqual({ ...everywhere, push: false });
  expect(gatesOf({ ...plain, settings, timeZone: 'Europe/Paris' })).toEqual(everywhere);
  expect(gatesOf({ ...plain, settings: { ...settings, all: false } })).toMatchObject({ socket: false, push: false });
});

test('quiet hours begin with their first minute and end before their last, also over midnight', () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  const clock = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;

  fc.assert(
    fc.property(minute, minute, minute, (from, to, time) => {
      fc.pre(from !== to);
      const length = (to - from + 1440) % 1440;
      const sinceFrom = (time - from + 1440) % 1440;

      expect(isQuiet(clock(time), { from: clock(from), to: clock(to) })).toBe(sinceFrom < length);
    }),
  );
});

test('a text is cut between characters, and only where it is too long', () => {
  expect(shortened('abc', 3)).toBe('abc');
  expect(shortened('abcd', 3)).toBe('ab…');
  expect(shortened('🧱🧱🧱🧱', 3)).toBe('🧱🧱…');
});

test.each([
  ['GROUP_STATUS', { status: 'IN_PROGRESS' }, 'T의 상태가 진행 중으로 바뀌었어요.', 'T is now in progress.'],
  ['GROUP_STATUS', { status: 'FINISHED' }, 'T의 상태가 종료로 바뀌었어요.', 'T is now finished.'],
  ['GROUP_STATUS', { status: 'FROZEN' }, 'T의 상태가 FROZEN으로 바뀌었어요.', 'T is now FROZEN.'],
  ['ROLE_CHANGED', { role: 'MANAGER' }, 'T에서 맡은 역할이 운영진으로 바뀌었어요.', 'Your role in T is now manager.'],
  ['ROLE_CHANGED', { role: 'MEMBER' }, 'T에서 맡은 역할이 멤버로 바뀌었어요.', 'Your role in T is now member.'],
  ['MEMBER_LEFT', {}, '가람님이 T에서 나갔어요.', '가람 left T.'],
  ['OWNER_CHANGED', {}, '이제 (알 수 없음)님이 T를 이끌어요.', '(unknown) is now the leader of T.'],
] as const)('%s with %j is worded in the language of its reader', (type, values, korean, english) => {
  const news = newsOf(type)!;
  const people = { actorId: 'garam', personId: 'gone' };
  const about = { notice: type, ...people, values: { title: 'T', ...values }, link: { screen: 'group' } } as const;
  const notification = { accountId: 'me', notificationId: 'n', ...about, createdAt: '', toldAt: '', expiresAt: 0 };
  const nicknames = new Map([['garam', '가람']]);

  expect(viewOf(news, notification, nicknames, 'ko')).toMatchObject({ type, text: korean, read: false });
  expect(viewOf(news, notification, nicknames, 'en')).toMatchObject({ type, text: english, read: false });
});

test('only the people whom a text names are looked up', () => {
  const people = { actorId: 'actor', personId: 'person' };
  const named = (['GROUP_DELETED', 'MEMBER_LEFT', 'OWNER_CHANGED'] as const).map((type) =>
    peopleIn(newsOf(type)!, people),
  );

  expect(named).toEqual([[], ['actor'], ['person']]);
  expect(peopleIn(newsOf('OWNER_CHANGED')!, { actorId: 'actor' })).toEqual([]);
});

test('row 105: what is unread is what is there and not read, of every kind of entry', () => {
  const now = Date.parse('2026-03-02T03:00:00Z');
  const entries = [undefined, 'x'].flatMap((readAt) =>
    [undefined, 'x'].flatMap((resolvedAt) =>
      [undefined, 'x'].flatMap((deletedAt) =>
        [-1, 0, 1].flatMap((seconds) =>
          ['2026-03-01', '2026-03-03'].map((toldAt) => ({
            ...(readAt ? { readAt } : {}),
            ...(resolvedAt ? { resolvedAt } : {}),
            ...(deletedAt ? { deletedAt } : {}),
            expiresAt: now / 1000 + seconds,
            toldAt,
            notificationId: 'n',
          })),
        ),
      ),
    ),
  );

  expect(entries).toHaveLength(48);
  // Neither read, nor resolved, nor deleted, with a second left: one of each day.
  expect(unreadAmong(entries, undefined, now)).toBe(2);
  expect(unreadAmong(entries, '2026-03-02', now)).toBe(1);
  expect(entries.filter((entry) => isThere(entry, now))).toHaveLength(8);
});
