/** What the requests of the area `activity` name that must live, for `samples.ts`. */
import { upload } from '../support/moim.ts';
import { itemsOf, put } from '../support/table.ts';
import {
  approved,
  away,
  begin,
  fromToday,
  type Given,
  skippable,
  smallGroup,
  tokenOf,
  waiting,
  withExcuse,
  withMission,
} from './givens.ts';
import { foundGroup, linkOf, type World } from './world.ts';

export const ofActivity: Readonly<Record<string, (world: World) => Promise<Given>>> = {
  editMission: async (world) => ({ ...(await withMission(world)), body: { title: 'Another title' } }),
  endMission: withMission,
  deleteMission: withMission,
  requestExcuse: async (world) => ({
    ...(await smallGroup(world)),
    body: { ...fromToday(world.moim), reason: 'Travelling' },
  }),
  async withdrawExcuse(world) {
    const { excused } = await withExcuse(world);
    return excused;
  },
  grantExcuse: async (world) => (await withExcuse(world)).judged,
  refuseExcuse: async (world) => ({ ...(await withExcuse(world)).judged, body: { reason: 'Too long' } }),
  comeBack: away,
  async clearQuota(world) {
    const given = await away(world);
    const { groupId, missionId } = given.ids!;
    const [member] = await itemsOf(world.moim, 'Membership', { groupId, accountId: given.accountId });
    await put(world.moim, 'Membership', { ...member, quotas: `2026-02-02/${missionId}/1` });
    return given;
  },
  makeProgressLink: smallGroup,
  async removeProgressLink(world) {
    const { token, ids, leader } = await smallGroup(world);
    return { token, ids: { ...ids, linkId: await linkOf(leader, ids as { groupId: string }) } };
  },
  skipMission: skippable,
  async submitCertification({ moim, leader, ids }) {
    await moim.clock.advance(6_000);
    const group = await foundGroup(leader);
    await begin(moim, group.missionId);
    return { ids: { ...ids, ...group }, body: { uploadIds: [await upload(leader, group.groupId)] } };
  },
  editCertification: async (world) => ({
    token: tokenOf(world.member),
    ids: await waiting(world),
    body: { text: 'Chapter 4' },
  }),
  deleteCertification: async (world) => ({ token: tokenOf(world.member), ids: await waiting(world) }),
  async decideCertifications(world) {
    const ids = await waiting(world);
    return { ids, body: { ids: [ids.certificationId], decision: 'APPROVED' } };
  },
  async nudge(world) {
    const given = await withMission(world);
    return { ...given, body: { to: given.ids!.accountId } };
  },
  cheer: async (world) => ({ ids: await approved(world), body: { kind: 'HEART' } }),
  async takeBackCheer(world) {
    const ids = await approved(world);
    await world.leader.put(`/v1/groups/${ids.groupId}/certifications/${ids.certificationId}/cheers/me`, {
      kind: 'STAR',
    });
    return { ids };
  },
  async leaveLeagues(world) {
    await world.leader.put('/v1/accounts/me/league', {});
    return {};
  },
  approveCertification: async (world) => ({ ids: await waiting(world) }),
  denyCertification: async (world) => ({ ids: await waiting(world) }),
};
