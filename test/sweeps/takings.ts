/**
 * What can be taken from somebody between the read and the write of what they do, and from whom it takes a right. Rights
 * are read from the one table (`relations.ts`) and the contracts: a new route is asked without a word here.
 */
import type { EntityName } from '../../shared/data/registry.ts';
import { askTable, itemsOf, put, tableName, take } from '../support/table.ts';
import { mayUse, needs, type Relation } from './relations.ts';
import type { Sample, Subject } from './samples.ts';
import type { World } from './world.ts';

// biome-ignore lint/suspicious/noExplicitAny: an item is copied whole, whatever it holds
type Item = any;

/** Somebody in the middle of what a route does: it has read them so, and has not written yet. */
export interface Scene {
  readonly subject: Subject;
  readonly world: World;
  readonly account: Item;
  readonly authority: Item;
  /** What makes them an administrator, if they are one. */
  readonly admin: Item | undefined;
  /** The group that the path names, or else what is about to be written. */
  readonly group: Item | undefined;
  /** What they are in that group. */
  readonly member: Item | undefined;
}

interface Taking {
  /** Whether the route is open to them because of it; `after` is the group as an undisturbed request leaves it. */
  readonly matters: (scene: Scene, after: Item | undefined) => boolean;
  readonly take: (scene: Scene) => Promise<unknown>;
  /** Entities that change because of the taking, by the stream. */
  readonly followed?: readonly string[];
  /** The same, of one route. */
  readonly followedOf?: Readonly<Record<string, readonly string[]>>;
  /** Whether a route may still go through, once: a request that was let in is carried out, and the next one is refused. */
  readonly once?: (name: string) => boolean;
}

const accountOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()).sub as string;

/** @param body what is about to be sent to the table */
export async function sceneOf(subject: Subject, world: World, { token, path }: Sample, body: object): Promise<Scene> {
  const accountId = accountOf(token!);
  const [groupId] =
    /(?<=\/groups\/)[0-9a-f-]{36}/.exec(path) ?? /(?<="GROUP#)[0-9a-f-]{36}/.exec(JSON.stringify(body)) ?? [];
  const one = async (entity: EntityName, where: object) => (await itemsOf(world.moim, entity, { ...where }))[0];
  return {
    subject,
    world,
    account: await one('Account', { accountId }),
    authority: await one('Authority', { accountId }),
    admin: await one('Administrator', { accountId }),
    group: groupId && (await one('Group', { groupId })),
    member: groupId && (await one('Membership', { groupId, accountId })),
  };
}

/** Changes an item of the table, past every route. */
const change = ({ world: { moim } }: Scene, entity: EntityName, item: Item, changes: object) =>
  put(moim, entity, { ...item, ...changes });

const isIn = ({ member }: Scene) => member?.state === 'ACTIVE';
/** Whether their part, or that the thing is theirs, opens the route to them. */
const opens = ({ subject: { name }, member }: Scene) =>
  name in needs && (mayUse(name, member.role.toLowerCase() as Relation) || mayUse(name, 'self'));
const problemsOf = ({ subject: { route } }: Scene): readonly string[] => route.problems;

/**
 * Routes that make something which outlives the answer by itself: it would open the account, or tell of it, after the session
 * that made it is over. Their transaction checks the session. All others read it in their first request.
 */
export const outlive = [
  ...['issueSocketTicket', 'registerDevice', 'requestExport', 'beginLinking'],
  ...['changePassword', 'changeEmail', 'withdraw', 'beginProof'],
  ...['beginPasskey', 'addPasskey', 'removePasskey', 'beginTotp', 'confirmTotp', 'removeTotp', 'renewRecoveryCodes'],
];
const outlivesNothing = (name: string) => !outlive.includes(name);

export const takings: Readonly<Record<string, Taking>> = {
  'the role': {
    matters: (scene) =>
      isIn(scene) && scene.member.role !== 'MEMBER' && opens(scene) && !mayUse(scene.subject.name, 'member'),
    take: (scene) => change(scene, 'Membership', scene.member, { role: 'MEMBER' }),
  },
  'the membership': {
    matters: (scene) =>
      isIn(scene) &&
      opens(scene) &&
      // A private group shows itself to nobody else.
      (!mayUse(scene.subject.name, 'kicked') || scene.group.visibility === 'PRIVATE'),
    take: (scene) => change(scene, 'Membership', scene.member, { state: 'KICKED', presentIn: undefined }),
    followed: ['Roster', 'Progress'],
  },
  'the way in': {
    matters: (scene) => scene.group && !scene.member && problemsOf(scene).includes('KICKED') && !isAdmin(scene),
    take: (scene) => {
      const { groupId } = scene.group;
      const { accountId } = scene.account;
      const was = { role: 'MEMBER', state: 'KICKED', joinedAt: scene.group.createdAt, group: {} };
      return put(scene.world.moim, 'Membership', { groupId, accountId, ...was } as never);
    },
  },
  'the administration': {
    matters: (scene) => isAdmin(scene),
    take: (scene) => take(scene.world.moim, scene.admin),
  },
  'the group as it was': {
    // What changes the group, or is open by what the group is to those who are not in it.
    matters: (scene, after) =>
      scene.group &&
      (after.version > scene.group.version ||
        after.memberCount > scene.group.memberCount ||
        (!isIn(scene) && needs[scene.subject.name]?.includes('ANYBODY'))),
    take: (scene) => {
      const edited = { visibility: 'PRIVATE', joinPolicy: 'CODE', version: scene.group.version + 1 };
      return change(scene, 'Group', scene.group, edited);
    },
    followed: ['Listing', 'Listed', 'Word', 'Indexed'],
  },
  'the group': {
    matters: (scene) => scene.group,
    take: (scene) =>
      change(scene, 'Group', scene.group, {
        deletedAt: new Date(scene.world.moim.clock.now()).toISOString(),
        version: scene.group.version + 1,
      }),
    followed: [
      'Listing',
      'Listed',
      'Word',
      'Indexed',
      'Roster',
      'Progress',
      'Agenda',
      'Group',
      'Membership',
      'Account',
    ],
    // Row 28: with the group ends the application that is about to be accepted, and its applicant is notified.
    followedOf: { acceptApplication: ['Application', 'Outbox', 'Notification'] },
  },
  'the account': {
    matters: () => true,
    take: async (scene) => {
      await take(scene.world.moim, scene.authority);
      if (scene.admin) await take(scene.world.moim, scene.admin);
      return change(scene, 'Account', scene.account, { status: 'WITHDRAWN', version: scene.account.version + 1 });
    },
    followed: ['Session', 'Group', 'Roster', 'Progress'],
    once: outlivesNothing,
  },
  'the session': {
    matters: () => true,
    followed: ['Group'],
    once: outlivesNothing,
    take: async ({ account, world: { moim } }) => {
      for (const { pk, sk } of await itemsOf(moim, 'Session', { accountId: account.accountId }))
        await askTable(moim, 'DeleteItem', { TableName: tableName(moim), Key: { pk: { S: pk }, sk: { S: sk } } });
    },
  },
};

const isAdmin = ({ admin }: Scene) => admin !== undefined;
