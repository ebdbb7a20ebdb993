/** A thing that a member has written: who wrote it, whether it waits for approval, and since when it is hidden. */
export interface Written {
  readonly accountId: string;
  /** Only of kinds that are approved. */
  readonly status?: string;
  readonly hiddenAt?: string;
}

/** What a thing says, for those who decide on a report. */
export interface Said {
  readonly text?: string | undefined;
  readonly link?: string | undefined;
  /** As certifications keep them, or with the `key` of their object. Pixels. */
  readonly photos?: readonly {
    readonly id: string;
    readonly key?: string;
    readonly width: number;
    readonly height: number;
  }[];
  /** The names of its other files. */
  readonly files?: readonly string[];
  readonly writtenAt: string;
  /** Of a kind whose deleted things leave an empty place. */
  readonly deletedAt?: string | undefined;
}

/** What the viewer's part in the group is, and what they have done about the thing and its writer. */
export interface View {
  readonly viewerId: string;
  /** Whether they decide on things of this kind (`judges` in `kinds.ts`). */
  readonly judges: boolean;
  /** Whether they decide on reports. */
  readonly hides: boolean;
  readonly reported: boolean;
  readonly blocked: boolean;
}

/** Row 55: only its writer and those who decide on it see a thing that is not approved. */
export const mayView = (
  { status, accountId }: Pick<Written, 'status' | 'accountId'>,
  viewerId: string,
  judges: boolean,
) => status === undefined || status === 'APPROVED' || accountId === viewerId || judges;

/**
 * Row 83: whether a thing is kept from somebody who might see it otherwise. Its author sees it, and that it is hidden; so
 * do those who decide on it. From the moment of the report, its reporter does not see it.
 */
export const isKeptFrom = (
  { accountId, hiddenAt }: Pick<Written, 'accountId' | 'hiddenAt'>,
  viewerId: string,
  { hides, reported }: Pick<View, 'hides' | 'reported'>,
) => !hides && accountId !== viewerId && (hiddenAt !== undefined || reported);

/**
 * Whether somebody sees a thing: by its status (row 55), by reports (row 83), and by blocks (row 84). Those who decide on
 * things see them in spite of a block, because the things wait for them.
 */
export const isSeen = (thing: Written, { viewerId, judges, hides, reported, blocked }: View) =>
  mayView(thing, viewerId, judges) && !isKeptFrom(thing, viewerId, { hides, reported }) && (judges || !blocked);
