/** Which mails an address takes: all, those about the security of an account alone, or none. */
export const mailsTaken = ['ALL', 'SECURITY', 'NONE'] as const;
export type MailsTaken = (typeof mailsTaken)[number];
