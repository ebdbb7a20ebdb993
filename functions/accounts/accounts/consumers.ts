import { mailerOf } from '../../../shared/adapters/mail.ts';
import { signingKeysOf } from '../../../shared/adapters/signing-key.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { mailCode } from './mail-code.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()(
  { mailCode },
  { signingKeys: signingKeysOf, mailer: mailerOf },
);
