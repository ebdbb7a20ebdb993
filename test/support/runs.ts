/**
 * How often a race is run, or something random played: as often as finds what is wrong, and not what would be certain.
 * RUNS=5 does all of it five times as often.
 */
export const runs = (usual: number): number => usual * Number(process.env.RUNS ?? 1);
