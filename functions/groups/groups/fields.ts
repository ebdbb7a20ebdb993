/** Parts of answers about groups, which those of administrators have, too. */
import * as z from 'zod';
import { id, instant } from '../../../shared/core/contract.ts';
import { accountDecisionKinds, groupDecisionKinds } from '../../../shared/product/decision-kinds.ts';

const where = z.string().nullable().meta({ description: 'For an attendance, `{seasonId}:{week}`; else null' });

const decisionOn = <K extends string>(kinds: readonly K[]) =>
  z.object({
    id,
    decidedAt: instant,
    by: z.object({ id, nickname: z.string() }),
    subject: z
      .object({ kind: z.enum(kinds), id: z.string(), nickname: z.string().nullable(), detail: where })
      .meta({ description: 'The thing or the person decided on; people with their nickname' }),
    author: z.object({ id, nickname: z.string() }).nullable().meta({
      description:
        'The person whose certification, record, request or content it is. Null if the subject is a person, or if it was not kept',
    }),
    before: z.string(),
    after: z.string(),
    reason: z.string().nullable(),
  });

export const groupDecision = decisionOn(groupDecisionKinds).meta({ id: 'Decision' });
export const accountDecision = decisionOn(accountDecisionKinds).meta({ id: 'AccountDecision' });
