import { beforeEach, expect, test } from "vitest";
import { csrfToken, signRequest } from "./csrf";

beforeEach(() => {
  document.body.innerHTML = `
    <form><input name="csrfmiddlewaretoken" value="first"></form>
    <form><input name="csrfmiddlewaretoken" value="second"><button></button></form>`;
});

function headersOf(verb: string): Record<string, string> {
  const headers = {};
  signRequest(new CustomEvent("htmx:configRequest", { detail: { verb, elt: document.querySelector("button"), headers } }));
  return headers;
}

test("the token comes from the element's own form", () => {
  expect(csrfToken(document.querySelector("button")!)).toBe("second");
});

test("an element outside any form takes the page's token", () => {
  expect(csrfToken(document.body)).toBe("first");
});

test("a page without forms takes the cookie's token", () => {
  document.body.innerHTML = "";
  document.cookie = "csrftoken=third";
  expect(csrfToken(document.body)).toBe("third");
});

test("a changing request carries the token, a reading one does not", () => {
  expect(headersOf("post")).toEqual({ "X-CSRFToken": "second" });
  expect(headersOf("get")).toEqual({});
});
