import type { Feature, Job } from '../core/contract.ts';
import { type Deployable, deployable } from '../core/deployable.ts';
import { type Adapters, type Deps, kernelOf } from '../kernel.ts';
import { failingPlainly } from '../observe/log.ts';

/**
 * The event of EventBridge Scheduler: the job, and the scheduled instant (ISO 8601), which is not the time of arrival.
 */
export interface JobEvent {
  readonly job: string;
  readonly at: string;
}
/** A run of a job. `now` is the scheduled instant, so a repetition of the same run sees the same time. */
export interface JobRun {
  readonly now: number;
}

type Jobs = Readonly<Record<string, Job>>;
export type JobServices<J extends Jobs, A extends Adapters> = {
  readonly [Name in keyof J]: (run: JobRun, deps: Deps<A>) => Promise<Readonly<Record<string, number>>>;
};

/**
 * The job function of a feature. A job gives back counts, which are logged. If it throws, the scheduler repeats the
 * run.
 */
export function jobFunction<J extends Jobs, const A extends Adapters = Record<never, never>>(
  contract: Pick<Feature, 'name'> & { readonly jobs: J },
  services: JobServices<J, A>,
  adapters: A = {} as A,
): Deployable<JobEvent, Readonly<Record<string, number>>> {
  return deployable((platform) => {
    const { log, open } = kernelOf(platform, adapters);
    return async ({ job, at }) => {
      if (!Object.hasOwn(contract.jobs, job))
        throw new Error(
          `${contract.name} has no job "${job}": its contract declares ${Object.keys(contract.jobs).join(', ')}`,
        );
      const now = Date.parse(at);
      if (Number.isNaN(now)) throw new Error(`"${at}" is no instant: use ISO 8601, such as 2026-11-20T00:00:00Z`);
      const { deps, meter } = open(`${contract.name}.${job}`);
      const counts = await failingPlainly(log, () => services[job]!({ now }, deps));
      log.info({ job, at, ...counts, ...meter }, 'done');
      return counts;
    };
  });
}
