import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';

export interface Mail {
  readonly to: string;
  /** SES repeats it in its reports about the mail. */
  readonly template: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  /**
   * Hands a mail to SES. If SES will never accept it, gives back the error code. The text of the error is left out
   * because it contains the address. There is one try. A repetition waits in a queue, because a second try within the
   * same second would be throttled too.
   *
   * @param signal ends the try
   * @throws an error of SES if another try may help: SES is throttled, paused or unavailable, or the deployment is set
   * up wrongly
   */
  send(mail: Mail, signal: AbortSignal): Promise<string | undefined>;
}

/** Errors that are caused by the mail itself, so a repetition cannot help. */
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
