import createClient from 'openapi-fetch';
import type { paths } from '../../../.build/tools/openapi-typescript.ts';
import { challengeOf, type Scene, there, type Used } from './scene.ts';

export async function use(scene: Scene): Promise<Used> {
  const { apiUrl, ticket, password, nickname } = scene;
  const client = createClient<paths>({ baseUrl: apiUrl });
  const account = there((await client.POST('/v1/accounts', { body: { ticket, password, nickname } })).data);
  client.use({
    onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${there(account.session).accessToken}`);
    },
  });
  const group = there((await client.POST('/v1/groups', { body: challengeOf(scene) })).data);
  const params = { path: { groupId: group.id } };
  const again = there((await client.GET('/v1/groups/{groupId}', { params })).data);
  const { error } = await client.POST('/v1/groups', { body: { ...challengeOf(scene), title: ' ' } });
  const problem = there(error);
  // API Gateway's own answers (413, 429, 503) have no code.
  const refusal = 'code' in problem ? problem.code : '';
  return { nickname: account.nickname, title: again.title, refusal };
}
