import fc from 'fast-check';
import { providers } from '../../functions/accounts/identities/providers.ts';
import { type Found, outcomeOf, stepOf } from '../../functions/accounts/identities/rules.ts';

describe('row 7: what follows when somebody comes back from a provider', () => {
  /** Linking account, owner of the person, owner of the address, and whether the provider vouches for the address. */
  const cases: [string | undefined, string | undefined, string | undefined, boolean, string][] = [
    // Somebody who signs in: the person decides, whatever the address says.
    [undefined, 'a', undefined, false, 'SIGN_IN a'],
    [undefined, 'a', undefined, true, 'SIGN_IN a'],
    [undefined, 'a', 'a', false, 'SIGN_IN a'],
    [undefined, 'a', 'a', true, 'SIGN_IN a'],
    [undefined, 'a', 'b', false, 'SIGN_IN a'],
    [undefined, 'a', 'b', true, 'SIGN_IN a'],
    // Nobody knows the person: the address links if it is vouched for.
    [undefined, undefined, undefined, false, 'SIGN_UP'],
    [undefined, undefined, undefined, true, 'SIGN_UP'],
    [undefined, undefined, 'b', false, 'REFUSE EMAIL_UNVERIFIED'],
    [undefined, undefined, 'b', true, 'LINK_AND_SIGN_IN b'],
    // Somebody who adds a way in: to their own account, whoever has the address.
    ['m', undefined, undefined, false, 'LINK m'],
    ['m', undefined, undefined, true, 'LINK m'],
    ['m', undefined, 'm', false, 'LINK m'],
    ['m', undefined, 'b', false, 'LINK m'],
    ['m', undefined, 'b', true, 'LINK m'],
    ['m', 'm', undefined, false, 'STAY_LINKED m'],
    ['m', 'm', 'b', true, 'STAY_LINKED m'],
    ['m', 'a', undefined, true, 'REFUSE IDENTITY_TAKEN'],
    ['m', 'a', 'm', true, 'REFUSE IDENTITY_TAKEN'],
  ];
  const told = (found: Found) => Object.values(outcomeOf(found)).join(' ');

  test.each(cases)(
    'linking %s, person of %s, address of %s, verified %s: %s',
    (linking, owner, ofEmail, emailVerified, outcome) => {
      expect(told({ linking, proves: false, owner, ofEmail, emailVerified })).toBe(outcome);
    },
  );

  test.each([
    ['m', 'PROVE m'],
    ['a', 'REFUSE SOCIAL_SIGN_IN_INVALID'],
    [undefined, 'REFUSE SOCIAL_SIGN_IN_INVALID'],
  ])('row 162: a proof by the person of %s for m: %s', (owner, outcome) => {
    const rest = { linking: 'm', proves: true, owner };
    expect(told({ ...rest, ofEmail: undefined, emailVerified: false })).toBe(outcome);
    expect(told({ ...rest, ofEmail: 'm', emailVerified: true })).toBe(outcome);
  });

  const account = fc.option(fc.constantFrom('a', 'b', 'm'), { nil: undefined });
  const found: fc.Arbitrary<Found> = fc.record({
    linking: account,
    proves: fc.boolean(),
    owner: account,
    ofEmail: account,
    emailVerified: fc.boolean(),
  });

  test('an address that nobody vouches for never leads into an account', () => {
    fc.assert(
      fc.property(found, (each) => {
        const outcome = outcomeOf({ ...each, emailVerified: false });
        if ('accountId' in outcome) expect([each.owner, each.linking]).toContain(outcome.accountId);
      }),
    );
  });

  test('a person of one account never leads into another', () => {
    fc.assert(
      fc.property(found, (each) => {
        const outcome = outcomeOf(each);
        if (each.owner !== undefined && 'accountId' in outcome) expect(outcome.accountId).toBe(each.owner);
      }),
    );
  });

  test('adding a way in signs nobody in and up', () => {
    fc.assert(
      fc.property(found, (each) => {
        const { to } = outcomeOf(each);
        if (each.linking !== undefined) expect(['LINK', 'STAY_LINKED', 'PROVE', 'REFUSE']).toContain(to);
      }),
    );
  });
});

test('row 7: a ticket makes a state, a nonce and a verifier that tell nothing of each other, always the same', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, two) => {
      const [first, again, other] = [stepOf(one), stepOf(one), stepOf(two)];
      expect(again).toEqual(first);
      const texts = Object.values(first);
      // RFC 7636 asks for 43 to 128 of these characters.
      for (const text of texts) expect(text).toMatch(/^[\w-]{43}$/);
      expect(new Set(texts).size).toBe(3);
      if (one !== two) expect(Object.values(other).some((text) => texts.includes(text))).toBe(false);
    }),
  );
});

describe('row 7: the table of providers', () => {
  test.each(Object.entries(providers))('%s is met over TLS', (_, provider) => {
    const addresses = provider.protocol === 'OPENID' ? [provider.issuer] : Object.values(provider.endpoints);
    for (const address of addresses) expect(address).toMatch(/^https:\/\/[a-z.]+(\/[\w./]+)?$/);
  });

  const read = (name: keyof typeof providers, person: object, emails: object[] = []) =>
    providers[name].read(person as never, emails as never);

  test.each<[keyof typeof providers, object, object[], object]>([
    [
      'google',
      { sub: '1', email: 'a@b.c', email_verified: true },
      [],
      { subject: '1', email: 'a@b.c', emailVerified: true },
    ],
    ['google', { sub: '1', email: 'a@b.c' }, [], { subject: '1', email: 'a@b.c', emailVerified: false }],
    [
      'apple',
      { sub: '1', email: 'a@b.c', email_verified: 'true' },
      [],
      { subject: '1', email: 'a@b.c', emailVerified: true },
    ],
    ['kakao', { id: 1 }, [], { subject: 1, email: undefined, emailVerified: false }],
    ['kakao', { id: 1, kakao_account: null }, [], { subject: 1, email: undefined, emailVerified: false }],
    [
      'kakao',
      { id: 1, kakao_account: { email: 'a@b.c', is_email_valid: true, is_email_verified: true } },
      [],
      { subject: 1, email: 'a@b.c', emailVerified: true },
    ],
    ['naver', { response: { id: 'x', email: 'a@b.c' } }, [], { subject: 'x', email: 'a@b.c', emailVerified: false }],
    ['naver', { response: 'x' }, [], { subject: undefined, email: undefined, emailVerified: false }],
    ['github', { id: 1, email: 'shown@b.c' }, [], { subject: 1, email: undefined, emailVerified: false }],
    [
      'github',
      { id: 1 },
      [{ email: 'a@b.c', primary: true, verified: true }],
      { subject: 1, email: 'a@b.c', emailVerified: true },
    ],
    [
      'github',
      { id: 1 },
      [{ email: 'a@b.c', primary: 'true', verified: true }],
      { subject: 1, email: undefined, emailVerified: false },
    ],
  ])('%s tells %j %j', (name, person, emails, told) => {
    expect(read(name, person, emails)).toEqual(told);
  });

  test('whatever a provider answers is read, and vouches for an address only with a plain yes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(providers) as (keyof typeof providers)[])),
        fc.dictionary(
          fc.constantFrom('sub', 'id', 'email', 'email_verified', 'kakao_account', 'response'),
          fc.jsonValue(),
        ),
        fc.array(fc.dictionary(fc.constantFrom('email', 'primary', 'verified'), fc.jsonValue())),
        (name, person, emails) => {
          const told = read(name, person, emails);
          expect(typeof told.emailVerified).toBe('boolean');
          if (told.emailVerified) expect(JSON.stringify([person, emails])).toContain('true');
          if (name === 'naver') expect(told.emailVerified).toBe(false);
        },
      ),
    );
  });
});
