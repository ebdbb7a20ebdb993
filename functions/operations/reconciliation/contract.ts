import { feature } from '../../../shared/core/contract.ts';
import { counterRights } from '../../../shared/data/counters.ts';

/**
 * Counters that check themselves (row 129). Whatever moves a counter, or changes the things it counts, leaves a mark for the day; the night's
 * runs look at what is marked, a bounded number each, until nothing is left. By hand: invoke the function with
 * `{"job": "reconcile", "at": "<now>"}`.
 */
export const contract = feature({
  name: 'reconciliation',
  summary: 'Compares every counter with what it counts, tells of drift and mends it',
  jobs: {
    reconcile: {
      summary: 'Compares the counters that moved until yesterday with what they count',
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
