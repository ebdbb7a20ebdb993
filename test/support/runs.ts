/**
 * How often a race or a random game is run: often enough to find errors, not often enough to be certain. RUNS=5
 * multiplies it by five.
 */
export const runs = (usual: number): number => usual * Number(process.env.RUNS ?? 1);
