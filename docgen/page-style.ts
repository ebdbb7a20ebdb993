import { readFileSync } from 'node:fs';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8').trim();

/** The styles of every page of the documents. */
export const style = `${read('page.css')}\n${read('page-text.css')}`;
/** Those of the docs page. */
export const docsStyle = `${style}\n${read('page-parts.css')}`;
