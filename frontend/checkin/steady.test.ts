import { expect, it } from "vitest";
import { Steady } from "./steady";

it("reads a badge that is held still once, however long", () => {
  const steady = new Steady(2500);

  const told = Array.from({ length: 100 }, (_, frame) => steady.isNew("A", frame * 100));

  expect(told.filter(Boolean)).toHaveLength(1);
  expect(told[0]).toBe(true);
});

it("reads the next badge at once", () => {
  const steady = new Steady(2500);
  steady.isNew("A", 0);

  expect(steady.isNew("B", 100)).toBe(true);
});

it("reads the same badge again after it was taken away", () => {
  const steady = new Steady(2500);
  steady.isNew("A", 0);
  steady.isNew("A", 1000);

  expect(steady.isNew("A", 3400)).toBe(false);
  expect(steady.isNew("A", 6000)).toBe(true);
});

it("reads a badge again that it was told to forget", () => {
  const steady = new Steady();
  steady.isNew("A", 0);
  steady.forget();

  expect(steady.isNew("A", 10)).toBe(true);
});
