/** Reported things, and the items that subjects such as `certification:{id}` name. */
import type { KeyOf } from '../../../shared/data/keys.ts';
import { type Reference, ref } from '../../../shared/data/table.ts';
import { check, patch } from '../../../shared/data/writes.ts';
import type { ReportedItem } from './items.ts';
import { kinds, type WrittenEntity, type WrittenKind } from './kinds.ts';
import type { Said, Written } from './rules.ts';

/** What somebody has reported in a group; kept from them. Read it along with the rest. */
export const reportedRef = (accountId: string, groupId: string) => ref('Reported', { accountId, groupId });

export const hasReported = (reported: ReportedItem | undefined, subject: string) =>
  reported?.[`thing ${subject}`] !== undefined;

/** A thing by its name in reports and in the history of decisions. */
export const subjectOf = (kind: WrittenKind, thing: Written): string => `${kind}:${Reflect.get(thing, kinds[kind].id)}`;

/** The kind of a subject. Contracts let through no other. */
export const kindOf = (subject: string) => subject.split(':')[0] as WrittenKind;

/** The id in a subject. */
export const idIn = (subject: string) => subject.slice(subject.indexOf(':') + 1);

/** What the thing that a subject names says. */
export function saidBy(subject: string, thing: Written): Said {
  const { says } = kinds[kindOf(subject)];
  // The thing was read by its subject (`thingRef`), so it is of this kind.
  return (says as (of: never) => Said)(thing as never);
}

/** The item that a subject of a group names. `kinds.ts` holds a row to an entity that is found by this key. */
function placeOf(
  groupId: string,
  subject: string,
): { readonly entity: WrittenEntity; readonly key: KeyOf<WrittenEntity> } {
  const { entity, id } = kinds[kindOf(subject)];
  return { entity, key: { groupId, [id]: idIn(subject) } as KeyOf<WrittenEntity> };
}

export function thingRef(groupId: string, subject: string): Reference<Written> {
  const { entity, key } = placeOf(groupId, subject);
  return ref(entity, key);
}

/** Hides a thing that is there, or shows it again. */
export function hiddenWrite(groupId: string, subject: string, hiddenAt: string | undefined) {
  const { entity, key } = placeOf(groupId, subject);
  return patch(entity, key, hiddenAt === undefined ? { remove: ['hiddenAt'] } : { set: { hiddenAt } });
}

/** Asks that a thing is there. */
export function thereStill(groupId: string, subject: string) {
  const { entity, key } = placeOf(groupId, subject);
  return check(entity, key);
}
