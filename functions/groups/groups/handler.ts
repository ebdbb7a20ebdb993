import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { uploadKeysOf } from '../../../shared/adapters/signing-key.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import { listDecisions } from './decisions.ts';
import { downloadFile } from './downloads.ts';
import { editGroup } from './edit.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(
  contract,
  { ...service, editGroup, listDecisions, downloadFile },
  { bucket: bucketOf, uploadKeys: uploadKeysOf },
);
