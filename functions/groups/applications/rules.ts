/** Row 28; a membership that ends by a removal ends the application that led to it. */
const states = ['PENDING', 'ACCEPTED', 'REJECTED', 'WITHDRAWN', 'KICKED'] as const;
export type ApplicationState = (typeof states)[number];

/** What an application may be for another to take its place: anything that nobody waits for. */
export const settledStates = states.filter((state) => state !== 'PENDING');
