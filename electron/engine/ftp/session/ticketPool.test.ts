import { expect, test } from "vitest";
import { ticketPool } from "./ticketPool.ts";

const ticket = (name: string) => Buffer.from(name);

test("gives each TLS 1.3 ticket once, the newest first, and the last one again when none is left", () => {
  const pool = ticketPool();
  expect(pool.take()).toBe(null);
  pool.add(ticket("a"), true);
  pool.add(ticket("b"), true);
  expect([pool.take(), pool.take(), pool.take()].map(String)).toEqual(["b", "a", "b"]);
  pool.add(ticket("c"), true);
  expect(String(pool.take())).toBe("c");
});

test("gives the newest TLS 1.2 session again and again", () => {
  const pool = ticketPool();
  pool.add(ticket("a"), false);
  pool.add(ticket("b"), false);
  expect([pool.take(), pool.take()].map(String)).toEqual(["b", "b"]);
});

test("keeps no more than it can use", () => {
  const pool = ticketPool();
  for (let index = 0; index < 100; index++) pool.add(ticket(String(index)), true);
  const taken = Array.from({ length: 33 }, () => String(pool.take()));
  expect(taken.slice(0, 32)).toEqual(Array.from({ length: 32 }, (_, index) => String(99 - index)));
  expect(taken[32]).toBe("99");
});
