/**
 * Who may do what is decided in `shared/access` alone: an account that is alive, a session that is alive, a group seen from
 * outside, an administrator, the version that `If-Match` names. A feature's `rules.ts` decides what its things may become,
 * and by whose part in a group; it is given that part by a door.
 */
import { codeOf, files } from '../support/imports.ts';

/** What a feature would write to decide it by itself, with words that the test is held against. */
const decided: readonly { readonly what: string; readonly by: RegExp; readonly like: string; readonly home: string }[] =
  [
    {
      what: 'whether an account is alive',
      by: /status\)? ?(===|!==) 'ACTIVE'|is\('status', 'ACTIVE'\)/,
      like: "seen(found.account, ({ status }) => status === 'ACTIVE')",
      home: 'shared/access/accounts.ts',
    },
    {
      what: 'whether a session is alive',
      by: /'TOKEN_INVALID'|check\('Session'|ref\('Session'|get\('Session'/,
      like: "or('TOKEN_INVALID', check('Session', session, above('expiresAt', now)))",
      home: 'shared/access/signed-in.ts',
    },
    {
      what: 'who is an administrator',
      by: /\b(ref|get|check)\('Administrator'|account\.role (===|!==)/,
      like: "if (account.role !== 'ADMIN') throw new Problem('NOT_FOUND')",
      home: 'shared/access/access.ts',
    },
    {
      what: 'who sees a group from outside',
      by: /isPublic\(\w+(\.\w+)?\) \|\||visibility (===|!==) 'P|'PUBLIC' && /,
      like: "isPublic(group) || (member?.state === 'ACTIVE' && !group.deletedAt)",
      home: 'shared/access/access.ts',
    },
    {
      what: 'whether a version is the one of `If-Match`',
      by: /ifMatch (===|!==)/,
      like: 'if (ifMatch !== undefined && ifMatch !== before.version)',
      home: 'shared/access/access.ts',
    },
  ];

/** Decides on its own, and why. */
const allowed: Readonly<Record<string, string>> = {
  'functions/talking/connections/service.ts':
    'refuses a connection whose session `isSignedInStill` says is over, when it has forgotten it',
};

test.each(decided)('no feature decides $what', ({ by, like, home }) => {
  const deciding = files
    .filter((file) => file.startsWith('functions/') && by.test(codeOf(file)))
    .filter((file) => !(file in allowed));

  expect(by.test(like)).toBe(true);
  expect(codeOf(home)).toMatch(by);
  expect(deciding).toEqual([]);
});

test('what may decide on its own does', () => {
  for (const file of Object.keys(allowed)) expect(decided.some(({ by }) => by.test(codeOf(file)))).toBe(true);
});
