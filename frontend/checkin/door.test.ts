import { beforeEach, describe, expect, it } from "vitest";
import { Failure, type Answer, type Scan } from "./api";
import { Door, type Screen } from "./door";

let log: string[];
let sent: Scan[];
let reply: (scan: Scan) => Promise<Answer>;

const screen: Screen = {
  checking: (count) => log.push(`checking ${count}`),
  answered: (scan, { outcome }) => log.push(`${scan.code} ${outcome}`),
  failed: (scan, { kind }) => log.push(`${scan.code} ${kind}`),
  unsent: (scans) => log.push(`unsent ${scans.length}`),
};

function door(): Door {
  let number = 0;
  const send = (scan: Scan) => (sent.push(scan), reply(scan));
  return new Door(send, screen, () => `id-${++number}`, () => new Date("2026-12-03T17:04:00Z"));
}

const verdicts = () => log.filter((line) => !/^(checking|unsent)/.test(line));

beforeEach(() => {
  [log, sent] = [[], []];
  reply = async ({ id }) => ({ id, outcome: "admitted" });
});

describe("Door", () => {
  it("shows nothing before the server's answer", async () => {
    let answer = (_: Answer) => {};
    reply = () => new Promise((resolve) => (answer = resolve));

    const done = door().read({ code: "A" });
    expect(verdicts()).toEqual([]);
    answer({ id: "id-1", outcome: "admitted" });
    await done;

    expect(verdicts()).toEqual(["A admitted"]);
  });

  it("sends readings one after the other, in their order", async () => {
    const waiting: (() => void)[] = [];
    reply = ({ id }) => new Promise((resolve) => waiting.push(() => resolve({ id, outcome: "admitted" })));
    const one = door();

    const done = one.read({ code: "A" });
    void one.read({ code: "B" });
    expect(sent.map(({ code }) => code)).toEqual(["A"]);
    waiting[0]?.();
    await new Promise((resolve) => setTimeout(resolve));
    waiting[1]?.();
    await done;

    expect(verdicts()).toEqual(["A admitted", "B admitted"]);
    expect(log.at(-1)).toBe("checking 0");
  });

  it("keeps a reading without an answer and sends it again under the same id and time", async () => {
    reply = () => Promise.reject(new Failure("offline"));
    const one = door();
    await one.read({ code: "A" });
    reply = async ({ id }) => ({ id, outcome: "admitted" });

    await one.retry("id-1");

    expect(verdicts()).toEqual(["A offline", "A admitted"]);
    expect(sent[1]).toEqual(sent[0]);
    expect(log.filter((line) => line.startsWith("unsent"))).toEqual(["unsent 1", "unsent 0"]);
  });

  it("goes on with the next badge after a failure", async () => {
    reply = async ({ id, code }) => {
      if (code === "A") throw new Failure("timedOut");
      return { id, outcome: "admitted" };
    };
    const one = door();

    await one.read({ code: "A" });
    await one.read({ code: "B" });

    expect(verdicts()).toEqual(["A timedOut", "B admitted"]);
  });

  it("forgets a reading that is left", async () => {
    reply = () => Promise.reject(new Failure("offline"));
    const one = door();
    await one.read({ code: "A" });

    one.leave("id-1");
    await one.retry("id-1");

    expect(sent).toHaveLength(1);
    expect(log.at(-1)).toBe("unsent 0");
  });

  it("sends somebody found by name by their number", async () => {
    await door().read({ registration: 7 });

    expect(sent[0]).toEqual({ id: "id-1", scanned_at: "2026-12-03T17:04:00.000Z", registration: 7 });
  });
});
