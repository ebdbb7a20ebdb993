/** Row 15: a profile goes with its membership, however late and often the change is delivered. */
import type { DynamoDBRecord } from 'aws-lambda';
import { contract } from '../../../functions/groups/clubs/contract.ts';
import { imageOf } from '../../../shared/events/consumers.ts';
import { type Person, useMoim } from '../../support/moim.ts';
import { parkedMessage, queueArn } from '../../support/parked.ts';
import { leave } from '../../support/scene.ts';
import { put, streamOf } from '../../support/table.ts';
import { accept, applicant, apply, type Club, climber, clubOf, profile, reject, storedOf } from './support.ts';

const moim = useMoim();
const { keeps } = contract.consumers.dropProfile;

/** The stream's records of a person's membership in a club, also of its end. */
const recordsOf = ({ groupId }: Club, { id }: Person): DynamoDBRecord[] =>
  streamOf(moim).filter(({ eventName, dynamodb }) => {
    const image = imageOf(dynamodb?.NewImage) ?? imageOf(dynamodb?.OldImage);
    const isOne = image?.type === 'Membership' && image.groupId === groupId && image.accountId === id;
    return isOne && eventName !== 'INSERT';
  });

/** Brings changes in the way of those that were parked. */
async function parked(records: readonly DynamoDBRecord[]) {
  for (const record of records)
    moim.queues.send(queueArn(moim, 'PARKED_URL'), parkedMessage(moim, 'clubs.dropProfile', keeps, record));
  await moim.settle();
}

test.each(['in the club', 'waiting'])(
  'all changes again, in the other order, for a person who is back %s',
  async (how) => {
    const club = await clubOf(moim);
    const who = await climber(moim, club, { profile });
    await leave(who, club);
    await apply(who, club, { profile });
    await reject(club, who);
    await apply(who, club, { profile: { level: 7 } });
    if (how === 'in the club') await accept(club, who);
    await moim.settle();

    const records = recordsOf(club, who);
    await parked([...records, ...records.toReversed()]);

    expect(records.length).toBeGreaterThanOrEqual(4);
    expect((await storedOf(moim, club, who)).profile).toMatchObject({ level: 7 });
  },
);

test.each(['LEFT', 'gone'])(
  'a delivery that comes late still deletes the profile of a person who is %s',
  async (how) => {
    const club = await clubOf(moim);
    const who = await (how === 'LEFT' ? climber : applicant)(moim, club, { profile });
    await (how === 'LEFT' ? leave(who, club) : reject(club, who));
    await moim.settle();
    const records = recordsOf(club, who);
    const { groupId } = club;
    await put(moim, 'ClubProfile', { groupId, accountId: who.id, ...profile, modifiedAt: '2026-03-02T03:00:00.000Z' });

    await parked(records);

    expect(await storedOf(moim, club, who)).toMatchObject({
      state: how === 'LEFT' ? 'LEFT' : undefined,
      profile: undefined,
    });
  },
);
