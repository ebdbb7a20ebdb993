/** People whose device tells what it was sent. */
import type { Moim, Person } from '../../support/moim.ts';
import { nextTick, renew, someone } from '../../support/people.ts';
import { type PushServices, register, signedIn } from '../../support/push-services.ts';
import { certify } from '../../support/scene.ts';

// biome-ignore lint/suspicious/noExplicitAny: messages are named by the test that reads them
type Json = any;
export type Reachable = Awaited<ReturnType<typeof reachable>>;

/** Somebody with an app, or several. `texts` are those that came since it was asked last. */
export async function reachable(moim: Moim, services: PushServices, nickname?: string, devices = 1) {
  const person = await signedIn(moim, await someone(moim, nickname));
  const apps = Array.from({ length: devices }, () => services.app());
  for (const app of apps) await register(person, app);
  const messages = (): Json[] => apps.flatMap(({ heard }) => heard.splice(0)).map(({ message }) => message);
  return { person, apps, messages, texts: () => messages().map(({ notification }) => notification.body) };
}

/** Some minutes go by, and what is due in each of them is done. People get new tokens. */
export async function minutes(moim: Moim, count: number, ...people: Person[]): Promise<void> {
  for (let n = 0; n < count; n++) {
    await moim.clock.advance(1);
    await nextTick(moim);
    await moim.settle();
  }
  await renew(moim, ...people);
}

type Place = Parameters<typeof certify>[1];

/** Somebody certifies, and the leader approves it. */
export async function approved(moim: Moim, leader: Person, author: Person, place: Place): Promise<string> {
  const { body } = await certify(author, place);
  await moim.settle();
  const { status, body: answer } = await leader.post(`${place.path}/certifications/${body.id}/approve`);
  if (status !== 200) throw new Error(`not approved: ${JSON.stringify([body, answer])}`);
  await moim.settle();
  return body.id;
}
