import { useMemo, useState } from 'preact/hooks';
import { locale } from '../../app/settings.ts';
import { allZones, deviceZone, type Zone, zoneOf, zonesFor } from '../../app/zones.ts';
import { useTexts } from '../../messages/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Note, Row, Rows, Tile } from '../../ui/rows.tsx';
import { Sheet } from '../../ui/sheet.tsx';

interface ZoneProps {
  readonly value: string;
  readonly onChange: (timeZone: string) => void;
  readonly onOpen: () => void;
}

/** The person's time zone in words; if the device has another one, the way to it. */
export function ZoneField({ value, onChange, onOpen }: ZoneProps) {
  const say = useTexts('me').edit;
  const language = locale.use();
  const now = zoneOf(value, language, say.zoneCities);
  const here = deviceZone();
  return (
    <>
      <Rows>
        <Row
          lead={<Tile icon="clock" />}
          title={say.zone}
          text={say.zoneNow(`${now.name} (${now.city})`, now.time)}
          onClick={onOpen}
        />
      </Rows>
      {here !== value ? (
        <div className="zone-differs">
          <Note icon="clock" tone="wait">
            {say.zoneDiffers(zoneOf(here, language, say.zoneCities).city)}
          </Note>
          <Button kind="quiet" small onClick={() => onChange(here)}>
            {say.zoneTake}
          </Button>
        </div>
      ) : (
        <p className="hint">{say.zoneHint}</p>
      )}
    </>
  );
}

/** Rows drawn at once: who wants another one types a letter more. */
const most = 40;

interface ZonesProps {
  readonly value: string;
  readonly onChoose: (id: string) => void;
  readonly onClose: () => void;
}

/** All zones by their place and clock, found by the name of a city or a country. Not within a form: Enter must save nothing. */
export function Zones({ value, onChoose, onClose }: ZonesProps) {
  const say = useTexts('me').edit;
  const language = locale.use();
  const all = useMemo(() => allZones(language, say.zoneCities), [language]);
  const [text, search] = useState('');
  const here = deviceZone();
  const found = zonesFor(text, all);
  const near = all.filter(({ id }) => id === value || id === here);
  const shown = text.trim()
    ? found
    : [...near, ...found.filter((zone) => !near.includes(zone) && isNear(zone, near[0]))];
  return (
    <Sheet title={say.zone} onClose={onClose}>
      <form onSubmit={(event) => event.preventDefault()}>
        <Field label={say.zoneSearch} name="zone" type="search" autoComplete="off" onInput={search} />
      </form>
      <p className="unseen" role="status">
        {text.trim() && say.zoneFound(found.length)}
      </p>
      {shown.length === 0 && <p className="soft">{say.zoneNone}</p>}
      {shown.length > 0 && (
        <Rows>
          {shown.slice(0, most).map((zone) => (
            <Row
              key={zone.id}
              lead={<Icon name={zone.id === value ? 'check' : zone.id === here ? 'phone' : 'clock'} />}
              title={`${zone.city} · ${zone.time}`}
              text={[zone.name, zone.id === here && say.zoneDevice].filter(Boolean).join(' · ')}
              onClick={() => onChoose(zone.id)}
            />
          ))}
        </Rows>
      )}
    </Sheet>
  );
}

/** Before one looks for anything: places whose day runs much as the own one. */
const isNear = (zone: Zone, own: Zone | undefined) => own !== undefined && Math.abs(zone.offset - own.offset) <= 60;
