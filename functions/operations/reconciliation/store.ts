/** A subject whose counters are to be looked at once the day is over. */
export interface MarkItem {
  readonly shard: string;
  readonly day: string;
  readonly subject: string;
  /** Drift that was seen by way of an index, which may lag: it is mended where it is seen again. */
  readonly seen?: readonly string[];
  readonly expiresAt: number;
}
