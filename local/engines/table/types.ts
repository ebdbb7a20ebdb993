/** The types of DynamoDB's JSON protocol in the table engine. Binary values stay base64 text throughout. */

export interface AttributeValue {
  S?: string;
  N?: string;
  B?: string;
  BOOL?: boolean;
  NULL?: boolean;
  SS?: string[];
  NS?: string[];
  BS?: string[];
  L?: AttributeValue[];
  M?: Item;
}

export type AttributeType = keyof AttributeValue;

export interface Item {
  [name: string]: AttributeValue;
}

/** A document path: the top-level attribute, then keys of maps (text) and positions in lists (numbers). */
export type Path = readonly (string | number)[];

export interface KeySchemaElement {
  AttributeName: string;
  KeyType: 'HASH' | 'RANGE';
}

export interface Projection {
  ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
  NonKeyAttributes?: string[];
}

export interface IndexParameters {
  IndexName: string;
  KeySchema: KeySchemaElement[];
  Projection: Projection;
}

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** The description of a table: the parameters of CreateTable, or the same properties of a CloudFormation template. */
export interface TableParameters {
  TableName: string;
  AttributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[];
  KeySchema: KeySchemaElement[];
  GlobalSecondaryIndexes?: IndexParameters[];
  BillingMode?: 'PAY_PER_REQUEST' | 'PROVISIONED';
  StreamSpecification?: { StreamEnabled?: boolean; StreamViewType?: StreamViewType };
  TimeToLiveSpecification?: { Enabled?: boolean; AttributeName?: string };
}

/** A table's definition on disk: its parameters, and the values that were chosen at its creation. */
export interface TableDefinition extends TableParameters {
  TableId: string;
  /** Seconds since 1970. */
  CreationDateTime: number;
  /** The last part of the stream's ARN; absent without a stream. */
  streamLabel?: string;
}

/** A validated request. dynalite's validators have added the parsed expressions. */
export interface Request {
  TableName: string;
  IndexName?: string;
  Key?: Item;
  Item?: Item;
  ReturnValues?: 'NONE' | 'ALL_OLD' | 'ALL_NEW' | 'UPDATED_OLD' | 'UPDATED_NEW';
  ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE';
  ReturnConsumedCapacity?: 'INDEXES' | 'TOTAL' | 'NONE';
  ConsistentRead?: boolean;
  _condition?: ParsedCondition;
  _filter?: ParsedCondition;
  _updates?: ParsedUpdate;
  _projection?: ParsedProjection;
}

export interface ParsedCondition {
  expression: ConditionNode;
  pathHeads: Record<string, true>;
  nestedPaths: Record<string, true>;
}

/** A node of dynalite's condition tree. Its operands are paths (arrays), literal values, or further nodes. */
export interface ConditionNode {
  type: string;
  name?: string;
  args: Operand[];
}

export type Operand = Path | AttributeValue | ConditionNode;

export interface ParsedUpdate {
  sections: UpdateSection[];
  paths: Path[];
  nestedPaths: Record<string, true>;
}

export interface UpdateSection {
  type: 'set' | 'remove' | 'add' | 'delete';
  path: Path;
  val?: Operand;
}

export interface ParsedProjection {
  paths: Path[];
  nestedPaths: Record<string, true>;
}
