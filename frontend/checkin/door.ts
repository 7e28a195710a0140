import { Failure, type Answer, type Scan } from "./api";

/** What the door tells its screen. */
export interface Screen {
  checking(count: number): void;
  answered(scan: Scan, answer: Answer): void;
  failed(scan: Scan, failure: Failure): void;
  unsent(scans: readonly Scan[]): void;
}

/**
 * Sends readings one after the other, in their order, and keeps those that got no answer until somebody sends them again or
 * leaves them. A verdict is shown only once the server has given it.
 */
export class Door {
  private readonly waiting: Scan[] = [];
  private readonly unanswered = new Map<string, Scan>();
  private busy = false;

  constructor(
    private readonly send: (scan: Scan) => Promise<Answer>,
    private readonly screen: Screen,
    private readonly newId: () => string = () => crypto.randomUUID(),
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Takes a new reading: a code, or somebody found by name. */
  read(what: { code: string } | { registration: number }): Promise<void> {
    return this.submit({ id: this.newId(), scanned_at: this.now().toISOString(), ...what });
  }

  /** Sends a reading without an answer again, as the same scan. */
  retry(id: string): Promise<void> {
    const scan = this.unanswered.get(id);
    return scan ? this.submit(scan) : Promise.resolve();
  }

  /** Gives a reading up. */
  leave(id: string): void {
    this.unanswered.delete(id);
    this.screen.unsent([...this.unanswered.values()]);
  }

  private async submit(scan: Scan): Promise<void> {
    if (!this.waiting.some(({ id }) => id === scan.id)) this.waiting.push(scan);
    this.screen.checking(this.waiting.length);
    if (this.busy) return;
    this.busy = true;
    for (let next = this.waiting[0]; next; next = this.waiting[0]) {
      await this.deliver(next);
      this.waiting.shift();
      this.screen.checking(this.waiting.length);
    }
    this.busy = false;
  }

  private async deliver(scan: Scan): Promise<void> {
    try {
      const answer = await this.send(scan);
      this.leave(scan.id);
      this.screen.answered(scan, answer);
    } catch (error) {
      this.unanswered.set(scan.id, scan);
      this.screen.unsent([...this.unanswered.values()]);
      this.screen.failed(scan, error instanceof Failure ? error : new Failure("serverError"));
    }
  }
}
