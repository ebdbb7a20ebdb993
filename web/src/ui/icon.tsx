/** Line icons of 24 by 24, drawn for moim. A new one is one line; more of them are in the gallery of the design. */
const paths = {
  home: 'M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5h-5v5H5a1 1 0 0 1-1-1z',
  bell: 'M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 2h-15zM10 21h4',
  person: 'M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20a7.5 7.5 0 0 1 15 0',
  people:
    'M9 11.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6ZM2.8 19a6.2 6.2 0 0 1 12.4 0M15.5 5.2a3.3 3.3 0 0 1 0 6M17.5 13.6a6 6 0 0 1 3.7 5.4',
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
export const Icon = ({ name, size = 24 }: { name: IconName; size?: number }) => (
  <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
);
