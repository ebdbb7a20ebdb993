import { useState } from 'preact/hooks';
import { useAnswer } from '../../app/cache.ts';
import { providers } from '../../app/data/providers.ts';
import { goToProvider, type ProviderName } from '../../app/social.ts';
import { complain } from '../../messages/complain.ts';
import { useTexts } from '../../messages/index.ts';
import { BrandButton, Brands } from '../../ui/brand.tsx';

interface ProvidersProps {
  /** The path on which the person goes on. */
  readonly next: string;
  readonly clubId?: string | undefined;
}

/** The providers of this deployment, at the end of a screen: what stands above does not move when they come. */
export function Providers({ next, clubId }: ProvidersProps) {
  const say = useTexts('welcome').social;
  const known = useAnswer(providers());
  const [busy, go] = useState<ProviderName>();
  const items = known.data?.items ?? [];
  if (items.length === 0) return null;
  const enter = async (provider: ProviderName) => {
    go(provider);
    await goToProvider(provider, { to: 'enter', next, clubId }).catch(complain);
    go(undefined);
  };
  return (
    <section className="others" aria-labelledby="others">
      <h2 id="others">{say.or}</h2>
      <Brands>
        {items.map(({ provider, name }) => (
          <BrandButton
            key={provider}
            brand={provider}
            label={say.with(name)}
            busy={busy === provider}
            disabled={busy !== undefined}
            onClick={() => enter(provider)}
          >
            {name}
          </BrandButton>
        ))}
      </Brands>
    </section>
  );
}
