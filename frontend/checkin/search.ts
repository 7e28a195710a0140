/** Asks while somebody types: after a pause, from `shortest` letters on, and only the latest answer counts. */
export class Search<T> {
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly ask: (text: string) => Promise<T>,
    private readonly show: (state: "idle" | "searching" | "failed" | { found: T }) => void,
    private readonly pause = 180,
    private readonly shortest = 2,
  ) {}

  /** Takes what stands in the field now. */
  type(text: string): void {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    if (text.replace(/\s/g, "").length < this.shortest) return this.show("idle");
    this.timer = setTimeout(() => void this.run(text.trim(), turn), this.pause);
  }

  private async run(text: string, turn: number): Promise<void> {
    this.show("searching");
    try {
      const found = await this.ask(text);
      if (turn === this.turn) this.show({ found });
    } catch {
      if (turn === this.turn) this.show("failed");
    }
  }
}
