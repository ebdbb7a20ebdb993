import { bucketOf } from '../../shared/adapters/bucket.ts';
import { mailerOf } from '../../shared/adapters/mail.ts';
import { signingKeysOf } from '../../shared/adapters/signing-key.ts';
import { streamFunction } from '../../shared/events/stream.ts';
import { mailCode } from '../accounts/mail-code.ts';
import { sendMail } from '../mail/service.ts';
import { dropPicture, dropUpload } from '../profiles/cleanup.ts';
import { contract } from './contract.ts';

export const stream = /* @__PURE__ */ streamFunction(
  contract,
  { mailCode, sendMail, dropPicture, dropUpload },
  { signingKeys: signingKeysOf, mailer: mailerOf, bucket: bucketOf },
);
