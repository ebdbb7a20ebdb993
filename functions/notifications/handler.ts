import { socketsOf } from '../../shared/adapters/sockets.ts';
import { streamFunction } from '../../shared/events/stream.ts';
import { httpFunction } from '../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, service);
export const stream = /* @__PURE__ */ streamFunction(contract, service, { sockets: socketsOf });
