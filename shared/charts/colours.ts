/**
 * The colours of pictures that leave moim, where no style sheet is. They are those of `web/src/styles/tokens.css`, where
 * colours are chosen; `test/rules/charts.test.ts` holds the two equal.
 */
export type Theme = 'light' | 'dark';

const light = {
  paper: '#fff6e9',
  card: '#ffffff',
  sunk: '#fbeeda',
  ink: '#2c1c13',
  soft: '#76624f',
  line: '#f1e0c8',
  field: '#a58a6d',
  main: '#cc4419',
  mortar: '#f7e6cd',
  mine: '#ffe3d3',
  wait: '#8a5a00',
  h0: '#e4572e',
  h1: '#f4b23c',
  h2: '#5aa469',
  h3: '#4f94cf',
} as const;

export type Colours = { readonly [Name in keyof typeof light]: string };

export const colours: Readonly<Record<Theme, Colours>> = {
  light,
  dark: {
    paper: '#1a1310',
    card: '#261c17',
    sunk: '#31251e',
    ink: '#f8ecdd',
    soft: '#bda895',
    line: '#3a2c24',
    field: '#8a7565',
    main: '#ff8f5f',
    mortar: '#34271f',
    mine: '#54301f',
    wait: '#ffcf70',
    h0: '#ef6a41',
    h1: '#f2b84f',
    h2: '#69b279',
    h3: '#63a3da',
  },
};

/** Fonts that people have; none is loaded. */
export const fonts =
  "'Pretendard Variable',Pretendard,-apple-system,'Apple SD Gothic Neo','Noto Sans KR','Noto Sans CJK KR','Malgun Gothic',system-ui,sans-serif";
