/** Hears a scanner that types like a keyboard: one burst of keys, faster than fingers, then Enter. */
export class Wedge {
  private keys = "";
  private last = -Infinity;
  private first = 0;

  /** A burst has `shortest` keys at least, one every `pace` milliseconds on average; fingers take twice as long and more. */
  constructor(
    private readonly pace = 60,
    private readonly shortest = 12,
  ) {}

  /** Takes a key (as KeyboardEvent.key) at `now` (milliseconds); gives the text of a burst when its Enter comes, else null. */
  press(key: string, now: number): string | null {
    const isEnd = key === "Enter" || key === "Tab";
    if (key.length !== 1 && !isEnd) return null; // Shift and its like
    const pause = now - this.last;
    this.last = now;
    if (isEnd) return this.end(pause);
    if (pause > this.pace * 4) this.keys = "";
    if (!this.keys) this.first = now;
    this.keys += key;
    return null;
  }

  private isBurst(pause: number): boolean {
    const { length } = this.keys;
    const typing = this.last - pause - this.first;
    return length >= this.shortest && typing <= this.pace * (length - 1) && pause <= this.pace * 4;
  }

  private end(pause: number): string | null {
    const text = this.isBurst(pause) ? this.keys : null;
    this.keys = "";
    return text;
  }
}
