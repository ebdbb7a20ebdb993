import { socketsOf } from '../../../shared/adapters/sockets.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { socketFunction } from '../../../shared/socket/pipeline.ts';
import { contract } from './contract.ts';
import * as service from './service.ts';
import { services } from './socket.ts';

export const http = /* @__PURE__ */ httpFunction(contract, service, { sockets: socketsOf });
export const socket = /* @__PURE__ */ socketFunction(contract, services, { sockets: socketsOf });
