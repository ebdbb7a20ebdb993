import { deployable } from '../../../shared/core/deployable.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { socketFunction } from '../../../shared/socket/pipeline.ts';
import { judgeConnections } from './authorizer.ts';
import { contract } from './contract.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, service);
export const socket = /* @__PURE__ */ socketFunction(contract, service, {}, service);
export const socketAuthorizer = /* @__PURE__ */ deployable(judgeConnections);
