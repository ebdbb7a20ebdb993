/** Row 112: the day of the week for which a motivation text is written. */
export const variants = ['ANY_DAY', 'MONDAY', 'SUNDAY'] as const;
export type Variant = (typeof variants)[number];

/** One text in both languages. */
interface Text {
  readonly ko: string;
  readonly en: string;
  readonly variant: Variant;
}

const text = (variant: Variant, ko: string, en: string): Text => ({ variant, ko, en });

/** The texts that moim comes with. The English one names a text for good: another one would be another text. */
export const shipped: readonly Text[] = [
  text('ANY_DAY', '조금이면 충분해요. 지금 할 수 있는 만큼만 해 봐요.', 'A little is enough. Do what fits right now.'),
  text('ANY_DAY', '오늘 한 걸음이 내일을 가볍게 해 줘요.', 'One step today makes tomorrow lighter.'),
  text('ANY_DAY', '함께하는 사람들이 있어요. 혼자가 아니에요.', 'You are not alone in this. Others are at it too.'),
  text('ANY_DAY', '완벽하지 않아도 괜찮아요. 시작이면 돼요.', 'It does not have to be perfect. Starting is enough.'),
  text('ANY_DAY', '오늘의 벽돌 한 장, 같이 쌓아 볼까요?', 'One brick for today: shall we lay it together?'),
  text('ANY_DAY', '십 분만 내어 볼까요? 생각보다 금방 끝나요.', 'Ten minutes? It is over sooner than you think.'),
  text('ANY_DAY', '여기까지 온 것만으로도 잘하고 있어요.', 'You have come this far. You are doing well.'),
  text(
    'ANY_DAY',
    '하루를 마치기 전에 나를 위한 시간을 가져 봐요.',
    'Before the day ends, take some time for yourself.',
  ),
  text('ANY_DAY', '작은 반복이 큰 변화를 만들어요.', 'Small repetitions make big changes.'),
  text('ANY_DAY', '오늘도 응원하고 있어요.', 'We are cheering for you today, too.'),
  text('MONDAY', '새로운 한 주예요. 가볍게 시작해 봐요.', 'A new week. Let it begin lightly.'),
  text('MONDAY', '월요일의 한 번이 한 주의 리듬을 만들어요.', 'Once on Monday sets the rhythm of the week.'),
  text(
    'MONDAY',
    '지난주는 지난주예요. 오늘부터 다시 함께해요.',
    'Last week is last week. From today on, together again.',
  ),
  text('SUNDAY', '한 주를 기분 좋게 마무리해 봐요.', 'Bring the week to a good end.'),
  text('SUNDAY', '일요일 저녁, 잠깐이면 한 주가 채워져요.', 'Sunday evening: a moment completes the week.'),
  text(
    'SUNDAY',
    '이번 주도 애썼어요. 마지막 한 번만 함께해요.',
    'You have worked hard this week. One last time, together.',
  ),
];
