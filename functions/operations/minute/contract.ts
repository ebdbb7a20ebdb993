import { feature } from '../../../shared/core/contract.ts';

/** Runs once a minute for all features. Their contracts name the kinds under `due`, whose rights are added to these. */
export const contract = feature({
  name: 'minute',
  summary: 'Runs the due work of all features every minute',
  jobs: {
    // A rate would count from the creation of the schedule. A cron expression runs at whole minutes.
    tick: { summary: 'Runs all work that is due', schedule: { cron: '* * * * ? *', zone: 'UTC' } },
  },
  answersFor: ['due'],
  rights: { job: { query: ['dueEntries'], write: ['Due', 'Lease'] } },
  // This function builds archives and reads images for them. Less memory would mean less processor time.
  tuning: { job: { memory: 1769, timeout: 900 } },
});
