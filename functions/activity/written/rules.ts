/** Of a thing that can be reported: who wrote it, and since when it is hidden. */
export interface Reportable {
  readonly accountId: string;
  readonly hiddenAt?: string;
}

/**
 * Row 83: whether a thing is kept from somebody who might see it otherwise. Not from its author, who sees that it is
 * hidden; nor from those who decide on it. A reporter sees it no more from the moment of the report.
 */
export const isKeptFrom = (
  { accountId, hiddenAt }: Reportable,
  viewerId: string,
  { hides, reported }: { readonly hides: boolean; readonly reported: boolean },
) => !hides && accountId !== viewerId && (hiddenAt !== undefined || reported);
