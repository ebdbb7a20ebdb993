import type { Moim, Person } from '../../support/moim.ts';
import { crowd } from '../../support/people.ts';
import { found } from '../../support/scene.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are named by the test that reads them
type Json = any;

/** A group with a leader, a manager and two members, and what they do on its board. */
export async function board(moim: Moim, more: object = {}) {
  const [leader, manager, member, other] = (await crowd(moim, 4)) as [Person, Person, Person, Person];
  const here = await found(leader, more, manager, member, other);
  await leader.put(`${here.path}/members/${manager.id}/role`, { role: 'MANAGER' });
  await moim.settle();
  const posts = `${here.path}/posts`;
  /** A post; a second passes, so that the order is that of the writing. */
  const write = async (who: Person, post: object = {}): Promise<Json> => {
    await moim.clock.advance(1000);
    return who.post(posts, { title: 'Chapter 3', body: 'A question', ...post });
  };
  const written = async (who: Person, post: object = {}): Promise<Json> => (await write(who, post)).body;
  const shownTo = async (who: Person, query = ''): Promise<Json> => (await who.get(`${posts}${query}`)).body;
  const noticesOf = async (who: Person): Promise<Json[]> => {
    await moim.settle();
    const wanted = ['NOTICE_POSTED', 'POST_COMMENTED', 'CERTIFICATION_COMMENTED', 'POLL_COMMENTED'];
    return (await who.get('/v1/notifications')).body.items.filter(({ type }: Json) => wanted.includes(type));
  };
  const comment = async (who: Person, on: string, text = 'Here it is'): Promise<Json> => {
    await moim.clock.advance(1);
    return who.post(`${here.path}/comments`, { on, text });
  };
  const commentsOn = async (who: Person, on: string): Promise<Json> =>
    (await who.get(`${here.path}/comments?on=${on}`)).body;
  return {
    ...{ leader, manager, member, other, here, posts, write, written, shownTo, noticesOf, comment, commentsOn },
    all: [leader, manager, member, other],
  };
}
