/** Row 124: the history of decisions says whose thing was decided on. */
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { costOf } from '../../support/replies.ts';
import { certify, found } from '../../support/scene.ts';
import { put } from '../../support/table.ts';

const moim = useMoim();

interface Entry {
  readonly subject: { readonly kind: string; readonly nickname: string | null };
  readonly author: { readonly id: string; readonly nickname: string } | null;
  readonly by: { readonly nickname: string };
  readonly after: string;
}

async function scene(name: string) {
  const [leader, ben, cho] = (await crowd(moim, 3)) as [Person, Person, Person];
  const ann = await moim.person(name);
  const group = await found(leader, { excusesNeedApproval: true }, ann, ben, cho);
  return { leader, ann, ben, cho, ...group };
}

/** The history as somebody reads it, the decisions on members left out. */
async function historyOf(who: Person, path: string, language = 'en'): Promise<Entry[]> {
  const { body } = await who.get(`${path}/decisions`, { 'accept-language': language });
  return body.items.filter(({ subject }: Entry) => !['member', 'application', 'group'].includes(subject.kind));
}
const lines = (entries: readonly Entry[]) =>
  entries.map(({ subject, author, after }) => [subject.kind, author?.id, author?.nickname, after]).toSorted();

test('row 124: certification, days off, post: whose it was, read with the others, and never who reported', async () => {
  const here = await scene('Ann');
  const { leader, ann, ben, cho, path } = here;
  const { body: certification } = await certify(ann, here);
  await moim.settle();
  await leader.post(`${path}/certifications/${certification.id}/approve`);
  const { body: excuse } = await ben.post(`${path}/excuses`, {
    ...{ from: '2026-03-10', until: '2026-03-11', reason: 'Travelling' },
  });
  await leader.post(`${path}/excuses/${excuse.id}/grant`);
  const { body: post } = await ben.post(`${path}/posts`, { kind: 'POST', title: 'Hello', body: 'Buy this' });
  const subject = `post:${post.id}`;
  await cho.post(`${path}/reports`, { subject, reason: 'SPAM' });
  await moim.settle();
  await leader.post(`${path}/reports/decisions`, { subject, decision: 'HIDE', reason: 'An advertisement' });

  const history = await historyOf(leader, path);
  expect(lines(history)).toEqual([
    ['certification', ann.id, ann.nickname, 'APPROVED'],
    ['excuse', ben.id, ben.nickname, 'GRANTED'],
    ['post', ben.id, ben.nickname, 'HIDDEN'],
  ]);
  expect(JSON.stringify(history)).not.toMatch(new RegExp(`${cho.id}|${cho.nickname}`));
  // The page, the permission, and all people at once, however many they are.
  expect(costOf(moim, 'listDecisions')).toMatchObject({ requests: 3, roundTrips: 2 });
});

test('rows 17, 124: a withdrawn author is unknown; a decision of before names nobody', async () => {
  const here = await scene('Anna');
  const { leader, ann, path, groupId } = here;
  const { body } = await certify(ann, here);
  await moim.settle();
  await leader.post(`${path}/certifications/${body.id}/approve`);
  await put(moim, 'Decision', {
    ...{ scopeId: groupId, decisionId: newId(moim.clock.now()), decidedAt: iso(moim.clock.now()), by: leader.id },
    ...{ subject: `certification:${body.id}`, before: 'WAITING', after: 'DENIED' },
  });
  const withdrawn = await ann.post('/v1/accounts/me/withdrawal', { reason: 'Enough' });
  expect(withdrawn.status).toBe(204);
  await moim.settle();

  const both = [await historyOf(leader, path, 'ko'), await historyOf(leader, path)];
  expect(both.map(lines)).toEqual(
    ['(알 수 없음)', '(unknown)'].map((nobody) => [
      ['certification', undefined, undefined, 'DENIED'],
      ['certification', ann.id, nobody, 'APPROVED'],
    ]),
  );
});
