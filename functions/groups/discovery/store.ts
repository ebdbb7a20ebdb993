/** An entry of a list. A page reads the groups themselves, so an entry may lag: it never shows what may not be seen. */
export interface ListingItem {
  readonly list: string;
  /** Entries are asked for in the order of this text; under one key an entry never moves. */
  readonly order: string;
  readonly groupId: string;
  /** What filters ask for, of the group: spares reading groups that are filtered out. Words do without. */
  readonly traits?: readonly string[];
  /** Of an entry that has moved: it stands here from, or until, this instant. Pages go on in the list as it was at their first. */
  readonly from?: string;
  readonly until?: string;
}

/** What stands in the lists of a group: in each of `facets` by each of `orders`, and in the lists of `words`. */
export interface ListedItem {
  readonly groupId: string;
  /** Goes up with each change: who has read an older one may not write. */
  readonly serial: number;
  readonly facets: readonly string[];
  readonly traits: readonly string[];
  readonly orders: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

export interface LikeItem {
  readonly accountId: string;
  readonly groupId: string;
  readonly likedAt: string;
}
