/** What the page tells the app; the server writes it as JSON into the page. */
export interface Config {
  urls: { state: string; scans: string; guests: string; undo: string; decoder: string; signs: string };
  csrfCookie: string;
  language: string;
  timeZone: string;
  texts: Record<string, string>;
  verdicts: Record<string, Words>;
  undoable: string[];
}

export interface Words {
  word: string;
  note: string;
  sign: string;
}

/** Puts `values` into the places that `template` holds for them, as in "since {time}". */
export function fill(template: string | undefined, values: Record<string, string | number>): string {
  return (template ?? "").replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
