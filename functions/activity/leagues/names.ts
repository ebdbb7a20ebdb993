/** What nameless animals are called. No word is an unkind one. */
import { fingerprint } from '../../../shared/core/ids.ts';
import { dayMs } from '../../../shared/core/time.ts';
import type { Locale } from '../../../shared/messages/catalog.ts';
import { type Animal, animals } from './values.ts';

type Words = Readonly<Record<Locale, string>>;

const nouns: Readonly<Record<Animal, Words>> = {
  OTTER: { ko: '수달', en: 'Otter' },
  WHALE: { ko: '고래', en: 'Whale' },
  OWL: { ko: '부엉이', en: 'Owl' },
  RABBIT: { ko: '토끼', en: 'Rabbit' },
  TURTLE: { ko: '거북', en: 'Turtle' },
  BEAR: { ko: '곰', en: 'Bear' },
  FOX: { ko: '여우', en: 'Fox' },
  CAT: { ko: '고양이', en: 'Cat' },
};

const words = (text: string): readonly Words[] =>
  text.split(', ').map((pair) => {
    const [ko = '', en = ''] = pair.split('/');
    return { ko, en };
  });

/** The words of every other week: so nobody is called the same in two weeks, one after the other. */
const adjectives = [
  words(
    '느긋한/Easy, 새벽/Dawn, 단단한/Steady, 반짝/Bright, 포근한/Cosy, 씩씩한/Brave, 조용한/Quiet, 봄날/Spring, 구름/Cloud, 달빛/Moonlit, 푸른/Blue, 숲속/Forest, 다정한/Gentle, 부지런한/Busy, 웃는/Smiling, 바람/Windy, 초록/Green, 노을/Sunset, 솔직한/Frank, 든든한/Sturdy, 가벼운/Light, 별빛/Starlit, 산뜻한/Fresh, 맑은/Clear',
  ),
  words(
    '깊은/Deep, 총총/Quick, 말랑한/Soft, 산책/Strolling, 따뜻한/Warm, 날쌘/Swift, 차분한/Calm, 가을/Autumn, 햇살/Sunny, 파도/Wavy, 하얀/White, 들판/Meadow, 상냥한/Kind, 꾸준한/Patient, 노래하는/Singing, 이슬/Dewy, 금빛/Golden, 아침/Morning, 너그러운/Generous, 튼튼한/Sound, 통통/Bouncy, 은하수/Milky, 싱그러운/Lively, 고운/Fair',
  ),
] as const;

export interface AnimalName {
  readonly animal: Animal;
  readonly name: string;
}

/** A number follows the words, of so many: of the first thousand people of a week hardly any two have the same name. */
const numbers = { first: 1000, count: 9000 };

/**
 * What somebody is called in a week. It follows from a secret of their own, which nobody is given: so who knows the names of
 * one week cannot find the same person in another. It is the same in all leagues of a week.
 *
 * @param secret the member's `secret`; any text for an example
 * @param week the Monday on which the week begins
 */
export function animalOf(secret: string, week: string, locale: Locale): AnimalName {
  const random = Buffer.from(fingerprint('league', secret, week), 'base64url');
  const choice = random.readUInt32BE(0);
  const animal = animals[choice % animals.length]!;
  const ofWeek = adjectives[Math.floor(Date.parse(week) / (7 * dayMs)) % 2]!;
  const adjective = ofWeek[Math.floor(choice / animals.length) % ofWeek.length]!;
  const number = numbers.first + (random.readUInt32BE(4) % numbers.count);
  return { animal, name: `${adjective[locale]} ${nouns[animal][locale]} ${number}` };
}
