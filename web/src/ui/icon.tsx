/** Line icons of 24 by 24, drawn for moim. A new one is one line; more of them are in the gallery of the design. */
const paths = {
  home: 'M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5h-5v5H5a1 1 0 0 1-1-1z',
  bell: 'M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 2h-15zM10 21h4',
  edit: 'M5 19h3.500L19 8.5 15.5 5 5 15.500zM13 7.500l3.5 3.5',
  key: 'M8.5 15.500a4 4 0 1 1 3.6-5.700L20 9.800v3h-2v2h-3v-2h-2.900a4 4 0 0 1-3.6 2.700ZM8 11.500h.01',
  phone: 'M8 3.500h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1ZM11 17.500h2',
  shield: 'M12 3.5 5 6v6c0 4.5 3 7.3 7 8.5 4-1.2 7-4 7-8.500V6zM8.8 12l2.3 2.3 4.2-4.3',
  flag: 'M6 21V4.500h11.500L15 9l2.5 4.500H6',
  mail: 'M4 6h16v12H4zM4.5 7l7.5 6 7.5-6',
  download: 'M12 4v11M8 11.500l4 4 4-4M5 20h14',
  crown: 'M4.5 8.500l3.8 3.500L12 6l3.7 6 3.8-3.500L18 17.500H6z',
  leave: 'M14 4.500H5.500v15H14M10 12h10M16.5 8.5 20 12l-3.5 3.5',
  eye: 'M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12ZM12 14.600a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.200Z',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  add: 'M12 5v14M5 12h14',
  off: 'M5 12h14',
  chain:
    'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.700l-1.2 1.200M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.700l1.2-1.2',
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
