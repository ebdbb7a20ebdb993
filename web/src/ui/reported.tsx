/** What was reported, for those who decide on it: leaders of a group and administrators. */
import { fullDay } from '../app/days.ts';
import { faultOf } from '../app/problem.ts';
import { locale } from '../app/settings.ts';
import { useTexts } from '../messages/index.ts';
import { Button } from './button.tsx';
import { Fold } from './form.tsx';
import { Note } from './rows.tsx';
import { Unanswered } from './states.tsx';
import './reported.css';

interface Thing {
  readonly text: string | null;
  readonly link: string | null;
  readonly images: readonly { readonly url: string; readonly width: number; readonly height: number }[];
  readonly writtenAt: string;
  readonly deletedAt: string | null;
}

interface ReportedProps {
  /** The report with what is there of the thing; undefined until somebody asks for it. */
  readonly known:
    | {
        readonly data:
          | { readonly author: { readonly nickname: string } | null; readonly reported: Thing | null }
          | undefined;
        readonly error: unknown;
        readonly refetch: () => unknown;
      }
    | undefined;
  readonly onOpen: () => void;
}

/** It comes when it is asked for: a list of reports asks once, and moim records each look. */
export function Reported({ known, onOpen }: ReportedProps) {
  const say = useTexts('common').reports;
  if (!known)
    return (
      <Button small kind="quiet" icon="eye" onClick={onOpen}>
        {say.look}
      </Button>
    );
  if (known.error && faultOf(known.error).code === 'NOT_FOUND') return <Note icon="eye">{say.unseen}</Note>;
  if (!known.data) return <Unanswered of={[known]} rows={1} />;
  const { author, reported } = known.data;
  return (
    <figure
      className="reported"
      aria-label={say.thing}
      tabIndex={-1}
      ref={(shown) => shown?.focus({ preventScroll: true })}
    >
      {reported && !reported.deletedAt ? <Said of={reported} by={author?.nickname ?? ''} /> : <p>{say.gone}</p>}
    </figure>
  );
}

function Said({ of, by }: { readonly of: Thing; readonly by: string }) {
  const common = useTexts('common');
  const language = locale.use();
  const [begin, rest] = foldedText(of.text ?? '');
  return (
    <>
      <figcaption className="soft">{common.reports.written(by, fullDay(of.writtenAt, language))}</figcaption>
      {of.images.map(({ url, width, height }) => (
        <img key={url.split('?')[0]} src={url} alt={common.photoBy(by)} loading="lazy" width={width} height={height} />
      ))}
      {begin && <p>{begin}</p>}
      {rest && (
        <Fold title={common.reports.rest}>
          <p>{rest}</p>
        </Fold>
      )}
      {of.link && <p className="soft">{of.link}</p>}
    </>
  );
}

/** Characters that a report shows at once: about eight lines of a phone. */
const shownAtOnce = 240;

/** The beginning of a long text, up to a gap between words, and the rest, which is folded. */
function foldedText(text: string): readonly [begin: string, rest: string] {
  const letters = [...text];
  // A rest of two lines is no reason to fold.
  if (letters.length <= shownAtOnce + 60) return [text, ''];
  const head = letters.slice(0, shownAtOnce).join('');
  const gap = /\s\S*$/.exec(head)?.index ?? 0;
  const at = gap > 0 ? gap : head.length;
  return [text.slice(0, at), text.slice(at).trimStart()];
}
