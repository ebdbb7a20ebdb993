import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as service from './service.ts';
import { listVoters } from './voters.ts';
import * as voting from './voting.ts';

export const http = /* @__PURE__ */ httpFunction(contract, { ...service, ...voting, listVoters }, { bucket: bucketOf });
