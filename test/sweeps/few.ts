/**
 * A few routes, to ask for decisions that one piece of code makes for all (`shared/http`: bodies, addresses, tokens).
 * `test/contracts/same-for-all.test.ts` sees that every route runs through that code. SWEEPS=all asks each route.
 */
import { each, type Subject, subjects } from './samples.ts';
import { everything } from './turns.ts';

/** They differ in all that the shared code looks at: method, token, path, query and body. */
const examples: Readonly<Record<string, string>> = {
  signIn: 'a body, for everybody',
  submitCertification: 'a body and ids in the path, for members; safe to repeat',
  editGroup: 'a PATCH with a version',
  listGroups: 'a query, for everybody',
  listNotifications: 'a query, for people',
  removeReview: 'a DELETE with two ids in the path',
};

const known = subjects.filter(({ name }) => name in examples);
if (known.length !== Object.keys(examples).length) throw new Error('an example is no route any more: name another');

/** Whether a route is one of the few. */
export const isAsked = ({ name }: Subject) => everything || name in examples;
/** For `test.each`: the title, and the route. */
export const few = (wanted: (subject: Subject) => boolean = () => true) =>
  each((subject) => isAsked(subject) && wanted(subject));
