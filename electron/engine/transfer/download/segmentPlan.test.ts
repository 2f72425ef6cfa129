import fc from "fast-check";
import { expect, test } from "vitest";
import { planSegments, type Segment, type SegmentPlan, type TakenSegment } from "./segmentPlan.ts";

const options = { leastBytes: 10, seamBytes: 4 };
const whole = (size: number): Segment[] => [{ from: 0, at: 0, to: size, seam: null }];

function expectTiled(plan: SegmentPlan): void {
  let end = 0;
  for (const { from, at, to } of plan.segments()) {
    expect(from).toBe(end);
    expect(at).toBeGreaterThanOrEqual(from);
    expect(to).toBeGreaterThan(from);
    expect(to).toBeGreaterThanOrEqual(at);
    end = to;
  }
  expect(end).toBe(plan.size);
}

/** One byte at a time, as a worker does it. */
function step(one: TakenSegment, fetched: Set<number>): boolean {
  if (one.at < one.to) {
    fetched.add(one.at);
    one.advance(1);
    return true;
  }
  one.close();
  one.setSeam("seam");
  return false;
}

test("whoever comes next takes half of what has the longest way to go", () => {
  const plan = planSegments(100, whole(100), options);
  const first = plan.take();
  first?.advance(20);
  const second = plan.take();
  expect([first?.to, second?.from, second?.to]).toEqual([60, 60, 100]);
  const third = plan.take();
  expect([third?.from, third?.to]).toEqual([40, 60]);
  second?.advance(15);
  expect(plan.take()?.from).toBe(88);
});

test("what is nearly there is left to who fetches it", () => {
  const plan = planSegments(100, whole(100), options);
  plan.take()?.advance(81);
  expect(plan.take()).toBeNull();
});

test("who needs a while to begin gets less, so that both are done at the same time, and nothing when the other would be done by then", () => {
  const plan = planSegments(100, whole(100), options);
  plan.take()?.advance(20);
  expect(plan.take(61)).toBeNull();
  expect(plan.take(40)?.from).toBe(80);
  expect(plan.take(10)?.from).toBe(55); // of what the first one has
  expect(plan.segments().map(({ to }) => to)).toEqual([55, 80, 100]);
});

test("of what nobody has begun to fetch the second one gets half, however long both need to begin", () => {
  const plan = planSegments(100, whole(100), options);
  plan.take();
  expect(plan.take(60)?.from).toBe(50);
});

test("what is given back untouched goes to who comes from there, else it waits", () => {
  const plan = planSegments(100, whole(100), options);
  const first = plan.take();
  const second = plan.take();
  second?.giveBack();
  expect([first?.to, plan.segments().length]).toEqual([100, 1]);
  const third = plan.take();
  third?.advance(5);
  third?.giveBack();
  expect(plan.segments().map(({ from, at, to }) => [from, at, to])).toEqual([
    [0, 0, 50],
    [50, 55, 100],
  ]);
  expect(plan.take()?.at).toBe(55);
});

test("who reads its seam does not grow any more", () => {
  const plan = planSegments(100, whole(100), options);
  const first = plan.take();
  const second = plan.take();
  first?.advance(50);
  first?.close();
  second?.giveBack();
  expect([first?.to, plan.take()?.from]).toEqual([50, 50]);
});

test("a segment without its seam is not done: its last bytes are fetched again", () => {
  const plan = planSegments(
    100,
    [
      { from: 0, at: 50, to: 50, seam: null },
      { from: 50, at: 100, to: 100, seam: null },
    ],
    options,
  );
  expect([plan.isDone(), plan.take()?.at]).toEqual([false, 46]);
});

test("segments that do not lie side by side are refused", () => {
  for (const [from, at, to] of [
    [0, 0, 90],
    [10, 10, 100],
    [0, 101, 100],
  ] as const) {
    expect(() => planSegments(100, [{ from, at, to, seam: null }], options)).toThrow("do not fit");
  }
});

test("whatever workers do, the segments cover the file, and when all is done every byte has come", () => {
  const act = fc.record({
    worker: fc.nat(4),
    deed: fc.constantFrom("work", "work", "work", "give back", "undo", "kill"),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.array(act, { maxLength: 300 }), (size, acts) => {
      let plan = planSegments(size, whole(size), options);
      const fetched = new Set<number>();
      let workers = new Map<number, TakenSegment>();
      for (const { worker, deed } of acts) {
        const one = workers.get(worker);
        if (deed === "kill") {
          plan = planSegments(size, plan.segments(), options);
          workers = new Map();
        } else if (one === undefined) {
          const taken = plan.take();
          if (taken !== null) workers.set(worker, taken);
        } else if (deed === "work") {
          for (let count = 0; count < 7; count++) {
            if (step(one, fetched)) continue;
            one.giveBack();
            workers.delete(worker);
            break;
          }
        } else {
          if (deed === "undo") one.undo();
          one.giveBack();
          workers.delete(worker);
        }
        expectTiled(plan);
      }
      for (const one of workers.values()) one.giveBack();
      for (let one = plan.take(); one !== null; one = plan.take()) {
        while (step(one, fetched));
        one.giveBack();
      }
      expect([plan.isDone(), plan.bytesDone(), fetched.size]).toEqual([true, size, size]);
    }),
  );
});
