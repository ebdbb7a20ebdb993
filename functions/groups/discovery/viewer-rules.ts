import { type GroupState, type GroupTerms, joinRefusal, kinds, pastOf } from '../core/rules.ts';
import type { ApplicationState, Kind } from '../core/values.ts';

/** What somebody is to a group that they look at, as it was read. */
interface Viewer {
  readonly member: Parameters<typeof pastOf>[0];
  readonly application: ApplicationState | undefined;
  /** In how many groups of the kind they are, if the kind has a limit. */
  readonly groupsOfKind: number;
}

type Refusal = NonNullable<ReturnType<typeof joinRefusal>> | 'ALREADY_APPLIED' | 'GROUP_LIMIT';

/**
 * Why somebody cannot join or apply now, by the group's own way; null if they can. It is what the attempt itself would
 * answer (rows 26-31), in the same order.
 */
export function viewerRefusal(
  today: string,
  group: GroupTerms & GroupState & { readonly kind: Kind },
  { member, application, groupsOfKind }: Viewer,
): Refusal | null {
  const refusal = joinRefusal(today, group, pastOf(member), group.joinPolicy);
  if (refusal && refusal !== 'JOIN_BY_OTHER_WAY') return refusal;
  if (group.joinPolicy === 'APPLY') return application === 'PENDING' ? 'ALREADY_APPLIED' : null;
  const { perAccount } = kinds[group.kind];
  return perAccount !== undefined && groupsOfKind >= perAccount ? 'GROUP_LIMIT' : null;
}
