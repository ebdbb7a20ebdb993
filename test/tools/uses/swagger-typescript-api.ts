import { Api, type HttpResponse } from '../../../.build/tools/swagger-typescript-api.ts';
import { challengeOf, type Scene, there, type Used } from './scene.ts';

export async function use(scene: Scene): Promise<Used> {
  const { apiUrl, ticket, password, nickname } = scene;
  const { v1 } = new Api({ baseUrl: apiUrl });
  const { data: account } = await v1.signUp({ ticket, password, nickname });
  const signedIn = { headers: { authorization: `Bearer ${there(account.session).accessToken}` } };
  const { data: group } = await v1.createGroup(challengeOf(scene), signedIn);
  const { data: again } = await v1.getGroup(group.id, signedIn);
  const refused = await v1.createGroup({ ...challengeOf(scene), title: ' ' }, signedIn).catch(
    // This client throws its answer where the status is no success.
    ({ error }: HttpResponse<unknown, { code: string }>) => error.code,
  );
  return { nickname: account.nickname, title: again.title, refusal: String(refused) };
}
