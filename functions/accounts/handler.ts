import { mailerOf } from '../../shared/adapters/mail.ts';
import { signingKeyOf } from '../../shared/adapters/signing-key.ts';
import { streamFunction } from '../../shared/events/stream.ts';
import { httpFunction } from '../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, service, { signingKey: signingKeyOf });
export const stream = /* @__PURE__ */ streamFunction(contract, service, { signingKey: signingKeyOf, mailer: mailerOf });
