/** An error answer of the service. The caller gets its type, message and status unchanged. */
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

// In AWS's answers the error names have a namespace. SDKs cut it off, other clients may show it.
const namespaces: Record<string, string> = {
  ValidationException: 'com.amazon.coral.validate',
  SerializationException: 'com.amazon.coral.service',
  UnknownOperationException: 'com.amazon.coral.service',
  AccessDeniedException: 'com.amazon.coral.service',
};

/** The name of the error in the form of the protocol's `__type`. */
export function qualifiedType(type: string): string {
  return `${namespaces[type] ?? 'com.amazonaws.dynamodb.v20120810'}#${type}`;
}

export function validationError(message: string): TableError {
  return new TableError('ValidationException', message);
}

/** AWS's wording before most messages about the value of a parameter. */
export function invalidParameter(message: string): TableError {
  return validationError(`One or more parameter values were invalid: ${message}`);
}

export function tableNotFound(tableName?: string): TableError {
  const which = tableName === undefined ? '' : `: Table: ${tableName} not found`;
  return new TableError('ResourceNotFoundException', `Requested resource not found${which}`);
}
