import { describe, expect, it } from "vitest";
import type { Answer } from "./api";
import { fill, type Config } from "./config";
import { shown, since } from "./verdict";

const config: Config = {
  urls: { state: "", scans: "", guests: "", undo: "", decoder: "", signs: "" },
  csrfCookie: "csrftoken",
  language: "en-GB",
  timeZone: "Europe/Brussels",
  texts: { since: "since {time}", sinceDay: "since {day}, {time}" },
  verdicts: {
    admitted: { word: "Welcome", note: "", sign: "check" },
    already_in: { word: "Already in", note: "", sign: "people" },
    not_confirmed: { word: "Not confirmed", note: "Ask.", sign: "wait" },
    "not_confirmed.waitlisted": { word: "On the waiting list", note: "Ask.", sign: "wait" },
    invalid: { word: "Not readable", note: "Again.", sign: "close" },
  },
  undoable: ["admitted", "already_in", "left"],
};
const guest = { given_name: "Ana", family_name: "Example", organisation: "City of Example", status: "confirmed" };
const now = new Date("2026-12-03T18:00:00Z");
const show = (answer: Partial<Answer>) => shown({ id: "1", outcome: "admitted", ...answer }, config, now);

describe("shown", () => {
  it("greets by name and organisation, and can be undone", () => {
    expect(show({ guest })).toMatchObject({
      css: "is-admitted", word: "Welcome", name: "Ana Example", organisation: "City of Example", tone: "welcome",
      role: "status", undo: "1", passes: true,
    });
  });

  it("says since when somebody is in, in the event's time zone", () => {
    expect(show({ outcome: "already_in", guest, first_seen_at: "2026-12-03T17:04:00Z" }).note).toBe("since 18:04");
  });

  it("says what the guest's state is where that says more", () => {
    const verdict = show({ outcome: "not_confirmed", guest: { ...guest, status: "waitlisted" } });

    expect(verdict).toMatchObject({ word: "On the waiting list", note: "Ask.", tone: "refused", role: "alert", undo: null });
    expect(verdict.passes).toBe(false);
  });

  it("shows an outcome that it does not know as a refusal, never as a welcome", () => {
    expect(show({ outcome: "seen_by_satellite" })).toMatchObject({ css: "is-invalid", tone: "refused", undo: null });
  });

  it("repeats what the server says about an unreadable scan", () => {
    expect(show({ outcome: "invalid", detail: "“id” must be a UUID." }).note).toBe("“id” must be a UUID.");
  });

  it("has no name where the server told none", () => {
    expect(show({ outcome: "invalid" }).name).toBe("");
  });
});

it("names the day when it was another one", () => {
  expect(since("2026-12-01T23:30:00Z", config, now)).toBe("since 2 December, 00:30");
});

it("puts a name with braces into a text as it is", () => {
  expect(fill("{name} is in {nowhere}", { name: "{time} Example" })).toBe("{time} Example is in {nowhere}");
});
