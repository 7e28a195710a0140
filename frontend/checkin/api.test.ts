import { describe, expect, it } from "vitest";
import { Api, Failure } from "./api";

const urls = { state: "/state/", scans: "/scans/", guests: "/guests/", undo: "/scans/{scan}/undo/" };
const scan = { id: "0b7e", scanned_at: "2026-12-03T17:04:00Z", code: "ABC" };

function server(answer: (url: string, options: RequestInit) => Promise<Response> | Response) {
  const asked: { url: string; options: RequestInit }[] = [];
  const api = new Api(urls, () => "token", async (url, options) => (asked.push({ url, options }), answer(url, options)), 30);
  return { api, asked };
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const kind = (promise: Promise<unknown>) => promise.then(() => "answered", (error: Failure) => error.kind);

describe("Api", () => {
  it("sends one scan with the token and gives its answer", async () => {
    const { api, asked } = server(() => json({ results: [{ id: "0b7e", outcome: "admitted" }] }));

    const answer = await api.send(scan);

    expect(answer.outcome).toBe("admitted");
    expect(asked[0]?.url).toBe("/scans/");
    expect(JSON.parse(String(asked[0]?.options.body))).toEqual({ scans: [scan] });
    expect((asked[0]?.options.headers as Record<string, string>)["X-CSRFToken"]).toBe("token");
  });

  it("writes the address of an undo and of a search", async () => {
    const { api, asked } = server(() => json({ results: [], inside: false }));

    await api.undo("0b7e");
    await api.find("Łódź & co");

    expect(asked.map(({ url }) => url)).toEqual(["/scans/0b7e/undo/", "/guests/?q=%C5%81%C3%B3d%C5%BA%20%26%20co"]);
    expect(asked.map(({ options }) => options.method)).toEqual(["POST", undefined]);
  });

  it.each([
    [401, "signedOut"],
    [403, "signedOut"],
    [404, "noAccess"],
    [500, "serverError"],
    [400, "serverError"],
  ])("says of status %i that it is %s", async (status, expected) => {
    const { api } = server(() => json({ detail: "…" }, status));

    expect(await kind(api.send(scan))).toBe(expected);
  });

  it("passes on what a refusal says", async () => {
    const { api } = server(() => json({ detail: "The event is closed." }, 409));

    await expect(api.undo("0b7e")).rejects.toMatchObject({ kind: "refused", detail: "The event is closed." });
  });

  it("tells a dead network from a slow server and from nonsense", async () => {
    const dead = server(() => Promise.reject(new TypeError("Failed to fetch")));
    const nonsense = server(() => new Response("<html>", { status: 200 }));
    const slow = server(
      (_url, { signal }) => new Promise((_done, fail) => signal?.addEventListener("abort", () => fail(new DOMException("", "AbortError")))),
    );

    expect(await kind(dead.api.send(scan))).toBe("offline");
    expect(await kind(nonsense.api.send(scan))).toBe("serverError");
    expect(await kind(slow.api.send(scan))).toBe("timedOut");
  });

  it("takes an answer without a result for no answer", async () => {
    const { api } = server(() => json({ results: [] }));

    expect(await kind(api.send(scan))).toBe("serverError");
  });
});
