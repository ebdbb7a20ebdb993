import type { LeagueName } from '../../app/data/leagues.ts';
import { useTexts } from '../../messages/index.ts';
import { Page } from '../../ui/page.tsx';
import { Gone } from '../../ui/states.tsx';
import { Board } from './board.tsx';

interface Given {
  readonly league?: string;
  readonly isLast?: boolean;
}

/** A path may name a league that there is none of. */
export function Screen({ league = 'ALL', isLast = false }: Given) {
  const say = useTexts('leagues');
  const { categories, audiences } = useTexts('common').groups;
  if (league !== 'ALL' && !(league in categories) && !(league in audiences))
    return (
      <Page title={say.title} back="/leagues">
        <Gone />
      </Page>
    );
  return <Board key={`${league} ${isLast}`} name={league as LeagueName} isLast={isLast} />;
}
