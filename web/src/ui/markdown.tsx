/** Markdown as nodes. Nothing becomes markup: what a post has of HTML is shown as the text that it is. */
import { lexer, type Token, type Tokens } from 'marked';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useTexts } from '../messages/index.ts';
import type { Part } from './highlight.ts';
import './markdown.css';

/** Long texts are none here: the API takes some hundred characters. */
export function Markdown({ text }: { readonly text: string }) {
  const tokens = useMemo(() => lexer(text, { gfm: true, breaks: true }), [text]);
  return <div className="markdown">{blocks(tokens)}</div>;
}

const blocks = (tokens: readonly Token[]) => tokens.map((token, at) => <Block key={at} of={token as Known} />);
const inline = (tokens: readonly Token[] | undefined, text: string): ComponentChildren =>
  tokens ? tokens.map((token, at) => <Inline key={at} of={token as Known} />) : text;

/** What the lexer makes. Its own type has room for extensions, of which there are none. */
type Known =
  | Tokens.Heading
  | Tokens.Paragraph
  | Tokens.Text
  | Tokens.List
  | Tokens.Blockquote
  | Tokens.Code
  | Tokens.Hr
  | Tokens.Table
  | Tokens.HTML
  | Tokens.Escape
  | Tokens.Strong
  | Tokens.Em
  | Tokens.Del
  | Tokens.Codespan
  | Tokens.Br
  | Tokens.Link
  | Tokens.Image
  | Tokens.Space
  | Tokens.Def
  | Tokens.Checkbox;

function Block({ of }: { readonly of: Known }) {
  switch (of.type) {
    case 'space':
    case 'def':
      return null;
    // The screen has a title of its own: these are below it.
    case 'heading':
      return of.depth < 3 ? <h2>{inline(of.tokens, of.text)}</h2> : <h3>{inline(of.tokens, of.text)}</h3>;
    case 'blockquote':
      return <blockquote>{blocks(of.tokens)}</blockquote>;
    case 'code':
      return <Code text={of.text} language={(of.lang ?? '').split(/\s/)[0]!} />;
    case 'hr':
      return <hr />;
    case 'list':
      return <List of={of} />;
    case 'table':
      return <Table of={of} />;
    case 'paragraph':
      return <p>{inline(of.tokens, of.text)}</p>;
    default:
      return <p>{inline([of as Token], of.raw)}</p>;
  }
}

function List({ of: { ordered, start, items } }: { readonly of: Tokens.List }) {
  const lines = items.map(({ tokens, task, checked }, at) => (
    <li key={at}>
      {task && <span className="markdown-check">{checked ? '☑ ' : '☐ '}</span>}
      {tokens.map((token, nth) =>
        token.type === 'text' ? (
          <Inline key={nth} of={token as Known} />
        ) : token.type === 'checkbox' ? null : (
          <Block key={nth} of={token as Known} />
        ),
      )}
    </li>
  ));
  return ordered ? <ol start={start || 1}>{lines}</ol> : <ul>{lines}</ul>;
}

function Table({ of: { header, rows } }: { readonly of: Tokens.Table }) {
  const say = useTexts('common').markdown;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is scrolled by keys, too
    <section className="markdown-scroll" aria-label={say.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {header.map(({ tokens, text }, at) => (
              <th key={at}>{inline(tokens, text)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, at) => (
            <tr key={at}>
              {cells.map(({ tokens, text }, nth) => (
                <td key={nth}>{inline(tokens, text)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Inline({ of }: { readonly of: Known }) {
  switch (of.type) {
    case 'strong':
      return <strong>{inline(of.tokens, of.text)}</strong>;
    case 'em':
      return <em>{inline(of.tokens, of.text)}</em>;
    case 'del':
      return <del>{inline(of.tokens, of.text)}</del>;
    case 'codespan':
      return <code>{of.text}</code>;
    case 'br':
      return <br />;
    case 'link':
      return <Away href={of.href}>{inline(of.tokens, of.text)}</Away>;
    // Pictures of other sites would tell them who reads: their address is a link.
    case 'image':
      return <Away href={of.href}>{of.text || of.href}</Away>;
    case 'text':
    case 'escape':
      return <>{inline('tokens' in of ? of.tokens : undefined, of.text)}</>;
    default:
      return <>{of.raw}</>;
  }
}

/** A link that opens a page of another site; anything else, such as a script, stays a text. */
function Away({ href, children }: { readonly href: string; readonly children: ComponentChildren }) {
  if (!/^(https?:|mailto:)/i.test(href)) return <>{children}</>;
  return (
    <a className="link" href={href} target="_blank" rel="noreferrer noopener nofollow">
      {children}
    </a>
  );
}

function Code({ text, language }: { readonly text: string; readonly language: string }) {
  const say = useTexts('common').markdown;
  const [parts, set] = useState<readonly Part[]>();
  useEffect(() => {
    if (!language) return;
    let isShown = true;
    // Colours may come later: nothing moves when they do. Without a network the code stays plain.
    void import('./highlight.ts').then(
      ({ partsOf }) => isShown && set(partsOf(text, language)),
      () => {},
    );
    return () => {
      isShown = false;
    };
  }, [text, language]);
  return (
    <figure className="code">
      {language && <figcaption>{language}</figcaption>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is scrolled by keys, too */}
      <section className="markdown-scroll" aria-label={language ? say.codeIn(language) : say.code} tabIndex={0}>
        <pre>
          <code>
            {parts
              ? parts.map(({ look, text: part }, at) => (
                  <span key={at} className={look}>
                    {part}
                  </span>
                ))
              : text}
          </code>
        </pre>
      </section>
    </figure>
  );
}
