import { feature } from '../../../shared/core/contract.ts';
import { counterRights } from '../../../shared/data/counters.ts';

/**
 * Counters that check themselves (row 129). Each change of a counter, or of the things it counts, leaves a mark for the
 * day. The runs of the night compare the marked counters, a bounded number each, until no mark is left. By hand: invoke the
 * function with `{"job": "reconcile", "at": "<now>"}`.
 */
export const contract = feature({
  name: 'reconciliation',
  summary: 'Checks counters against what they count, and repairs drift',
  jobs: {
    reconcile: {
      summary: 'Checks the counters that changed until yesterday',
      schedule: { cron: '0/10 3-4 * * ? *', zone: 'Asia/Seoul' },
    },
  },
  rights: {
    job: {
      read: counterRights.read,
      query: ['marked', ...counterRights.query],
      write: ['Mark', ...counterRights.write],
    },
  },
  tuning: { job: { timeout: 600 } },
});
