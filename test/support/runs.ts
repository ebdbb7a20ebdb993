/**
 * How often a race or a random game is run: often enough to find errors, not often enough to be certain. RUNS=5
 * multiplies it by five; the quick circle plays a third.
 */
export const runs = (usual: number): number => Math.ceil(usual * Number(process.env.RUNS ?? 1));
