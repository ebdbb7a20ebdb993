/** Row 147: changes how loud a group is. What shows it follows at once, and asks again if moim says no. */
import { changed } from './cache.ts';
import { api } from './session.ts';

type Change = NonNullable<Parameters<typeof api.volumes.editVolume>[0]['body']>;

/** @throws what moim refuses it with */
export async function setLoudness(groupId: string, body: Change): Promise<void> {
  await api.volumes.editVolume({ params: { groupId }, body });
  await Promise.all([changed('me', 'volumes'), changed('group', groupId, 'page')]);
}
