import { feature } from '../../../shared/core/contract.ts';

/** Once a minute, for all features: the kinds stand in their contracts under `due`, and their rights are added to these. */
export const contract = feature({
  name: 'minute',
  summary: 'Does what is due: what other features have left to the clock',
  jobs: {
    // A rate counts from when the schedule was made; this comes at whole minutes.
    tick: { summary: 'Works what has become due', schedule: { cron: '* * * * ? *', zone: 'UTC' } },
  },
  answersFor: ['due'],
  rights: { job: { query: ['dueEntries'], write: ['Due', 'Lease'] } },
  // Archives are made here, and images read for them: with less memory comes less of a processor.
  tuning: { job: { memory: 1769, timeout: 900 } },
});
