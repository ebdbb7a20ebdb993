/** Row 28; a membership that ends by a removal ends the application that led to it. */
export const applicationStates = ['PENDING', 'ACCEPTED', 'REJECTED', 'WITHDRAWN', 'KICKED'] as const;
export type ApplicationState = (typeof applicationStates)[number];
