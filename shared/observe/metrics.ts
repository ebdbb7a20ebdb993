/**
 * Metrics in CloudWatch's Embedded Metric Format: fields of a log line that CloudWatch reads as numbers, so counting
 * needs no extra call and no extra line.
 *
 * @param counts name to value; zeros are left out, because a metric costs money in every hour in which it is written
 * @param dimensions what to group by; keep the number of values small, because each combination costs money
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
