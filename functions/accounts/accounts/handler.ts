import { codeKeysOf, deviceKeysOf } from '../../../shared/adapters/signing-key.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as service from './service.ts';
import * as undoing from './undo-email.ts';
import * as verification from './verification.ts';

export const http = /* @__PURE__ */ httpFunction(
  contract,
  { ...service, ...verification, ...undoing },
  { deviceKeys: deviceKeysOf, codeKeys: codeKeysOf },
);
