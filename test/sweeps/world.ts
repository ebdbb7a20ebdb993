/** The people and things that every sweep happens among. */

import { randomUUID } from 'node:crypto';
import { motivationsIn } from '../../functions/operations/motivations/rules.ts';
import { newId } from '../../shared/core/ids.ts';
import { iso } from '../../shared/core/time.ts';
import { type LocalProvider, startLocalProvider } from '../accounts/identities/local-provider.ts';
import { register } from '../accounts/identities/support.ts';
import { softwareAuthenticator } from '../support/authenticator.ts';
import { challenge, jpeg, type Moim, type Person, upload } from '../support/moim.ts';
import { someone } from '../support/people.ts';
import { itemsOf, put } from '../support/table.ts';
import { send as sendRaw } from './client.ts';

export interface World {
  readonly moim: Moim;
  /** Leads the group. */
  readonly leader: Person;
  /** Is in the group, and wrote the certification. */
  readonly member: Person;
  /** Has nothing to do with the group, and leads one of their own. */
  readonly stranger: Person;
  /** Is in no group. */
  readonly onlooker: Person;
  /** Where people may sign in with GitHub, or so it seems. */
  readonly provider: LocalProvider;
  /** A living thing for each name that stands in the braces of a path. */
  readonly ids: Readonly<Record<string, string>>;
  /** The same, of the stranger. */
  readonly strangersIds: Readonly<Record<string, string>>;
  readonly send: (sent: Parameters<typeof sendRaw>[1]) => ReturnType<typeof sendRaw>;
  /** A text that was not given before, for names and addresses. */
  readonly fresh: () => string;
}

/** @param names of the four people */
export async function worldOf(moim: Moim, names = ['leader', 'member', 'stranger', 'onlooker']): Promise<World> {
  const provider = await startLocalProvider(moim.clock.now);
  const { github, apple } = provider.registrations;
  await register(moim, { github, apple });
  const [leader, member] = await Promise.all(names.slice(0, 2).map(moim.person));
  const [stranger, onlooker] = [await someone(moim, names[2]), await someone(moim, names[3])];
  const group = await foundGroup(leader!, member!);
  const [own, certification] = await Promise.all([
    foundGroup(stranger),
    submit(member!, group).then(({ body }) => body.id),
  ]);
  await moim.settle();
  const { body: inbox } = await leader!.get('/v1/notifications');
  const { planId } = await published(moim, leader!);
  const messageId = await said(member!, group.groupId);
  const poll = await asked(member!, group.groupId);
  await moim.settle();
  let count = 0;
  return {
    moim,
    leader: leader!,
    member: member!,
    stranger,
    onlooker,
    provider,
    ids: {
      ...group,
      accountId: member!.id,
      sessionId: newId(moim.clock.now()),
      deviceId: await registered(leader!, 'the-leader'),
      identityId: await linked(moim, leader!),
      passkeyId: await passkeyOf(leader!),
      certificationId: certification,
      roomId: group.groupId,
      messageId,
      ...(await posted(member!, group.groupId)),
      pollId: poll.id,
      excuseId: newId(moim.clock.now()),
      seasonId: newId(moim.clock.now()),
      recordId: newId(moim.clock.now()),
      notificationId: inbox.items[0].id,
      planId,
      motivationId: motivationsIn(undefined)[0]!.id,
      fileId: await withFile(moim, group.groupId),
      linkId: await linkOf(leader!, group),
    },
    strangersIds: { ...own, accountId: onlooker.id },
    send: (sent) => sendRaw(moim, sent),
    fresh: () => `fresh${count++}`,
  };
}

/** Gives a group a file of its recruit post, past every route; gives the file's id. */
export async function withFile(moim: Moim, groupId: string): Promise<string> {
  const [group] = await itemsOf(moim, 'Group', { groupId });
  const file = { id: newId(moim.clock.now()), name: 'plan.txt', type: 'text/plain', bytes: 1, key: 'files/a' } as const;
  await put(moim, 'Group', { ...group, files: [file] });
  return file.id;
}

/** The id of somebody's link to their progress in a group. */
export async function linkOf(person: Person, { groupId }: { readonly groupId: string }): Promise<string> {
  return (await person.post(`/v1/groups/${groupId}/progress-links`, { of: 'ME' })).body.id;
}

/** Gives somebody a passkey; gives its id. */
export async function passkeyOf(person: Person, authenticator = softwareAuthenticator()): Promise<string> {
  const { body } = await person.post('/v1/accounts/me/passkeys/challenges');
  const credential = authenticator.create(body.publicKey);
  return (await person.post('/v1/accounts/me/passkeys', { name: 'A key', credential })).body.id;
}

/** Links somebody to a person at a provider, past every route; gives the link's id. */
export async function linked(moim: Moim, { id: accountId }: Person): Promise<string> {
  const [provider, subject, identityId] = ['github' as const, accountId, newId(moim.clock.now())];
  const [authority] = await itemsOf(moim, 'Authority', { accountId });
  await put(moim, 'Authority', { ...authority, waysIn: 2, identities: { [provider]: subject } });
  await put(moim, 'Identity', { provider, subject, identityId, accountId, linkedAt: iso(moim.clock.now()) });
  return identityId;
}

/** A group with its mission, founded by one and joined by others. */
export async function foundGroup(leader: Person, ...members: Person[]) {
  const { body: group } = await leader.post('/v1/groups', challenge());
  for (const member of members) await member.post(`/v1/groups/${group.id}/members`);
  const { body: missions } = await leader.get(`/v1/groups/${group.id}/missions`);
  return { groupId: group.id as string, missionId: missions.items[0].id as string };
}

/** A group of somebody that is over. */
export async function over(moim: Moim, leader: Person) {
  const group = await foundGroup(leader);
  const [item] = await itemsOf(moim, 'Group', { groupId: group.groupId });
  await put(moim, 'Group', { ...item, status: 'COMPLETED' });
  return group;
}

/** The plan of such a group. */
export async function published(moim: Moim, leader: Person) {
  const group = await over(moim, leader);
  const { body } = await leader.post(`/v1/groups/${group.groupId}/plan`);
  return { ...group, planId: body.id as string };
}

export async function submit(author: Person, { groupId, missionId }: { groupId: string; missionId: string }) {
  const uploadIds = [await upload(author, groupId, jpeg)];
  const sent = await author.post(`/v1/groups/${groupId}/missions/${missionId}/certifications`, { uploadIds });
  if (sent.status !== 201) throw new Error(`no certification: ${JSON.stringify(sent.body)}`);
  return sent;
}

/** A message in the main room of a group; gives its id. */
export async function said(author: Person, groupId: string): Promise<string> {
  const message = { clientId: randomUUID(), after: 0, text: 'Chapter 3' };
  const { status, body } = await author.post(`/v1/groups/${groupId}/rooms/${groupId}/messages`, message);
  if (status !== 201) throw new Error(`no message: ${JSON.stringify(body)}`);
  return body.id;
}

/** A post in a group, and a comment on it; gives their ids. */
export async function posted(author: Person, groupId: string) {
  const post = await author.post(`/v1/groups/${groupId}/posts`, { title: 'Chapter 3', body: 'A question' });
  const comment = await author.post(`/v1/groups/${groupId}/comments`, {
    on: `post:${post.body.id}`,
    text: 'Here it is',
  });
  if (comment.status !== 201) throw new Error(`no comment: ${JSON.stringify([post.body, comment.body])}`);
  return { postId: post.body.id as string, commentId: comment.body.id as string };
}

/** A poll of somebody in a group. */
export async function asked(author: Person, groupId: string): Promise<{ id: string; choices: { id: string }[] }> {
  const question = { question: 'Where do we meet?', choices: ['Library', 'Café'] };
  const { status, body } = await author.post(`/v1/groups/${groupId}/polls`, question);
  if (status !== 201) throw new Error(`no poll: ${JSON.stringify(body)}`);
  return body as never;
}

/** The id of an app that push messages of somebody go to. */
export async function registered(person: Person, name: string): Promise<string> {
  const { body } = await person.post('/v1/accounts/me/devices', { kind: 'FCM', token: `a-token-of-an-app:${name}` });
  return body.id;
}
