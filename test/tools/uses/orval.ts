import { createGroup, getGroup, signUp } from '../../../.build/tools/orval-fetch.ts';
import { CreateGroupBody, GetGroupResponse, SignUpBody } from '../../../.build/tools/orval-zod.ts';
import { challengeOf, type Scene, there, type Used } from './scene.ts';

/** Requests and answers also pass the validators that orval makes of the document. */
export async function use(scene: Scene): Promise<Used> {
  const { ticket, password, nickname } = scene;
  const account = await signUp(SignUpBody.parse({ ticket, password, nickname }));
  if (account.status !== 201) throw new Error(`${account.status}`);
  const signedIn = { headers: { authorization: `Bearer ${there(account.data.session).accessToken}` } };
  const group = await createGroup(CreateGroupBody.parse(challengeOf(scene)), signedIn);
  if (group.status !== 201) throw new Error(`${group.status}`);
  const again = await getGroup(group.data.id, signedIn);
  if (again.status !== 200) throw new Error(`${again.status}`);
  const refused = await createGroup({ ...challengeOf(scene), title: ' ' }, signedIn);
  if (refused.status !== 422) throw new Error(`${refused.status}`);
  return {
    nickname: account.data.nickname,
    title: GetGroupResponse.parse(again.data).title,
    refusal: refused.data.code,
  };
}
