/**
 * The end of items, as the rows declare it: which items a purge of a group and an erasure of an account delete, and
 * which an archive of own data holds. The jobs carry it out (`deleting.ts`, `privacy/archive.ts`). Their rights follow
 * from it.
 */
import { isIndexKey } from './keys.ts';
import type { Fate, InArchive, Way } from './kind.ts';
import { type EntityName, entities, type Items, type PatternName } from './registry.ts';

export type Owner = 'group' | 'account';

/** Items of one kind to find: all items of a pattern's partition; without a pattern, the one item with the key. */
export interface Finding {
  readonly entity: EntityName;
  readonly pattern: PatternName | undefined;
  /** The attribute of the items that holds the owner's id. */
  readonly own: string;
}

/** Items of one kind to delete. Items that are only found through them are deleted `first`. */
export interface Deletion extends Finding {
  readonly first: readonly Deletion[];
}

/** An entry of the archive of own data. `with` names the kind whose items lead to the items of the entry. */
export type Entry = { readonly as: string; readonly entity: EntityName } & (
  | { readonly found: Finding; readonly with: EntityName | undefined }
  | { readonly found?: undefined }
);

/** The kinds for which an erasure calls code of their feature. */
export type ErasedByCode = {
  [E in EntityName]: Items[E] extends { readonly fate: { readonly account: { readonly by: string } } } ? E : never;
}[EntityName];
/** The kinds whose entry in the archive is made by code of their feature. */
export type ArchivedByCode = {
  [E in EntityName]: Items[E] extends { readonly archive: { readonly by: string } } ? E : never;
}[EntityName];

const names = Object.keys(entities) as EntityName[];

/** The fate of a kind's items when their group is purged, or their account erased. */
export const fateOf = (entity: EntityName, owner: Owner): Fate | undefined => entities[entity].fate?.[owner];

// A row names kinds and patterns as texts, because the compiler does not know all of them yet. `fates.test.ts` checks
// that they exist.
const finding = (entity: EntityName, owner: Owner, way: Way): Finding => ({
  entity,
  pattern: 'pattern' in way ? (way.pattern as PatternName) : undefined,
  own: entities[entity].of?.[owner] ?? '',
});
const withOf = (way: Way) => way.with as EntityName | undefined;

function deletions(owner: Owner, by: EntityName | undefined): Deletion[] {
  return names.flatMap((entity) => {
    const fate = fateOf(entity, owner);
    if (!fate || !('dropped' in fate) || withOf(fate.dropped) !== by) return [];
    return [{ ...finding(entity, owner, fate.dropped), first: deletions(owner, entity) }];
  });
}

/** The items that are deleted with a group, and with an account. */
export const deleted: Readonly<Record<Owner, readonly Deletion[]>> = {
  group: deletions('group', undefined),
  account: deletions('account', undefined),
};

/** The entries of the archive of own data. */
export const archived: readonly Entry[] = names.flatMap((entity): Entry[] => {
  const archive: InArchive | undefined = entities[entity].archive;
  if (!archive || 'not' in archive) return [];
  if ('by' in archive) return [{ as: archive.as, entity }];
  const { as, found } = archive;
  return [{ as, entity, found: finding(entity, 'account', found), with: withOf(found) }];
});

/** The part of a function's rights that follows from the rows. */
interface TableRights {
  readonly read: readonly EntityName[];
  readonly query: readonly PatternName[];
  readonly remove: readonly EntityName[];
}

const queried = (all: readonly Finding[]) => all.flatMap(({ pattern }) => (pattern ? [pattern] : []));

function deletingRights(roots: readonly Deletion[]): TableRights {
  const flat = (some: readonly Deletion[]): Deletion[] => some.flatMap((each) => [each, ...flat(each.first)]);
  const all = flat(roots);
  return {
    // An item that leads to others is read before it is deleted.
    read: all.filter(({ pattern, first }) => !pattern && first.length > 0).map(({ entity }) => entity),
    query: queried(all),
    remove: all.map(({ entity }) => entity),
  };
}

/** The rights to delete a group's items, except the group itself and items that are deleted in another way (`goes`). */
export const purgeRights = deletingRights(deleted.group);
/** The rights to delete an account's items, except the account itself and items that are deleted by code (`goes`). */
export const eraseRights = deletingRights(deleted.account);
/** The rights to read the entries of the archive, except those that are made by code. */
export const archiveRights: Omit<TableRights, 'remove'> = {
  read: archived.flatMap(({ entity, found }) => (found && !found.pattern ? [entity] : [])),
  query: queried(archived.flatMap(({ found }) => found ?? [])),
};

const ofTable: readonly string[] = ['pk', 'sk', 'type', 'v', 'mark', 'expiresAt'];

/** An item as its owner may see it: without attributes of the table, and without secrets. */
export const ownView = (entity: EntityName, item: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(item).filter(
      ([name]) => !ofTable.includes(name) && !isIndexKey(name) && !entities[entity].secret?.includes(name),
    ),
  );
