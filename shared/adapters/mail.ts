import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';

export interface Mail {
  readonly to: string;
  /** Comes back with what SES reports of the mail. */
  readonly template: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  /**
   * Hands a mail to SES. Gives back why SES will never take it, if so: its code, without the text, which holds the
   * address. Rejects where another try may help: SES is throttled, paused or away, or the deployment's set-up is wrong.
   * There is one try: what is tried again waits in a queue, since a second within the second is throttled too.
   *
   * @param signal gives the try up
   */
  send(mail: Mail, signal: AbortSignal): Promise<string | undefined>;
}

/** What lies in the mail itself. */
const forGood = new Set(['MessageRejected', 'InvalidParameterValue']);

export function mailerOf(platform: Platform): Mailer {
  const client = inTime(new SESClient({ ...clientConfig(platform, 'SES'), maxAttempts: 1 }), platform);
  const Source = required(platform.environment, 'MAIL_FROM');
  const ConfigurationSetName = required(platform.environment, 'MAIL_CONFIGURATION_SET');
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    async send({ to, template, subject, text, html }, abortSignal) {
      const command = new SendEmailCommand({
        Source,
        ConfigurationSetName,
        Tags: [{ Name: 'template', Value: template }],
        Destination: { ToAddresses: [to] },
        Message: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
      });
      try {
        await client.send(command, { abortSignal });
        return undefined;
      } catch (error) {
        if (error instanceof Error && forGood.has(error.name)) return error.name;
        throw error;
      }
    },
  };
}
