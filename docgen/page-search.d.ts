type Korean = Readonly<Record<string, readonly string[]>>;
export function wantedIn(text: string, korean: Korean): readonly (readonly string[])[];
export function meaningsOf(word: string, korean: Korean): readonly (readonly string[])[];
