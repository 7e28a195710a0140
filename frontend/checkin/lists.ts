import type { Found, LatestScan } from "./api";
import { fill, type Config } from "./config";
import { button, hidden, make } from "./dom";
import { clock, fullName } from "./verdict";

/** The latest scans, each with a way to take it back where it let somebody in or out. */
export function latestList(scans: LatestScan[], config: Config, undo: (scan: LatestScan) => void): HTMLElement {
  if (!scans.length) return make("p", "door__help", config.texts["noScans"] ?? "");
  return make("ol", "door__people", ...scans.map((scan) => latestItem(scan, config, undo)));
}

function latestItem(scan: LatestScan, config: Config, undo: (scan: LatestScan) => void): HTMLElement {
  const words = config.verdicts[`${scan.outcome}.${scan.guest?.status}`] ?? config.verdicts[scan.outcome];
  const word = words?.word ?? scan.outcome;
  const name = fullName(scan.guest);
  const dot = make("span", `door__dot is-${scan.outcome}`);
  dot.ariaHidden = "true";
  const time = make("time", "", clock(new Date(scan.scanned_at), config));
  time.dateTime = scan.scanned_at;
  const said = scan.undone ? config.texts["undone"] : word;
  const note = make("p", "door__note", time, name || scan.undone ? ` · ${said}` : "");
  const who = make("div", "door__who", make("p", "door__name", name || word), note);
  const may = !scan.undone && config.undoable.includes(scan.outcome);
  const press = may
    ? button("button button--small", () => undo(scan), config.texts["undo"] ?? "", hidden(` ${name}`))
    : null;
  return make("li", scan.undone ? "door__person is-undone" : "door__person", dot, who, press);
}

/** Those found by name, each with a button that checks them in. */
export function foundList(found: Found[], config: Config, checkIn: (guest: Found) => void): HTMLElement {
  if (!found.length) return make("p", "door__help", config.texts["nobody"] ?? "");
  return make("ul", "door__people", ...found.map((guest) => foundItem(guest, config, checkIn)));
}

function foundItem(found: Found, config: Config, checkIn: (guest: Found) => void): HTMLElement {
  const name = fullName(found.guest);
  const state = found.first_seen_at
    ? fill(config.texts["inSince"], { time: clock(new Date(found.first_seen_at), config) })
    : found.guest.status === "confirmed"
      ? ""
      : (config.verdicts[`not_confirmed.${found.guest.status}`] ?? config.verdicts[found.guest.status])?.word;
  const notes = [found.guest.organisation, state].filter(Boolean).map((note) => make("p", "door__note", note ?? ""));
  const press = button("button", () => checkIn(found), config.texts["checkIn"] ?? "", hidden(` ${name}`));
  return make("li", "door__person", make("div", "door__who", make("p", "door__name", name), ...notes), press);
}
