import { applicationStates } from './values.ts';

/** What an application may be for another to take its place: anything that nobody waits for. */
export const settledStates = applicationStates.filter((state) => state !== 'PENDING');
