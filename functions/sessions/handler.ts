import { signingKeyOf } from '../../shared/adapters/signing-key.ts';
import { deployable } from '../../shared/core/deployable.ts';
import { httpFunction } from '../../shared/http/pipeline.ts';
import { judgeRequests } from './authorizer.ts';
import { contract } from './contract.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, service, { signingKey: signingKeyOf });
export const httpAuthorizer = /* @__PURE__ */ deployable(judgeRequests);
