import { beforeEach, expect, test } from "vitest";
import { languageTabs } from "./languages";

function group(invalid = ""): HTMLElement {
  const fields = ["fr", "en", "de"].map(
    (code) =>
      `<div data-language="${code}"><input id="id_title_${code}"${code === invalid ? ' aria-invalid="true"' : ""}></div>`,
  );
  document.body.innerHTML = `<fieldset data-languages="Title"><legend>Title</legend>${fields.join("")}</fieldset>`;
  return document.querySelector<HTMLElement>("[data-languages]")!;
}

const shown = () =>
  [...document.querySelectorAll<HTMLElement>("[data-language]")].filter((part) => !part.hidden).map((part) => part.dataset["language"]);
const tabs = () => [...document.querySelectorAll<HTMLButtonElement>("[role=tab]")];

beforeEach(() => {
  location.hash = "";
});

test("the first language is shown, the bar follows the legend", () => {
  const fieldset = group();
  languageTabs(fieldset);
  expect(shown()).toEqual(["fr"]);
  expect(fieldset.children[1]?.getAttribute("role")).toBe("tablist");
});

test("a click shows its language and keeps the other fields in the form", () => {
  languageTabs(group());
  tabs()[2]!.click();
  expect(shown()).toEqual(["de"]);
  expect(document.querySelectorAll("input")).toHaveLength(3);
});

test("a language with an error is shown first and is marked", () => {
  languageTabs(group("en"));
  expect(shown()).toEqual(["en"]);
  expect(tabs().map((tab) => tab.classList.contains("has-error"))).toEqual([false, true, false]);
});

test("arrow keys go round and move the focus", () => {
  languageTabs(group());
  tabs()[0]!.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
  expect(shown()).toEqual(["de"]);
  expect(document.activeElement).toBe(tabs()[2]);
});

test("a link of the error summary opens the language of its field", () => {
  languageTabs(group());
  location.hash = "#id_title_de";
  window.dispatchEvent(new Event("hashchange"));
  expect(shown()).toEqual(["de"]);
  expect(document.activeElement?.id).toBe("id_title_de");
});

test("one language alone needs no tabs", () => {
  document.body.innerHTML = `<div data-languages="Title"><div data-language="fr"><input></div></div>`;
  languageTabs(document.querySelector<HTMLElement>("[data-languages]")!);
  expect(tabs()).toHaveLength(0);
});
