import { type Clock, timerClock } from '../../shared/core/clock.ts';

const day = 86_400_000;
const start = Date.parse('2026-03-02T03:00:00Z');

/** The platform's timers on a time that the test moves. Like the real ones, they run at once what is too far away. */
function platform() {
  let now = start;
  const timers = new Map<number, { due: number; task: () => unknown }>();
  let last = 0;
  jest.spyOn(globalThis, 'setTimeout').mockImplementation(((task: () => unknown, wait = 0) => {
    timers.set(++last, { due: now + (wait > 2 ** 31 - 1 ? 1 : wait), task });
    return last;
  }) as never);
  jest.spyOn(globalThis, 'clearTimeout').mockImplementation((timer) => void timers.delete(timer as never));
  return {
    now: () => now,
    waiting: () => timers.size,
    /** Moves on to an instant, running what falls due on the way. */
    moveTo(time: number) {
      for (;;) {
        const [first] = [...timers].filter(([, { due }]) => due <= time).sort(([, a], [, b]) => a.due - b.due);
        if (!first) break;
        timers.delete(first[0]);
        now = Math.max(now, first[1].due);
        first[1].task();
      }
      now = time;
    },
  };
}

afterEach(() => jest.restoreAllMocks());

/** When a clock ran a task that was due at an instant: none, one or several times. */
function runs(clock: Clock, due: number) {
  const at: number[] = [];
  const callOff = clock.at(due, () => at.push(clock.now()));
  return { at, callOff };
}

test.each([
  ['a second', 1000],
  ['a day', day],
  ['the longest that one timer takes', 2 ** 31 - 1],
  ['a millisecond more than that', 2 ** 31],
  ['a year', 365 * day],
])('a task that is due in %s runs then, once', (_, wait) => {
  const machine = platform();
  const { at } = runs(timerClock(machine.now), start + wait);

  machine.moveTo(start + wait - 1);
  const before = [...at];
  machine.moveTo(start + 2 * wait);

  expect(before).toEqual([]);
  expect(at).toEqual([start + wait]);
});

test('what is due already runs at once', () => {
  const machine = platform();
  const { at } = runs(timerClock(machine.now), start - day);

  machine.moveTo(start);

  expect(at).toEqual([start]);
});

test('what is called off does not run, however many steps were waited', () => {
  const machine = platform();
  const { at, callOff } = runs(timerClock(machine.now), start + 40 * day);

  machine.moveTo(start + 30 * day);
  callOff();
  machine.moveTo(start + 50 * day);

  expect([at, machine.waiting()]).toEqual([[], 0]);
});

test('each timer is handed over, so that the process need not wait for it', () => {
  const machine = platform();
  const armed: unknown[] = [];

  timerClock(machine.now, (timer) => armed.push(timer)).at(start + 3 * day, () => {});
  machine.moveTo(start + 3 * day);

  expect(armed).toEqual([1, 2, 3]);
});
