/**
 * Metrics in CloudWatch's Embedded Metric Format: fields of a log line that CloudWatch reads as numbers, so counting
 * costs no call and no line of its own.
 *
 * @param counts name to value; zeros are left out, because a metric that is always there costs the same as one that tells
 * @param dimensions what to group by; few values each, or the bill grows
 */
export function metrics(
  now: number,
  counts: Readonly<Record<string, number>>,
  dimensions: Readonly<Record<string, string>>,
) {
  const told = Object.entries(counts).filter(([, value]) => value !== 0);
  if (told.length === 0) return {};
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: 'moim',
          Dimensions: [Object.keys(dimensions)],
          Metrics: told.map(([Name]) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
    ...dimensions,
    ...Object.fromEntries(told),
  };
}
