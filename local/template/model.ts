/** The template as plain values: all that the local cloud knows of the app. */
import type { BucketConfiguration } from '../bucket/bucket-engine.ts';
import type { Statement } from '../iam.ts';
import type { GenerateSecretString } from '../secrets.ts';
import type { TableParameters } from '../table/types.ts';

export interface FunctionModel {
  /** The variable SERVICE, or the function's name where there is none. */
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** The folder of its code. */
  readonly asset: string;
  readonly role: RoleModel;
  /** What happens to events that nobody waits for. */
  readonly asynchronous: { readonly retries: number; readonly maxAgeSeconds: number; readonly onFailure?: string };
}

export interface RoleModel {
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
}

/** Who else may invoke a function: AWS::Lambda::Permission. `functionArn` may end in an alias. */
export interface PermissionModel {
  readonly functionArn: string;
  readonly principal: string;
  readonly sourceArn: string | undefined;
}

export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

export interface AuthorizerModel {
  readonly id: string;
  readonly name: string;
  readonly functionArn: string;
  readonly identitySource: readonly string[];
  readonly simpleResponses: boolean;
  readonly ttlSeconds: number;
}

export interface RouteModel {
  readonly routeKey: string;
  /** The function, or its alias. Undefined when the route has no integration. */
  readonly functionArn: string | undefined;
  readonly authorizer: AuthorizerModel | undefined;
  readonly throttle: Throttle | undefined;
  /** WebSocket: what the function returns goes back to the client. */
  readonly twoWay: boolean;
}

export interface ApiModel {
  readonly id: string;
  readonly stage: string;
  readonly routes: readonly RouteModel[];
  readonly accessLogFormat: string | undefined;
}

export interface CorsModel {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAge: number | undefined;
}

export interface HttpApiModel extends ApiModel {
  readonly cors: CorsModel | undefined;
}

export interface SocketApiModel extends ApiModel {
  /** The field of a message that names its route: `action` of `$request.body.action`. */
  readonly selector: readonly string[];
}

export interface MappingModel {
  /** Stack and logical id: the name of its checkpoint. */
  readonly id: string;
  readonly functionArn: string;
  readonly tableName: string;
  readonly streamArn: string;
  readonly patterns: readonly unknown[];
  readonly batchSize: number;
  readonly partialFailures: boolean;
  readonly bisect: boolean;
  /** -1: for ever. */
  readonly retries: number;
  /** -1: for ever. */
  readonly maxAgeSeconds: number;
  readonly fromStart: boolean;
  readonly onFailure: string | undefined;
}

export interface ScheduleModel {
  readonly name: string;
  readonly arn: string;
  readonly expression: string;
  readonly zone: string;
  readonly functionArn: string;
  readonly input: string;
  readonly role: RoleModel;
  readonly deadLetters: string | undefined;
}

export interface CloudModel {
  readonly accountId: string;
  readonly region: string;
  readonly functions: readonly FunctionModel[];
  readonly permissions: readonly PermissionModel[];
  readonly httpApi: HttpApiModel | undefined;
  readonly socketApi: SocketApiModel | undefined;
  readonly mappings: readonly MappingModel[];
  readonly schedules: readonly ScheduleModel[];
  readonly tables: readonly TableParameters[];
  readonly buckets: readonly ({ readonly name: string } & BucketConfiguration)[];
  readonly secrets: readonly { readonly name: string; readonly generate?: GenerateSecretString; readonly value?: string }[];
  /** Domains and addresses that may send mail. */
  readonly identities: readonly string[];
  readonly queues: readonly { readonly name: string; readonly arn: string }[];
}

/** The function that an ARN means, with or without an alias or version at its end. */
export function functionOf(model: Pick<CloudModel, 'functions'>, arn: string): FunctionModel | undefined {
  return model.functions.find((each) => arn === each.arn || arn.startsWith(`${each.arn}:`));
}
