import { fill, type Config } from "./config";
import { button, make, part, sign } from "./dom";
import type { Shown } from "./verdict";

export const UNDO_SECONDS = 10;

export interface Choice {
  label: string;
  press: () => void;
}

/** The verdict that fills the screen: seen, announced, with what one may do about it. */
export class Overlay {
  private readonly box = part("verdict");
  private readonly page = part("door");
  private before: Element | null = null;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private since = -Infinity;

  constructor(
    private readonly config: Config,
    private readonly closed: () => void = () => undefined,
  ) {
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  /** Milliseconds for which the present verdict has been on the screen; none counts as very long. */
  age(now = performance.now()): number {
    return this.box.hidden ? Infinity : now - this.since;
  }

  show(shown: Shown, undo: (() => void) | null, choices?: Choice[]): void {
    clearInterval(this.ticking);
    if (this.box.hidden) this.before = document.activeElement;
    this.since = performance.now();
    this.box.className = `verdict is-full-screen door__verdict ${shown.css}`;
    const [first, ...others] = (choices ?? [{ label: this.text("next"), press: () => this.close() }]).map(
      ({ label, press }) => button("button button--large", press, label),
    );
    const undoing = undo && button("button button--quiet button--large", undo, this.undoLabel(UNDO_SECONDS));
    const buttons = [first, undoing, ...others].filter((one): one is HTMLButtonElement => Boolean(one));
    this.box.replaceChildren(...this.face(shown), make("div", "buttons", ...buttons));
    this.box.hidden = false;
    this.page.inert = true;
    this.announce(shown);
    first?.focus();
    this.count(shown, undoing);
  }

  close(): void {
    if (this.box.hidden) return;
    clearInterval(this.ticking);
    this.box.hidden = true;
    this.page.inert = false;
    if (this.before instanceof HTMLElement && this.before !== document.body) this.before.focus();
    this.closed();
  }

  private face(shown: Shown): Node[] {
    return [
      sign(this.config.urls.signs, shown.sign, "verdict__sign"),
      make("p", "verdict__word", shown.word),
      shown.name ? make("p", "verdict__name", shown.name) : null,
      shown.organisation ? make("p", "verdict__note", shown.organisation) : null,
      shown.note ? make("p", "verdict__note", shown.note) : null,
    ].filter((node): node is Exclude<typeof node, null> => node !== null);
  }

  /** Live regions stand outside what appears and disappears, or some readers miss them. */
  private announce({ role, word, name, organisation, note }: Shown): void {
    const text = [word, name, organisation, note].filter(Boolean).join(", ");
    part("said-calmly").textContent = role === "status" ? text : "";
    part("said-at-once").textContent = role === "alert" ? text : "";
  }

  private count(shown: Shown, undoing: HTMLButtonElement | null): void {
    let left = UNDO_SECONDS;
    this.ticking = setInterval(() => {
      left -= 1;
      if (undoing) undoing.textContent = this.undoLabel(left);
      if (left > 0) return;
      clearInterval(this.ticking);
      undoing?.remove();
      if (shown.passes) this.close();
    }, 1000);
  }

  private undoLabel(seconds: number): string {
    return fill(this.config.texts["undoLeft"], { seconds });
  }

  private text(name: string): string {
    return this.config.texts[name] ?? name;
  }
}
