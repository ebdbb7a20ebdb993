import { bucketOf } from '../../../shared/adapters/bucket.ts';
import { httpFunction } from '../../../shared/http/pipeline.ts';
import { contract } from './contract.ts';
import * as discipline from './discipline.ts';
import * as leading from './leading.ts';
import * as service from './service.ts';

const { joinGroup, addMember, listMembers, leaveGroup, listDecisions } = service;
const { handOver, succeedLeader, setMemberRole } = leading;
const { kickMember, liftKick, warnMember } = discipline;

export const http = /* @__PURE__ */ httpFunction(
  contract,
  {
    joinGroup,
    addMember,
    listMembers,
    leaveGroup,
    handOver,
    succeedLeader,
    setMemberRole,
    kickMember,
    liftKick,
    warnMember,
    listDecisions,
  },
  { bucket: bucketOf },
);
