import { httpFunction } from '../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as likes from './likes.ts';
import { listGroups } from './service.ts';

export const http = /* @__PURE__ */ httpFunction(contract, { listGroups, ...likes });
