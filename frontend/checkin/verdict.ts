import type { Answer, Guest } from "./api";
import { fill, type Config } from "./config";

export type Tone = "welcome" | "again" | "goodbye" | "refused" | "failed";

/** A verdict as it is shown, heard and felt. */
export interface Shown {
  css: string;
  sign: string;
  word: string;
  name: string;
  organisation: string;
  note: string;
  tone: Tone;
  /** Refusals interrupt whoever listens; the others wait for a pause. */
  role: "status" | "alert";
  /** The scan that a press on "undo" takes back, or null. */
  undo: string | null;
  /** Whether the verdict may go away by itself. */
  passes: boolean;
}

const CALM: Record<string, Tone> = { admitted: "welcome", already_in: "again", left: "goodbye", undone: "goodbye" };

/** How the server's answer is shown. */
export function shown(answer: Answer, config: Config, now: Date): Shown {
  const { outcome, guest } = answer;
  const words =
    config.verdicts[`${outcome}.${guest?.status}`] ?? config.verdicts[outcome] ?? config.verdicts["invalid"];
  const tone = CALM[outcome] ?? "refused";
  return {
    css: `is-${(outcome in config.verdicts ? outcome : "invalid").replaceAll("_", "-")}`,
    sign: words?.sign ?? "close",
    word: words?.word ?? outcome,
    name: fullName(guest),
    organisation: guest?.organisation ?? "",
    note: note(answer, words?.note ?? "", config, now),
    tone,
    role: tone === "refused" ? "alert" : "status",
    undo: config.undoable.includes(outcome) ? answer.id : null,
    passes: tone !== "refused",
  };
}

export function fullName(guest: Guest | undefined): string {
  return guest ? `${guest.given_name} ${guest.family_name}`.trim() : "";
}

function note(answer: Answer, words: string, config: Config, now: Date): string {
  if (answer.outcome === "already_in" && answer.first_seen_at) return since(answer.first_seen_at, config, now);
  return answer.detail || words;
}

/** "since 18:04", or "since 3 December, 18:04" when that was another day; in the event's time zone. */
export function since(moment: string, config: Config, now: Date): string {
  const then = new Date(moment);
  const values = { time: clock(then, config), day: day(then, config) };
  return fill(config.texts[values.day === day(now, config) ? "since" : "sinceDay"], values);
}

/** The time of day of `moment` in the event's time zone. */
export function clock(moment: Date, { language, timeZone }: Config): string {
  return moment.toLocaleTimeString(language, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

function day(moment: Date, { language, timeZone }: Config): string {
  // English as it is written in Brussels: day before month.
  return moment.toLocaleDateString(language === "en" ? "en-GB" : language, { timeZone, day: "numeric", month: "long" });
}
