/** Line icons of 24 by 24, drawn for moim. A new one is one line; more of them are in the gallery of the design. */
const paths = {
  home: 'M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5h-5v5H5a1 1 0 0 1-1-1z',
  bell: 'M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 2h-15zM10 21h4',
  person: 'M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20a7.5 7.5 0 0 1 15 0',
  people:
    'M9 11.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6ZM2.8 19a6.2 6.2 0 0 1 12.4 0M15.5 5.2a3.3 3.3 0 0 1 0 6M17.5 13.6a6 6 0 0 1 3.7 5.4',
  search: 'M10.8 17.6a6.8 6.8 0 1 0 0-13.6 6.8 6.8 0 0 0 0 13.6ZM16 16l4.5 4.5',
  heart: 'M12 20S3.5 15.2 3.5 9.4A4.6 4.6 0 0 1 12 6.9a4.6 4.6 0 0 1 8.5 2.5C20.5 15.2 12 20 12 20Z',
  down: 'm5.5 9.5 6.5 6.5 6.5-6.5',
  plus: 'M12 5v14M5 12h14',
  filter: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8v4.4M9 14.8v4.4',
  book: 'M12 6.5C10 5 7.5 4.5 4 4.5v14c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2v-14c-3.5 0-6 .5-8 2ZM12 6.5v14',
  video: 'M4.5 6.5h10a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-10a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1ZM15.5 11l5-3v8l-5-3z',
  lock: 'M6.5 10.5h11v9h-11zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5',
  mail: 'M4 6h16v12H4zM4.5 7l7.5 6 7.5-6',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2',
  file: 'M7 3.5h7l4.5 4.5v11.5a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1ZM13.5 3.5v5h5',
  download: 'M12 4v11M8 11.5l4 4 4-4M5 20h14',
  crown: 'M4.5 8.5l3.8 3.5L12 6l3.7 6 3.8-3.5L18 17.5H6z',
  grid: 'M4.5 5H11v4.5H4.5zM13 5h6.5v4.5H13zM4.5 14.5H11V19H4.5zM13 14.5h6.5V19H13z',
  camera:
    'M4 8.5h3.5L9 6h6l1.5 2.5H20a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9.5a1 1 0 0 1 1-1ZM12 16.5a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Z',
  image: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4L16 12l4 4M15.5 9.2h.01',
  back: 'm14.5 5.5-6.5 6.5 6.5 6.5',
  next: 'm9.5 5.5 6.5 6.5-6.5 6.5',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  undo: 'M9 7 4.5 11.5 9 16M5 11.5h9a5 5 0 0 1 0 10h-2',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2',
  moon: 'M19.5 14A8 8 0 0 1 10 4.500a8 8 0 1 0 9.5 9.500Z',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  close: 'M6 6l12 12M18 6 6 18',
  warn: 'M12 4.5 3.5 19.500h17zM12 10.500v4M12 17h.01',
  door: 'M6 20.500v-16a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v16M4 20.500h16M14.5 12h.01',
} as const;
export type IconName = keyof typeof paths;

/** A picture beside a word, for the eye alone. */
export const Icon = ({ name, size = 24, full }: { name: IconName; size?: number; full?: boolean }) => (
  <svg className={full ? 'icon full' : 'icon'} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);
