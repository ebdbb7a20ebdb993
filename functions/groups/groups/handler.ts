import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import { listDecisions } from './decisions.ts';
import { downloadFile } from './downloads.ts';
import { editGroup } from './edit.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(
  contract,
  { ...service, editGroup, listDecisions, downloadFile },
  { bucket: bucketOf },
);
