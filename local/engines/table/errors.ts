/** An answer of the service that is not a success: its type, message and status go to the caller as they are. */
export class TableError extends Error {
  readonly type: string;
  readonly status: number;
  /** Further members of the answer, such as `Item` or `CancellationReasons`. */
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(type: string, message: string, detail: Readonly<Record<string, unknown>> = {}, status = 400) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
    this.detail = detail;
  }
}

// The shape names come with a namespace in AWS's answers; SDKs cut it off, other clients may show it.
const namespaces: Record<string, string> = {
  ValidationException: 'com.amazon.coral.validate',
  SerializationException: 'com.amazon.coral.service',
  UnknownOperationException: 'com.amazon.coral.service',
  AccessDeniedException: 'com.amazon.coral.service',
};

/** The error's name as the protocol's `__type` has it. */
export function qualifiedType(type: string): string {
  return `${namespaces[type] ?? 'com.amazonaws.dynamodb.v20120810'}#${type}`;
}

export function validationError(message: string): TableError {
  return new TableError('ValidationException', message);
}

/** The wording AWS puts before most complaints about a parameter's value. */
export function invalidParameter(message: string): TableError {
  return validationError(`One or more parameter values were invalid: ${message}`);
}

export function tableNotFound(tableName?: string): TableError {
  const which = tableName === undefined ? '' : `: Table: ${tableName} not found`;
  return new TableError('ResourceNotFoundException', `Requested resource not found${which}`);
}
