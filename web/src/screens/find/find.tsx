import './find.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useList } from '../../app/cache.ts';
import { type Filters, foundGroups } from '../../app/data/finding.ts';
import { navigate, usePath } from '../../app/router.ts';
import { session } from '../../app/session.ts';
import { useTexts } from '../../messages/index.ts';
import { Button, cx, Round } from '../../ui/button.tsx';
import { Cut, useCut } from '../../ui/cut.tsx';
import { Form, Select, Submit } from '../../ui/form.tsx';
import { choices } from '../../ui/group-fields.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Page, Title, Wordmark } from '../../ui/page.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Empty, More, Unanswered } from '../../ui/states.tsx';
import { GroupCards, inPages } from './card.tsx';

const names = ['text', 'category', 'kind', 'audience', 'sort'] as const;
type Chosen = Partial<Record<(typeof names)[number], string>>;

/** The filters live in the address: "back" and a link have them. What moim does not know, it refuses, and says so. */
const chosenIn = (path: string): Chosen => {
  const query = new URLSearchParams(path.split('?')[1]);
  return Object.fromEntries(names.flatMap((name) => (query.get(name) ? [[name, query.get(name)!]] : [])));
};
const pathOf = (chosen: Chosen): string => {
  const query = new URLSearchParams(Object.entries(chosen).filter(([, value]) => value)).toString();
  return query ? `/find?${query}` : '/find';
};

/** Groups that take people: searched as one types, filtered, liked. */
export function Screen() {
  const say = useTexts('find');
  const isMember = session.use().status === 'in';
  const chosen = chosenIn(usePath());
  const list = useList(foundGroups(chosen as Filters));
  const [isOpen, open] = useState(false);
  const filters = [chosen.kind, chosen.audience, chosen.sort].filter(Boolean).length;
  return (
    <Page className="find">
      <header className="find-head">
        {!isMember && (
          <a href="/" className="find-home">
            <Wordmark />
          </a>
        )}
        <div className="find-line">
          <Title>{say.title}</Title>
          {!isMember && (
            <Button small kind="quiet" href="/">
              {say.begin}
            </Button>
          )}
          {isMember && (
            <span className="find-ends">
              <Round icon="heart" label={say.liked} href="/likes" />
              <Button small kind="quiet" icon="plus" href="/new">
                {say.make}
              </Button>
            </span>
          )}
        </div>
        <div className="find-line">
          <Search chosen={chosen} />
          <button
            type="button"
            className={cx('find-filter', filters > 0 && 'on')}
            aria-label={filters > 0 ? say.filtersOn(filters) : say.filters}
            onClick={() => open(true)}
          >
            <Icon name="filter" />
            {filters > 0 && (
              <b className="new-count" aria-hidden="true">
                {filters}
              </b>
            )}
          </button>
        </div>
      </header>
      <Categories path={(category) => pathOf({ ...chosen, category: category ?? '' })} now={chosen.category} />
      {!list.items ? (
        <Unanswered of={[list]} />
      ) : list.items.length === 0 && !list.more ? (
        <Empty title={say.none} lead={say.noneLead}>
          <Button kind="quiet" href={isMember ? '/new' : '/sign-in?then=%2Fnew'}>
            {say.make}
          </Button>
        </Empty>
      ) : (
        <div className="find-list">
          {inPages(list.items).map((groups, at) => (
            <GroupCards key={at} groups={groups} />
          ))}
        </div>
      )}
      <More of={list} />
      {list.items && (
        <p className="center find-more">
          <a className="link" href="/plans">
            {say.plansLink}
          </a>
          {isMember && (
            <a className="link" href="/applications">
              {say.application.list}
            </a>
          )}
        </p>
      )}
      {isOpen && <FilterSheet chosen={chosen} onClose={() => open(false)} />}
    </Page>
  );
}

/** Milliseconds between the last letter and the search. */
const pauseMs = 250;

/** Searches as one types, also within a Korean syllable: moim reads a consonant as the beginning of one. */
function Search({ chosen }: { readonly chosen: Chosen }) {
  const say = useTexts('find');
  const ref = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const text = chosen.text ?? '';
  const cut = useCut();
  useEffect(() => {
    // Only where nobody writes: a composition must not be disturbed.
    if (ref.current && document.activeElement !== ref.current) ref.current.value = text;
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = () => {
    clearTimeout(timer.current);
    const next = ref.current!.value.trim();
    if (next !== text) navigate(pathOf({ ...chosen, text: next }), { replace: true, still: true });
  };
  return (
    <form
      className="field find-search"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <Icon name="search" size={22} />
      <input
        ref={ref}
        type="search"
        enterKeyHint="search"
        aria-label={say.searchLabel}
        placeholder={say.search}
        maxLength={50}
        autoComplete="off"
        defaultValue={text}
        {...{ onbeforeinput: cut.before }}
        onInput={(event) => {
          cut.after(event);
          clearTimeout(timer.current);
          timer.current = setTimeout(search, pauseMs);
        }}
      />
      <Cut of={cut.lost} />
    </form>
  );
}

interface CategoriesProps {
  readonly path: (category: string | undefined) => string;
  readonly now: string | undefined;
}

/** The fields as a row of links, which scrolls sideways. */
export function Categories({ path, now }: CategoriesProps) {
  const say = useTexts('find');
  const { groups } = useTexts('common');
  return (
    <nav className="chips find-categories" aria-label={groups.category}>
      {[[undefined, say.all] as const, ...choices(groups.categories)].map(([category, text]) => (
        <a key={text} className="chip" href={path(category)} aria-current={category === now ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}

function FilterSheet({ chosen, onClose }: { readonly chosen: Chosen; readonly onClose: () => void }) {
  const say = useTexts('find');
  const { groups } = useTexts('common');
  const any = ['', say.all] as const;
  const go = (next: Chosen) => {
    onClose();
    navigate(pathOf({ ...chosen, ...next }), { replace: true });
  };
  return (
    <Sheet title={say.filters} onClose={onClose}>
      <Form
        onSubmit={async ({ kind = '', audience = '', sort = '' }) =>
          go({ kind, audience, sort: sort === 'LATEST' ? '' : sort })
        }
      >
        <Select label={say.kind} name="kind" options={[any, ...choices(say.kinds)]} value={chosen.kind ?? ''} />
        <Select
          label={groups.audience}
          name="audience"
          options={[any, ...choices(groups.audiences)]}
          value={chosen.audience ?? ''}
        />
        <Select label={say.sort} name="sort" options={choices(say.sorts)} value={chosen.sort ?? 'LATEST'} />
        <Submit>{say.apply}</Submit>
        <Button kind="plain" onClick={() => go({ kind: '', audience: '', sort: '' })}>
          {say.reset}
        </Button>
      </Form>
    </Sheet>
  );
}
