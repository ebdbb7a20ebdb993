/** Files as people choose them and as moim takes them. */
import { type FileTypeName, fileTypes, isNamedAs } from '../../../shared/product/file-types.ts';
import { limits } from '../../../shared/product/limits.ts';

/** @example sizeOf(48_213) // '48 KB' */
export const sizeOf = (bytes: number): string =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

const types = Object.keys(fileTypes) as FileTypeName[];

/** The type of a file by its name: browsers do not know the documents of Hancom. Undefined if moim does not take it. */
export const typeNamed = (name: string): FileTypeName | undefined => types.find((type) => isNamedAs(type, name));

/** What a file may be, for the chooser of the device. */
export const accepted: string = types.flatMap((type) => fileTypes[type].endings.map((ending) => `.${ending}`)).join();

export const isTooLarge = ({ size }: File): boolean => size > limits.file.bytes;
