import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';
import { type Mail, mimeOf } from './mail-mime.ts';

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
  return {
    async send(mail, abortSignal) {
      const command = new SendRawEmailCommand({
        Source,
        ConfigurationSetName,
        Tags: [{ Name: 'template', Value: mail.template }, ...(mail.from ? [{ Name: 'from', Value: mail.from }] : [])],
        // The reader is named here, so that no header of the message can add another.
        Destinations: [mail.to],
        RawMessage: { Data: await mimeOf(mail, Source, platform.now()) },
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
