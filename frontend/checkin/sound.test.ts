import { afterEach, expect, it, vi } from "vitest";
import { MELODIES, PULSES, Sound } from "./sound";

afterEach(() => vi.unstubAllGlobals());

function memory(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

it("is on until it is switched off, and remembers that", () => {
  const device = memory();
  const sound = new Sound(device);

  expect(sound.on).toBe(true);
  expect(sound.toggle()).toBe(false);
  expect(new Sound(device).on).toBe(false);
});

it("vibrates when on, and is still when off", () => {
  const vibrate = vi.fn();
  vi.stubGlobal("navigator", { vibrate });
  const sound = new Sound(undefined);

  sound.play("welcome");
  sound.toggle();
  sound.play("refused");

  expect(vibrate.mock.calls).toEqual([[PULSES.welcome]]);
});

it("has a melody of its own for each tone", () => {
  expect(new Set(Object.values(MELODIES).map((notes) => JSON.stringify(notes))).size).toBe(Object.keys(MELODIES).length);
});
