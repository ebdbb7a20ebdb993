import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as looking from './looking.ts';
import { decidePlan, reportPlan } from './plans.ts';
import * as messages from './private-messages.ts';
import * as service from './service.ts';

export const http = /* @__PURE__ */ httpFunction(
  contract,
  { ...service, ...looking, ...messages, reportPlan, decidePlan },
  { bucket: bucketOf },
);
