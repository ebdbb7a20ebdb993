/** The cost of one use case: filled while it runs, logged at its end, asserted by tests. */
export interface Meter {
  /** Calls to the table. */
  requests: number;
  /** Sequential waits for the table. Calls made at the same time count once. */
  roundTrips: number;
  /** Capacity units as DynamoDB reports them; half units occur. */
  readUnits: number;
  writeUnits: number;
  /**
   * Write units of refused writes. DynamoDB bills them and does not report them, so they are computed from the sizes of the
   * items: an estimate. Items of a transaction count twice.
   */
  refusedUnits: number;
}

export const newMeter = (): Meter => ({ requests: 0, roundTrips: 0, readUnits: 0, writeUnits: 0, refusedUnits: 0 });

const unit = 1024;
/** The units of one write: one for each KB of the larger of the item that was there and the item to be. */
export const unitsOf = (...items: readonly unknown[]) =>
  Math.max(1, ...items.map((item) => (item ? Math.ceil(Buffer.byteLength(JSON.stringify(item)) / unit) : 1)));

/** Wraps calls so that the meter can tell calls made at the same time from calls made one after another. */
export function roundTripCounter(meter: Meter) {
  let open = 0;
  return async <T>(call: () => Promise<T>): Promise<T> => {
    if (open++ === 0) meter.roundTrips++;
    meter.requests++;
    try {
      return await call();
    } finally {
      open--;
    }
  };
}
