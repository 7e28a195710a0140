import "./checkin.css";
import { Api, Failure, type Answer, type Found, type LatestScan, type Scan, type Tally } from "./api";
import { Camera, type CameraTrouble } from "./camera";
import { fill, type Config } from "./config";
import { makeDecoder } from "./decoder";
import { Door, type Screen } from "./door";
import { button, make, part } from "./dom";
import { foundList, latestList } from "./lists";
import { Overlay } from "./overlay";
import { Search } from "./search";
import { Sound } from "./sound";
import { Steady } from "./steady";
import { fullName, shown, type Shown } from "./verdict";
import { Wedge } from "./wedge";

/** A verdict stays this long at least before the camera may replace it, so that it can be read. */
const READING_TIME = 1200;
const REFRESH = 15_000;

const config = JSON.parse(document.getElementById("door-config")?.textContent ?? "{}") as Config;
const text = (name: string): string => config.texts[name] ?? name;
const api = new Api(config.urls, csrfToken);
const sound = new Sound(storage());
const steady = new Steady();
const overlay = new Overlay(config);
const door = new Door((scan) => api.send(scan), { checking, answered, failed, unsent } satisfies Screen);

function csrfToken(): string {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith(`${config.csrfCookie}=`));
  return cookie?.split("=")[1] ?? document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
}

function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined; // switched off in the browser
  }
}

// --- verdicts ---
function checking(count: number): void {
  part("checking").hidden = count === 0;
}

function answered(_scan: Scan, answer: Answer): void {
  present(shown(answer, config, new Date()), answer.id, fullName(answer.guest));
}

function present(verdict: Shown, id: string | null, name: string): void {
  overlay.show(verdict, verdict.undo && id ? () => void undo(id, name) : null);
  sound.play(verdict.tone);
  void refresh();
}

function failed(scan: Scan, failure: Failure): void {
  const note = `${failure.detail || text(failure.kind)} ${text("unsentNote")}`;
  overlay.show(plain("is-failed", "warning", text("unsent"), note, "failed"), null, [
    { label: text("tryAgain"), press: () => (overlay.close(), void door.retry(scan.id)) },
    { label: text("leaveIt"), press: () => (steady.forget(), door.leave(scan.id), overlay.close()) },
  ]);
  sound.play("failed");
}

function plain(css: string, sign: string, word: string, note: string, tone: Shown["tone"], name = ""): Shown {
  const passes = tone === "goodbye";
  return { css, sign, word, name, note, tone, organisation: "", role: passes ? "status" : "alert", undo: null, passes };
}

function unsent(scans: readonly Scan[]): void {
  const box = part("unsent");
  box.hidden = scans.length === 0;
  const rows = scans.map((scan) => button("button button--small", () => void door.retry(scan.id), text("tryAgain")));
  box.replaceChildren(make("p", "", `${text("unsentSome")}: ${scans.length}`), make("div", "buttons", ...rows.slice(0, 1)));
}

async function undo(id: string, name: string): Promise<void> {
  try {
    const { inside } = await api.undo(id);
    const note = inside ? fill(text("stillIn"), { name }) : (config.verdicts["undone"]?.note ?? "");
    present(plain("is-undone", "undo", config.verdicts["undone"]?.word ?? "", note, "goodbye", name), null, name);
  } catch (error) {
    const failure = error instanceof Failure ? error : new Failure("serverError");
    overlay.show(plain("is-failed", "warning", text("notUndone"), failure.detail || text(failure.kind), "failed"), null, [
      { label: text("tryAgain"), press: () => void undo(id, name) },
      { label: text("leaveIt"), press: () => overlay.close() },
    ]);
    sound.play("failed");
  }
}

// --- the live count and the latest scans ---
async function refresh(): Promise<void> {
  try {
    const [tally, scans] = await Promise.all([api.tally(), api.latest()]);
    showTally(tally);
    showLatest(scans);
  } catch {
    part("tally").classList.add("is-stale"); // the next scan or the next round tries again
  }
}

function showTally({ present: inside, expected }: Tally): void {
  part("tally").classList.remove("is-stale");
  part("present").textContent = String(inside);
  part("expected").textContent = String(expected);
}

function showLatest(scans: LatestScan[]): void {
  const list = latestList(scans, config, (scan) => scan.id && void undo(scan.id, fullName(scan.guest)));
  part("latest").replaceChildren(list);
}

// --- camera ---
const camera = new Camera(part<HTMLVideoElement>("video"), () => makeDecoder(config.urls.decoder), (code) => {
  const isNew = steady.isNew(code, performance.now());
  if (!isNew) return;
  if (overlay.age() < READING_TIME) steady.forget();
  else void door.read({ code });
});

async function switchCamera(): Promise<void> {
  const [hint, press] = [part("hint"), part<HTMLButtonElement>("camera-switch")];
  if (camera.isOn) {
    camera.stop();
    hint.textContent = "";
  } else {
    press.disabled = true;
    hint.textContent = text("cameraStarting");
    hint.textContent = await camera.start().then(() => text("aim"), (name: CameraTrouble) => text(name));
    press.disabled = false;
  }
  part("lens").hidden = !camera.isOn;
  press.textContent = text(camera.isOn ? "cameraStop" : "cameraStart");
  for (const css of ["button--primary", "button--large", "button--wide"]) press.classList.toggle(css, !camera.isOn);
}

async function startIfAllowed(): Promise<void> {
  const state = await navigator.permissions?.query({ name: "camera" as PermissionName }).catch(() => null);
  if (state?.state === "granted" && !camera.isOn) await switchCamera();
}

// --- keyboard scanner, typed code, name ---
const wedge = new Wedge();
const codeForm = part<HTMLFormElement>("code-form");
const codeField = codeForm.querySelector<HTMLInputElement>("[name=code]");
const nameField = part<HTMLInputElement>("name");

function hear(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey) return;
  const burst = wedge.press(event.key, event.timeStamp);
  if (burst === null) return;
  event.preventDefault();
  event.stopPropagation();
  if (codeField) codeField.value = "";
  if (document.activeElement === nameField) clearName();
  void door.read({ code: burst });
}

function typed(event: SubmitEvent): void {
  event.preventDefault();
  const code = codeField?.value.trim();
  if (!codeField || !code) return codeField?.focus();
  codeField.value = "";
  void door.read({ code });
}

const search = new Search<Found[]>(
  (words) => api.find(words),
  (state) => {
    const box = part("found");
    if (state === "idle") box.replaceChildren();
    else if (typeof state === "string")
      box.replaceChildren(make("p", "door__help", text(state === "failed" ? "searchFailed" : "searching")));
    else box.replaceChildren(foundList(state.found, config, checkIn));
  },
);

function checkIn({ registration }: Found): void {
  clearName();
  void door.read({ registration });
}

function clearName(): void {
  nameField.value = "";
  search.type("");
}

// --- sound ---
function showSound(): void {
  const press = part("sound");
  press.hidden = false;
  press.ariaPressed = String(sound.on);
  press.title = text(sound.on ? "soundOn" : "soundOff");
}

function start(): void {
  part("checking").textContent = text("checking");
  part("camera").hidden = false;
  const press = part("camera-switch");
  press.textContent = text("cameraStart");
  press.classList.add("button--primary", "button--large", "button--wide");
  press.addEventListener("click", () => void switchCamera());
  codeForm.addEventListener("submit", typed);
  nameField.addEventListener("input", () => search.type(nameField.value));
  part("name-form").addEventListener("submit", (event) => (event.preventDefault(), search.type(nameField.value)));
  part("sound").addEventListener("click", () => (sound.wake(), sound.toggle(), showSound()));
  document.addEventListener("keydown", hear, { capture: true });
  document.addEventListener("pointerdown", () => sound.wake());
  document.addEventListener("visibilitychange", () => document.hidden || void refresh());
  setInterval(() => document.hidden || void refresh(), REFRESH);
  showSound();
  void refresh();
  void startIfAllowed();
}

start();
