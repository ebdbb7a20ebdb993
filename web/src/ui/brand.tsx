/** The marks of identity providers, in the colours that each asks for. */
import type { Children } from './button.tsx';
import './brand.css';

/** Each mark as shapes of 24 by 24; without a colour it has that of the text. */
const marks = {
  google: [
    [
      '#4285f4',
      'M22.56 12.25c0-.78-.07-1.53-.2-2.25H12v4.26h5.92c-.26 1.37-1.04 2.53-2.21 3.31v2.77h3.57c2.08-1.92 3.28-4.74 3.28-8.09z',
    ],
    [
      '#34a853',
      'M12 23c2.97 0 5.46-.98 7.28-2.66l-3.57-2.77c-.98.66-2.23 1.06-3.71 1.06-2.86 0-5.29-1.93-6.16-4.53H2.18v2.84C3.99 20.53 7.7 23 12 23z',
    ],
    [
      '#fbbc05',
      'M5.84 14.09c-.22-.66-.35-1.36-.35-2.09s.13-1.43.35-2.09V7.07H2.18C1.43 8.55 1 10.22 1 12s.43 3.45 1.18 4.93l2.85-2.22z',
    ],
    [
      '#ea4335',
      'M12 5.38c1.62 0 3.06.56 4.21 1.64l3.15-3.15C17.45 2.09 14.97 1 12 1 7.7 1 3.99 3.47 2.18 7.07l3.66 2.84c.87-2.6 3.3-4.53 6.16-4.53z',
    ],
  ],
  apple: [
    [
      'currentColor',
      'M12.15 6.9c-.95 0-2.42-1.08-3.96-1.04-2.04.03-3.91 1.18-4.96 3.01-2.12 3.68-.55 9.1 1.52 12.09 1.01 1.45 2.21 3.09 3.79 3.04 1.52-.07 2.09-.99 3.94-.99 1.83 0 2.35.99 3.96.95 1.64-.03 2.68-1.48 3.68-2.95 1.16-1.69 1.64-3.33 1.66-3.42-.04-.01-3.18-1.22-3.22-4.86-.03-3.04 2.48-4.49 2.6-4.56-1.43-2.09-3.62-2.32-4.39-2.38-2-.16-3.68 1.09-4.61 1.09zM15.53 3.83c.84-1.01 1.4-2.43 1.25-3.83-1.21.05-2.66.81-3.53 1.82-.78.9-1.45 2.34-1.27 3.71 1.34.1 2.72-.69 3.56-1.7',
    ],
  ],
  kakao: [
    [
      'currentColor',
      'M12 3.5c-5.52 0-10 3.5-10 7.84 0 2.8 1.86 5.25 4.66 6.64l-.94 3.46c-.1.36.3.65.61.44l4.12-2.72c.5.05 1.02.08 1.55.08 5.52 0 10-3.54 10-7.9S17.52 3.5 12 3.5z',
    ],
  ],
  naver: [['currentColor', 'M15.1 12.7 8.6 3.5H3.5v17h5.4v-9.2l6.5 9.2h5.1v-17h-5.4z']],
  github: [
    [
      'currentColor',
      'M12 .3a12 12 0 0 0-3.8 23.39c.6.11.82-.26.82-.58l-.02-2.04c-3.34.72-4.04-1.61-4.04-1.61-.54-1.39-1.33-1.76-1.33-1.76-1.09-.74.08-.73.08-.73 1.21.09 1.84 1.24 1.84 1.24 1.07 1.84 2.81 1.31 3.5 1 .1-.78.41-1.31.76-1.61-2.67-.3-5.47-1.33-5.47-5.93 0-1.31.47-2.38 1.24-3.22-.14-.3-.54-1.52.1-3.18 0 0 1.01-.32 3.3 1.23a11.5 11.5 0 0 1 6 0c2.28-1.55 3.29-1.23 3.29-1.23.64 1.66.24 2.88.12 3.18.76.84 1.23 1.91 1.23 3.22 0 4.61-2.81 5.63-5.48 5.92.42.36.81 1.1.81 2.22l-.01 3.29c0 .32.21.69.82.57A12 12 0 0 0 12 .3',
    ],
  ],
} as const;
export type Brand = keyof typeof marks;

/** The mark alone, for the eye: the name stands beside it. */
const BrandMark = ({ brand, size = 22 }: { readonly brand: Brand; readonly size?: number }) => (
  <svg className="brand-mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
    {marks[brand].map(([colour, path]) => (
      <path key={path} fill={colour} d={path} />
    ))}
  </svg>
);

/** The mark on its own ground, at the head of a row. */
export const BrandTile = ({ brand }: { readonly brand: Brand }) => (
  <span className={`mood brand ${brand}`} aria-hidden="true">
    <BrandMark brand={brand} />
  </span>
);

/** Ways in by providers, side by side. */
export const Brands = ({ children }: Children) => <div className="brands">{children}</div>;

interface BrandButtonProps extends Children {
  readonly brand: Brand;
  /** Says what pressing it does; it has the name of the provider in it. */
  readonly label: string;
  readonly busy: boolean;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

/** A way in by a provider: a brick in its colours, with its mark and its name. */
export const BrandButton = ({ brand, label, busy, disabled, onClick, children }: BrandButtonProps) => (
  <button
    type="button"
    className={`button brand ${brand}`}
    aria-label={label}
    aria-busy={busy}
    disabled={disabled}
    onClick={onClick}
  >
    <BrandMark brand={brand} />
    {children}
  </button>
);
