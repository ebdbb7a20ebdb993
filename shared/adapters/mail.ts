import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import type { Platform } from '../core/platform.ts';
import { clientConfig, inTime, required } from './aws.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
}

export function mailerOf(platform: Platform): Mailer {
  const client = inTime(new SESClient(clientConfig(platform, 'SES')), platform);
  const Source = required(platform.environment, 'MAIL_FROM');
  const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
  return {
    async send({ to, subject, text, html }) {
      await client.send(
        new SendEmailCommand({
          Source,
          Destination: { ToAddresses: [to] },
          Message: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
        }),
      );
    },
  };
}
