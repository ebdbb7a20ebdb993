/** The note of a counter that does not fit. The same again in a later run is no accident of the moment. */
export const sighting = (counter: string, stands: number, counted: number, moves: number) =>
  `${counter} ${stands} ${counted} ${moves}`;
