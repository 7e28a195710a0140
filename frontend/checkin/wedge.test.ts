import { describe, expect, it } from "vitest";
import { Wedge } from "./wedge";

const CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

function type(wedge: Wedge, text: string, pause: number, start = 0): string | null {
  let now = start;
  for (const key of text) {
    wedge.press("Shift", now);
    wedge.press(key, (now += pause));
  }
  return wedge.press("Enter", now + pause);
}

describe("Wedge", () => {
  it("hears a scanner", () => {
    expect(type(new Wedge(), CODE, 8)).toBe(CODE);
  });

  it("keeps the signs of another keyboard as they came", () => {
    expect(type(new Wedge(), `é"'(-èABCDEFGHIJKLMNOPQRST`, 8)).toBe(`é"'(-èABCDEFGHIJKLMNOPQRST`);
  });

  it("leaves fingers alone", () => {
    expect(type(new Wedge(), CODE, 120)).toBeNull();
  });

  it("leaves a short word alone, however fast", () => {
    expect(type(new Wedge(), "Ana", 5)).toBeNull();
  });

  it("forgets what fingers typed before the burst", () => {
    const wedge = new Wedge();
    wedge.press("x", 0);
    wedge.press("y", 150);

    expect(type(wedge, CODE, 8, 1000)).toBe(CODE);
  });

  it("hears the second badge as well as the first", () => {
    const wedge = new Wedge();
    type(wedge, CODE, 8);

    expect(type(wedge, CODE.toLowerCase(), 8, 2000)).toBe(CODE.toLowerCase());
  });

  it("does not take a late Enter for the scanner's", () => {
    const wedge = new Wedge();
    [...CODE].forEach((key, number) => wedge.press(key, number * 8));

    expect(wedge.press("Enter", 5000)).toBeNull();
  });
});
