import { createHash, randomBytes } from 'node:crypto';
import { type Caller, owner } from '../engines/engine.ts';
import { type Access, isAllowed, type Statement } from './iam.ts';
import { type Right, remedyFor, rightsFor } from './rights.ts';
import { noteUse } from './rights-used.ts';

/** Credentials of the local cloud, and the caller that they identify. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly caller: Caller;
}

/** All callers that may use the engines. */
export interface Callers {
  /** Issues credentials for a function with the policies of its role. Secrets are new at every start. */
  admit(name: string, statements: readonly Statement[]): Credentials;
  /** Accepts the developer's own credentials as the owner's. */
  admitOwner(credentials: Omit<Credentials, 'caller'> & { readonly sessionToken?: string }): void;
  /** Credentials that may do everything: for the owner of the laptop, never for a function. */
  readonly owner: Credentials;
  find(accessKeyId: string): Credentials | undefined;
}

/**
 * The rights that an access needs and a role does not have. With several keys: the rights for the keys that it refuses.
 */
function missing(statements: readonly Statement[], access: Access): readonly Right[] {
  const leadingKeys = 'dynamodb:LeadingKeys';
  const alone = access.context[leadingKeys]?.map((key) => ({
    ...access,
    context: { ...access.context, [leadingKeys]: [key] },
  }));
  return (alone ?? [access]).filter((each) => !isAllowed(statements, each)).flatMap(rightsFor);
}

export function createCallers(ownerKey = { accessKeyId: 'LOCALKEY', secretAccessKey: 'x' }): Callers {
  const known = new Map<string, Credentials>();
  const add = (credentials: Credentials) => {
    known.set(credentials.accessKeyId, credentials);
    return credentials;
  };
  return {
    owner: add({ ...ownerKey, caller: owner }),
    find: (accessKeyId) => known.get(accessKeyId),
    admitOwner: (credentials) => void add({ ...credentials, caller: owner }),
    admit(name, statements) {
      const digest = createHash('sha256').update(name).digest('hex').slice(0, 16).toUpperCase();
      const caller: Caller = {
        name,
        allows(action, resource, context = {}) {
          const access = { action, resource, context };
          const allowed = isAllowed(statements, access);
          if (allowed) noteUse(name, access);
          return allowed;
        },
        remedy: (action, resource, context = {}) => remedyFor(name, missing(statements, { action, resource, context })),
      };
      return add({ accessKeyId: `AKIA${digest}`, secretAccessKey: randomBytes(30).toString('base64'), caller });
    },
  };
}
