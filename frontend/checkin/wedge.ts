/** Hears a scanner that types like a keyboard: one burst of keys, faster than fingers, then Enter. */
export class Wedge {
  private keys = "";
  private last = -Infinity;
  private slowest = 0;

  constructor(
    private readonly fastest = 50,
    private readonly shortest = 12,
  ) {}

  /** Takes a key (as KeyboardEvent.key) at `now` (milliseconds); gives the text of a burst when its Enter comes, else null. */
  press(key: string, now: number): string | null {
    const isEnd = key === "Enter" || key === "Tab";
    if (key.length !== 1 && !isEnd) return null; // Shift and its like
    const pause = now - this.last;
    this.last = now;
    if (isEnd) return this.end(pause);
    if (pause > this.fastest * 4) this.reset();
    if (this.keys) this.slowest = Math.max(this.slowest, pause);
    this.keys += key;
    return null;
  }

  /** Whether what was typed so far came as fast as a scanner types. */
  get isBurst(): boolean {
    return this.keys.length >= this.shortest && this.slowest <= this.fastest;
  }

  private end(pause: number): string | null {
    const text = this.isBurst && pause <= this.fastest * 4 ? this.keys : null;
    this.reset();
    return text;
  }

  private reset(): void {
    this.keys = "";
    this.slowest = 0;
  }
}
