/** People of a group cost little: what pages of people read, in units, with the two of session and account. */
import { pictureOf } from '../../../functions/accounts/profiles/rules.ts';
import { newId } from '../../../shared/core/ids.ts';
import { iso } from '../../../shared/core/time.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { costOf } from '../../support/replies.ts';
import { found } from '../../support/scene.ts';
import { itemsOf, put } from '../../support/table.ts';

const moim = useMoim();
let people: Person[];
let group: { groupId: string; missionId: string; path: string };

beforeAll(async () => {
  people = await crowd(moim, 50);
  const [leader, ...others] = people;
  // A long name in Korean, and a picture of one's own: the largest that a member is in the roster.
  for (const [i, { id }] of people.entries()) {
    const [account] = await itemsOf(moim, 'Account', { accountId: id });
    const picture = pictureOf(id, newId(moim.clock.now()), 1);
    await put(moim, 'Account', { ...account, nickname: `알고리즘을 매일 푸는 사람 ${i}`, picture });
  }
  group = await found(leader!, { capacity: 50, title: '알고리즘 매일 한 문제씩 풀기' }, ...others);
  const { groupId, missionId } = group;
  for (const { id: accountId } of people.slice(0, 20)) {
    const at = iso(moim.clock.now());
    await put(moim, 'Certification', {
      ...{ groupId, missionId, accountId, certificationId: newId(moim.clock.now()), status: 'APPROVED' },
      ...{
        approval: 'LEADER',
        way: 'PHOTO',
        text: '오늘은 두 문제를 풀었어요. 내일도 함께해요.',
      },
      photos: [{ id: newId(moim.clock.now()), hash: 'a'.repeat(22), width: 4000, height: 3000 }],
      ...{ day: '2026-03-02', version: 1, createdAt: at, modifiedAt: at },
    });
  }
  await moim.settle();
});

test('a page of 20 of 50 members reads at most 17 units, a feed of 20 with 20 authors at most 10', async () => {
  const { body: members } = await people[1]!.get(`${group.path}/members?limit=20`);
  const { body: feed } = await people[1]!.get(`${group.path}/certifications?limit=20`);

  expect(members.items).toHaveLength(20);
  expect(new Set(feed.items.map(({ author }: { author: { nickname: string } }) => author.nickname)).size).toBe(20);
  // The door and the session four, the list two, the roster one; a presence for each of twenty, half a unit.
  expect(costOf(moim, 'listMembers')).toEqual({ requests: 4, roundTrips: 2, readUnits: 17, writeUnits: 0 });
  // The door, the session and the reports five, the list two and a half, the roster one, the blocks a half. Then, row 63, the
  // counts of cheers and the viewer's own: a range each, of which there is nothing yet.
  expect(costOf(moim, 'listCertifications')).toEqual({ requests: 7, roundTrips: 2, readUnits: 10.5, writeUnits: 0 });
});

test('a member takes at most 124 bytes of the roster', async () => {
  const items = await itemsOf(moim, 'Roster', { groupId: group.groupId });
  const entries = items.flatMap((item) => Object.entries(item).filter(([name]) => name.startsWith('person ')));

  expect(entries).toHaveLength(50);
  const sizes = entries.map(([name, text]) => Buffer.byteLength(name) + Buffer.byteLength(String(text)));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(124);
});
