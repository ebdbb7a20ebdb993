import { mailerOf } from '../../../shared/adapters/mail.ts';
import { codeKeysOf } from '../../../shared/adapters/signing-key.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { mailCode } from './mail-code.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()(
  { mailCode },
  { codeKeys: codeKeysOf, mailer: mailerOf },
);
