import { fill } from "./config";

/** A reading that waits for its answer. It keeps its id over every attempt, so that it counts once. */
export interface Scan {
  id: string;
  scanned_at: string;
  code?: string;
  registration?: number;
}

export interface Guest {
  given_name: string;
  family_name: string;
  organisation: string;
  status: string;
}

export interface Answer {
  id: string | null;
  outcome: string;
  registration?: number;
  guest?: Guest;
  first_seen_at?: string;
  detail?: string;
}

export interface LatestScan extends Answer {
  scanned_at: string;
  undone: boolean;
}

export interface Found {
  registration: number;
  guest: Guest;
  inside: boolean;
  first_seen_at: string | null;
}

export interface Tally {
  present: number;
  expected: number;
}

/** Why there is no answer; each kind has its sentence in the texts. */
export type FailureKind = "offline" | "timedOut" | "signedOut" | "noAccess" | "serverError" | "refused";

export class Failure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly detail = "",
  ) {
    super(kind);
  }
}

type Fetch = (url: string, options: RequestInit) => Promise<Response>;

/** The door's side of the API. Every method either answers or throws a Failure; none of them tries again by itself. */
export class Api {
  constructor(
    private readonly urls: { state: string; scans: string; guests: string; undo: string },
    private readonly token: () => string,
    private readonly fetch: Fetch = (url, options) => globalThis.fetch(url, options),
    private readonly patience = 10_000,
  ) {}

  async send(scan: Scan): Promise<Answer> {
    const { results } = await this.ask<{ results: Answer[] }>(this.urls.scans, { scans: [scan] });
    const answer = results?.[0];
    if (!answer) throw new Failure("serverError");
    return answer;
  }

  undo(id: string): Promise<{ inside: boolean }> {
    return this.ask(fill(this.urls.undo, { scan: id }), {});
  }

  tally(): Promise<Tally> {
    return this.ask(this.urls.state);
  }

  async latest(): Promise<LatestScan[]> {
    return (await this.ask<{ results: LatestScan[] }>(this.urls.scans)).results;
  }

  async find(text: string): Promise<Found[]> {
    return (await this.ask<{ results: Found[] }>(`${this.urls.guests}?q=${encodeURIComponent(text)}`)).results;
  }

  private async ask<T>(url: string, body?: object): Promise<T> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), this.patience);
    try {
      const response = await this.fetch(url, { ...this.options(body), signal: stop.signal });
      if (!response.ok) throw await failure(response);
      return (await response.json()) as T;
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (stop.signal.aborted) throw new Failure("timedOut");
      throw new Failure(error instanceof SyntaxError ? "serverError" : "offline");
    } finally {
      clearTimeout(timer);
    }
  }

  private options(body?: object): RequestInit {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (!body) return { headers, credentials: "same-origin", cache: "no-store" };
    headers["Content-Type"] = "application/json";
    headers["X-CSRFToken"] = this.token();
    return { method: "POST", headers, credentials: "same-origin", body: JSON.stringify(body) };
  }
}

async function failure(response: Response): Promise<Failure> {
  if (response.status === 401 || response.status === 403) return new Failure("signedOut");
  if (response.status === 404) return new Failure("noAccess");
  if (response.status !== 409) return new Failure("serverError");
  const problem = (await response.json().catch(() => ({}))) as { detail?: string };
  return new Failure("refused", problem.detail ?? "");
}
