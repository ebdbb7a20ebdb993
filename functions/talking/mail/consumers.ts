import { mailerOf } from '../../../shared/adapters/mail.ts';
import { consumersOf } from '../../../shared/events/consumers.ts';
import type { contract } from './contract.ts';
import { sendMail } from './service.ts';

export const consumers = /* @__PURE__ */ consumersOf<typeof contract>()({ sendMail }, { mailer: mailerOf });
