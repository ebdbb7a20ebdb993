import * as z from 'zod';
import { type Deployable, deployable } from '../core/deployable.ts';
import { type Kernel, kernelOf } from '../kernel.ts';
import { failingPlainly } from '../observe/log.ts';

/** The parts of SES's EventBridge events that moim reads. The rule lets no other events through. */
const recipients = z.array(z.object({ emailAddress: z.string() }));
const mail = z.object({
  messageId: z.string(),
  /** When the mail was handed to SES. */
  timestamp: z.iso.datetime(),
  destination: z.array(z.string()),
  tags: z.object({ template: z.array(z.string()).optional(), from: z.array(z.string()).optional() }).optional(),
});
const report = z.discriminatedUnion('eventType', [
  z.object({
    eventType: z.literal('Bounce'),
    mail,
    bounce: z.object({ bounceType: z.string(), bouncedRecipients: recipients, timestamp: z.iso.datetime() }),
  }),
  z.object({
    eventType: z.literal('Complaint'),
    mail,
    complaint: z.object({
      complaintFeedbackType: z.string().nullish(),
      complainedRecipients: recipients,
      timestamp: z.iso.datetime(),
    }),
  }),
]);

/** A mail that bounced, or whose reader complained. */
export type MailReport = z.infer<typeof report>;

/**
 * The function that receives SES's reports of bounces and complaints through EventBridge, at least once. If it throws,
 * Lambda repeats the event. A report that cannot be parsed ends in the queue for failed jobs.
 */
export function mailFeedbackFunction(
  service: (report: MailReport, deps: Kernel) => Promise<void>,
): Deployable<{ readonly detail: unknown }, void> {
  return deployable((platform) => {
    const { log, open } = kernelOf(platform, {});
    return async ({ detail }) => {
      const { deps, meter } = open('mail feedback');
      await failingPlainly(log, () => service(report.parse(detail), deps));
      log.info({ ...meter }, 'mail report taken');
    };
  });
}
