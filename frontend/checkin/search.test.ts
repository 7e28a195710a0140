import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Search } from "./search";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function make(ask: (text: string) => Promise<string>) {
  const states: unknown[] = [];
  const search = new Search(ask, (state) => states.push(state), 100);
  return { search, states };
}

it("asks once for what was typed in one go", async () => {
  const ask = vi.fn(async (text: string) => text);
  const { search, states } = make(ask);

  for (const text of ["a", "an", "ana", " ana "]) search.type(text);
  await vi.runAllTimersAsync();

  expect(ask.mock.calls).toEqual([["ana"]]);
  expect(states.at(-1)).toEqual({ found: "ana" });
});

it("does not ask for one letter, whatever spaces are around it", async () => {
  const ask = vi.fn(async (text: string) => text);
  const { search, states } = make(ask);

  search.type(" a  ");
  await vi.runAllTimersAsync();

  expect(ask).not.toHaveBeenCalled();
  expect(states).toEqual(["idle"]);
});

it("drops an answer that comes after a newer question", async () => {
  const slow = { an: 500, ana: 10 } as Record<string, number>;
  const { search, states } = make((text) => new Promise((resolve) => setTimeout(() => resolve(text), slow[text])));

  search.type("an");
  await vi.advanceTimersByTimeAsync(150);
  search.type("ana");
  await vi.runAllTimersAsync();

  expect(states.filter((state) => typeof state === "object")).toEqual([{ found: "ana" }]);
});

it("says when there was no answer", async () => {
  const { search, states } = make(() => Promise.reject(new Error()));

  search.type("ana");
  await vi.runAllTimersAsync();

  expect(states.at(-1)).toBe("failed");
});
