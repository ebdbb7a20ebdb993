import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import { pushOf } from './push.ts';
import { pushKeysOf } from './push-keys.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, service, { pushKeys: pushKeysOf, push: pushOf });
