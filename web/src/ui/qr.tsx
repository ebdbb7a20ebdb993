/** A QR code, drawn as one shape: no markup is written as a text, and nothing is loaded from elsewhere. */
import encodeQR from 'qr';
import './qr.css';

/** Modules of quiet ground around the code (ISO/IEC 18004, 7.3.8). */
const border = 4;

/** A screen is clean and near: the least of correction gives the largest modules. */
const modulesOf = (text: string): boolean[][] => encodeQR(text, 'raw', { ecc: 'low', border });

/** Each row of dark modules as runs: one rectangle for each, without seams between them. */
const shapeOf = (modules: readonly (readonly boolean[])[]): string =>
  modules
    .map((row, y) =>
      row
        .map((dark, x) => {
          if (!dark || row[x - 1]) return '';
          const end = row.indexOf(false, x);
          const run = (end < 0 ? row.length : end) - x;
          return `M${x} ${y}h${run}v1h-${run}z`;
        })
        .join(''),
    )
    .join('');

/** Dark on white in both themes: not every app reads a code that is light on dark. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const modules = modulesOf(text);
  const side = modules.length;
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`}>
      <rect className="qr-ground" width={side} height={side} rx="2" />
      <path d={shapeOf(modules)} shapeRendering="crispEdges" />
    </svg>
  );
}
