/**
 * The file types that may be attached (row 108): documents. Each type has the endings of its file names and a pattern
 * for its first bytes in hexadecimal. Nothing that a browser would run is allowed: no HTML, no SVG, no script, neither
 * by type nor by file name.
 */
interface FileType {
  readonly endings: readonly string[];
  readonly begins: RegExp;
}

const zip = /^504b0304/;
/** The container format of older Microsoft and Hancom documents. */
const compound = /^d0cf11e0a1b11ae1/;
/** Text has no signature. A file with a NUL byte is no text. */
const text = /^(?:(?!00)..)*$/;

export const fileTypes = {
  'image/jpeg': { endings: ['jpg', 'jpeg'], begins: /^ffd8ff/ },
  'image/png': { endings: ['png'], begins: /^89504e470d0a1a0a/ },
  'image/webp': { endings: ['webp'], begins: /^52494646.{8}57454250/ },
  'application/pdf': { endings: ['pdf'], begins: /^255044462d/ },
  'application/zip': { endings: ['zip'], begins: zip },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { endings: ['docx'], begins: zip },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { endings: ['xlsx'], begins: zip },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': { endings: ['pptx'], begins: zip },
  'application/hwp+zip': { endings: ['hwpx'], begins: zip },
  'application/x-hwp': { endings: ['hwp'], begins: compound },
  'application/msword': { endings: ['doc'], begins: compound },
  'application/vnd.ms-excel': { endings: ['xls'], begins: compound },
  'application/vnd.ms-powerpoint': { endings: ['ppt'], begins: compound },
  'text/plain': { endings: ['txt'], begins: text },
  'text/csv': { endings: ['csv'], begins: text },
} as const satisfies Record<string, FileType>;

export type FileTypeName = keyof typeof fileTypes;
export const fileTypeNames = Object.keys(fileTypes) as [FileTypeName, ...FileTypeName[]];

const typeOf = (name: string): FileType | undefined =>
  Object.hasOwn(fileTypes, name) ? fileTypes[name as FileTypeName] : undefined;

/** Whether a file's name has an ending of its type. */
export const isNamedAs = (type: string, name: string): boolean =>
  typeOf(type)?.endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`)) === true;

/** Whether a file begins like its type. */
export const beginsAs = (type: string, head: Uint8Array): boolean =>
  typeOf(type)?.begins.test(Buffer.from(head).toString('hex')) === true;
