import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as groups from './groups.ts';
import * as looking from './looking.ts';
import * as service from './service.ts';
import * as suspending from './suspending.ts';

export const http = /* @__PURE__ */ httpFunction(contract, { ...looking, ...service, ...groups, ...suspending });
