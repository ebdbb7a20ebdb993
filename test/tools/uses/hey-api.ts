import { createClient } from '../../../.build/tools/hey-api/client/index.ts';
import { createGroup, getGroup, signUp } from '../../../.build/tools/hey-api/index.ts';
import { challengeOf, type Scene, there, type Used } from './scene.ts';

export async function use(scene: Scene): Promise<Used> {
  const { apiUrl, ticket, password, nickname } = scene;
  const guest = createClient({ baseUrl: apiUrl });
  const account = there((await signUp({ client: guest, body: { ticket, password, nickname } })).data);
  const client = createClient({ baseUrl: apiUrl, auth: () => there(account.session).accessToken });
  const group = there((await createGroup({ client, body: challengeOf(scene) })).data);
  const again = there((await getGroup({ client, path: { groupId: group.id } })).data);
  const { error } = await createGroup({ client, body: { ...challengeOf(scene), title: ' ' } });
  return { nickname: account.nickname, title: again.title, refusal: there(error).code };
}
