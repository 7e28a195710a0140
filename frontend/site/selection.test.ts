import { beforeEach, expect, test } from "vitest";
import { bulkBar, tickAll } from "./selection";

beforeEach(() => {
  document.body.innerHTML = `
    <input type="checkbox" data-tick-all="guest">
    <input type="checkbox" name="guest" value="1"><input type="checkbox" name="guest" value="2">
    <input type="checkbox" name="other">
    <div data-bulk="guest"><output data-count></output></div>`;
  tickAll(master());
  bulkBar(bar());
});

const master = () => document.querySelector<HTMLInputElement>("[data-tick-all]")!;
const bar = () => document.querySelector<HTMLElement>("[data-bulk]")!;
const guests = () => [...document.querySelectorAll<HTMLInputElement>("[name=guest]")];

function tick(box: HTMLInputElement): void {
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

test("the bar is away while no row is ticked", () => {
  expect(bar().hidden).toBe(true);
});

test("ticking all ticks the rows of that name only, and the bar counts them", () => {
  tick(master());
  expect(guests().every((box) => box.checked)).toBe(true);
  expect(document.querySelector<HTMLInputElement>("[name=other]")!.checked).toBe(false);
  expect(bar().hidden).toBe(false);
  expect(bar().textContent).toBe("2");
});

test("some rows ticked leave the master undecided", () => {
  tick(guests()[0]!);
  expect(master().indeterminate).toBe(true);
  expect(bar().textContent).toBe("1");
});
