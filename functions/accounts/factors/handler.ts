import { deviceKeysOf } from '../../../shared/adapters/signing-key.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as passkeys from './passkeys.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, { ...service, ...passkeys }, { deviceKeys: deviceKeysOf });
