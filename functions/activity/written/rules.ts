/** A thing that can be reported: who wrote it, and since when it is hidden. */
export interface Reportable {
  readonly accountId: string;
  readonly hiddenAt?: string;
}

/**
 * Row 83: whether a thing is kept from somebody who might see it otherwise. Its author sees it, and that it is hidden; so
 * do those who decide on it. From the moment of the report, its reporter does not see it.
 */
export const isKeptFrom = (
  { accountId, hiddenAt }: Reportable,
  viewerId: string,
  { hides, reported }: { readonly hides: boolean; readonly reported: boolean },
) => !hides && accountId !== viewerId && (hiddenAt !== undefined || reported);
