/** Numbers as texts that sort as the numbers do. */

const digits = 12;
/** The largest number that has so many digits. */
export const lastNumber = 10 ** digits - 1;

/** @example digitsOf(42) // '000000000042' */
export const digitsOf = (number: number) => String(number).padStart(digits, '0');
