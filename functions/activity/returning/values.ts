/** How somebody goes on after time away (row 144). */
export const choices = ['GO_ON', 'EXCUSE', 'FEWER', 'REST', 'LEAVE'] as const;
export type Choice = (typeof choices)[number];
