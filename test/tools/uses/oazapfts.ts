import { createGroup, defaults, getGroup, signUp } from '../../../.build/tools/oazapfts.ts';
import { challengeOf, type Scene, there, type Used } from './scene.ts';

export async function use(scene: Scene): Promise<Used> {
  const { apiUrl, ticket, password, nickname } = scene;
  defaults.baseUrl = apiUrl;
  const account = await signUp({ ticket, password, nickname });
  if (account.status !== 201) throw new Error(`${account.status}`);
  const signedIn = { headers: { authorization: `Bearer ${there(account.data.session).accessToken}` } };
  const group = await createGroup(challengeOf(scene), {}, signedIn);
  if (group.status !== 201) throw new Error(`${group.status}`);
  const again = await getGroup(group.data.id, {}, signedIn);
  if (again.status !== 200) throw new Error(`${again.status}`);
  const refused = await createGroup({ ...challengeOf(scene), title: ' ' }, {}, signedIn);
  if (refused.status !== 422) throw new Error(`${refused.status}`);
  return { nickname: account.data.nickname, title: again.data.title, refusal: refused.data.code };
}
