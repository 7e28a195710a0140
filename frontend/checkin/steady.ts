/** Tells a new badge from the one that is still held in front of the camera. */
export class Steady {
  private code = "";
  private seen = -Infinity;

  /** A badge counts as taken away after `gap` milliseconds without a sight of it. */
  constructor(private readonly gap = 2500) {}

  /** Whether a sight of `code` at `now` (milliseconds) is a new reading. */
  isNew(code: string, now: number): boolean {
    const held = code === this.code && now - this.seen < this.gap;
    this.code = code;
    this.seen = now;
    return !held;
  }

  /** Notes that the badge in front of the camera was read by other means, or is to be read again. */
  forget(): void {
    this.code = "";
  }
}
