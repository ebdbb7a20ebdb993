/**
 * What the rows say of the end of items: what a purge of a group and the erasing of an account delete, and what an
 * archive of own data holds. The jobs carry it out (`deleting.ts`, `privacy/archive.ts`); their rights follow from it.
 */
import { isIndexKey } from './keys.ts';
import type { Fate, InArchive, Way } from './kind.ts';
import { type EntityName, entities, type Items, type PatternName, patterns } from './registry.ts';

export type Owner = 'group' | 'account';

/** Items of one kind to find. They lie in a pattern's partition; without a pattern it is one item, by its key. */
export interface Finding {
  readonly entity: EntityName;
  readonly pattern: PatternName | undefined;
  /** The attribute that takes the owner's id. */
  readonly own: string;
}

/** Items of one kind to delete, and those of other kinds that are only found by way of them, which go first. */
export interface Deletion extends Finding {
  readonly first: readonly Deletion[];
}

/** An entry of the archive of own data, with the kind of which each item leads to some of it. */
export type Entry = { readonly as: string; readonly entity: EntityName } & (
  | { readonly found: Finding; readonly with: EntityName | undefined }
  | { readonly found?: undefined }
);

/** The kinds for which an erasing calls code of their feature. */
export type ErasedByCode = {
  [E in EntityName]: Items[E] extends { readonly fate: { readonly account: { readonly by: string } } } ? E : never;
}[EntityName];
/** The kinds whose entry in the archive is told by code of their feature. */
export type ArchivedByCode = {
  [E in EntityName]: Items[E] extends { readonly archive: { readonly by: string } } ? E : never;
}[EntityName];

const names = Object.keys(entities) as EntityName[];

/** What becomes of items of a kind when their group is purged, or their account erased. */
export const fateOf = (entity: EntityName, owner: Owner): Fate | undefined => entities[entity].fate?.[owner];

// Rows are declared before all kinds and patterns are known by name: a test sees to it that those they name exist.
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

/** What is deleted with a group, and with an account. */
export const deleted: Readonly<Record<Owner, readonly Deletion[]>> = {
  group: deletions('group', undefined),
  account: deletions('account', undefined),
};

/** What the archive of own data holds. */
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
  readonly write: readonly EntityName[];
}

const queried = (all: readonly Finding[]) => all.flatMap(({ pattern }) => (pattern ? [pattern] : []));

function deletingRights(roots: readonly Deletion[]): TableRights {
  const flat = (some: readonly Deletion[]): Deletion[] => some.flatMap((each) => [each, ...flat(each.first)]);
  const all = flat(roots);
  return {
    // An item that others are found by is read before it goes.
    read: all.filter(({ pattern, first }) => !pattern && first.length > 0).map(({ entity }) => entity),
    query: queried(all),
    write: all.map(({ entity }) => entity),
  };
}

/** What it takes to delete what is a group's: of the group itself, and of what `goes` in another way, nothing. */
export const purgeRights = deletingRights(deleted.group);
/** What it takes to delete what is an account's: of the account itself, and of what `goes` by code, nothing. */
export const eraseRights = deletingRights(deleted.account);
/** What it takes to read what the archive holds, but for what code tells. */
export const archiveRights: Omit<TableRights, 'write'> = {
  read: archived.flatMap(({ entity, found }) => (found && !found.pattern ? [entity] : [])),
  query: queried(archived.flatMap(({ found }) => found ?? [])),
};

/** Whether items of a pattern may be read as they are now: not on an index, which may lag. */
export const isExact = (pattern: PatternName) => patterns[pattern].index === undefined;

const ofTable: readonly string[] = ['pk', 'sk', 'type', 'v', 'mark', 'expiresAt'];

/** An item as its owner may have it: without how the table works, and without secrets. */
export const ownView = (entity: EntityName, item: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(item).filter(
      ([name]) => !ofTable.includes(name) && !isIndexKey(name) && !entities[entity].secret?.includes(name),
    ),
  );
