import type { Trigger } from '../shared/core/contract.ts';

export type StageName = 'dev' | 'prod';

/** Requests per second, and how many may come at once when the bucket is full. */
interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/**
 * Everything that differs from stage to stage. Settings that are the same everywhere are in the code that uses them.
 */
export interface Stage {
  readonly name: StageName;
  /** Origins from which a browser may call the APIs and the bucket: exact origins, no patterns. */
  readonly origins: readonly string[];
  /**
   * Addresses of the apps to which identity providers may redirect, in addition to `/social-sign-in` of each origin.
   */
  readonly appRedirects: readonly string[];
  readonly mail: {
    readonly domain: string;
    readonly from: string;
    /** Mails a second that SES takes from the account: one of a new account, more where AWS was asked (docs/mail.md). */
    readonly perSecond: number;
  };
  /** MB. Lambda's share of a processor grows with it; 1,769 MB are one processor. */
  readonly memory: Readonly<Record<Trigger, number>>;
  readonly logDays: 7 | 30 | 90;
  /** The fuses of the two APIs. Whoever reaches one shuts the API for everybody, until they stop (`SECURITY.md`). */
  readonly throttle: {
    readonly http: Throttle;
    readonly socket: Throttle;
  };
  /**
   * Request units per second above which the table throttles. They protect the bill and are far above what the stage
   * needs.
   */
  readonly tableUnits: { readonly read: number; readonly write: number };
  /** Whether data outlives the stack: no deployment can delete resources of the state stack. */
  readonly keepData: boolean;
  /** CodeDeploy's way of moving traffic to a new version of an HTTP function. Without it, all traffic moves at once. */
  readonly canary?: string;
  /**
   * Lambda's active tracing with X-Ray. It records the first request a second of each function and 5 % of the rest, and
   * knows no lower rate: in a small deployment that is every request, and dearer than the table. Each log line says what
   * its request cost, so this is for days on which somebody looks for time that a function does not see.
   */
  readonly tracing: boolean;
  /** Whether an administrator approves every new account before it may sign in (row 13). */
  readonly accountApproval?: true;
  /** Whether an administrator approves every new group before others see it (row 38). */
  readonly groupApproval?: true;
  /** The domain of the distribution, with its certificate in us-east-1. Without it CloudFront gives one. */
  readonly site?: { readonly domain: string; readonly certificateArn: string };
  /**
   * A web ACL before the distribution, with one rule: an address that sends more requests in five minutes gets 403. Without
   * it, what one address loads from the distribution is bounded by its line alone. It sees nobody who calls the API itself.
   * $6 a month and $0.60 a million requests. It is a stack of its own in us-east-1, where CloudFront looks for it: deploy that
   * first, then name its ARN.
   */
  readonly firewall?: { readonly requestsInFiveMinutes: number; readonly webAclArn?: string };
  /**
   * Whether files of groups are scanned for malware when they arrive, and read only when nothing was found. GuardDuty takes
   * about $0.10 for a GB and $0.22 for 1,000 files, and nothing by the month.
   */
  readonly scanFiles?: true;
  /** How often the keys of the distribution were renewed. A deployment reads them anew where it has changed. */
  readonly edgeKeys: number;
  readonly alarmEmail?: string;
  /** Dollars a day of the whole AWS account above which AWS tells `alarmEmail`, some hours later (AWS Budgets, free). */
  readonly dailyDollars: number;
}

const memory = {
  http: 512,
  socket: 512,
  job: 512,
  stream: 512,
  queue: 512,
  httpAuthorizer: 256,
  socketAuthorizer: 256,
  mailFeedback: 256,
};

/**
 * Ports on which web and app developers usually see their pages: Next.js, Vite (its preview and its development server),
 * Angular, Astro, Storybook, plain servers, webpack, Expo. Each is listed because API Gateway knows no pattern for ports.
 */
const pagePorts = [3000, 3001, 4173, 4200, 4321, 5173, 5174, 6006, 8000, 8080, 8081, 19_006];
const loopbackPages = pagePorts.flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]);

/** Far above what people do, far below the 10,000 requests per second that an account has for all its APIs. */
const throttle = {
  http: { rate: 2000, burst: 4000 },
  socket: { rate: 2000, burst: 4000 },
};

export const stages: Readonly<Record<StageName, Stage>> = {
  dev: {
    name: 'dev',
    origins: ['https://dev.moim.example', ...loopbackPages],
    appRedirects: ['moim-dev://social-sign-in'],
    mail: { domain: 'dev.moim.example', from: 'no-reply@dev.moim.example', perSecond: 1 },
    memory,
    logDays: 7,
    throttle,
    tableUnits: { read: 1000, write: 500 },
    keepData: false,
    tracing: false,
    edgeKeys: 0,
    dailyDollars: 2,
  },
  prod: {
    name: 'prod',
    origins: ['https://moim.example'],
    appRedirects: ['moim://social-sign-in'],
    mail: { domain: 'moim.example', from: 'no-reply@moim.example', perSecond: 1 },
    memory: { ...memory, http: 1024 },
    logDays: 90,
    throttle,
    tableUnits: { read: 12_000, write: 6000 },
    keepData: true,
    scanFiles: true,
    canary: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    tracing: false,
    edgeKeys: 0,
    alarmEmail: 'alarms@moim.example',
    dailyDollars: 10,
  },
};
