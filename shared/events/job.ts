import type { Feature, Job } from '../core/contract.ts';
import { type Deployable, deployable } from '../core/deployable.ts';
import { type Adapters, type Deps, kernelOf } from '../kernel.ts';
import { failingPlainly } from '../observe/log.ts';

/** What EventBridge Scheduler sends: which job, and for which instant (ISO 8601, not when it arrives). */
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

/** The job function of a feature. A job gives back counts, which are logged; what it throws makes the scheduler repeat. */
export function jobFunction<J extends Jobs, const A extends Adapters = Record<never, never>>(
  contract: Pick<Feature, 'name'> & { readonly jobs: J },
  services: JobServices<J, A>,
  adapters: A = {} as A,
): Deployable<JobEvent, Readonly<Record<string, number>>> {
  return deployable((platform) => {
    const { log, open } = kernelOf(platform, adapters);
    return async ({ job, at }) => {
      if (!Object.hasOwn(contract.jobs, job)) throw new Error(`${contract.name} has no job "${job}"`);
      const now = Date.parse(at);
      if (Number.isNaN(now)) throw new Error(`"${at}" is no instant`);
      const { deps, meter } = open();
      const counts = await failingPlainly(log, () => services[job]!({ now }, deps));
      log.info({ job, at, ...counts, ...meter }, 'done');
      return counts;
    };
  });
}
