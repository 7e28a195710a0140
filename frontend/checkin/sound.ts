import type { Tone } from "./verdict";

/** A note: pitch in hertz, start and length in seconds. */
export type Note = readonly [pitch: number, start: number, length: number];

// Rising for a welcome, level for somebody who is in already, low for a refusal: told apart without looking, and calm.
export const MELODIES: Record<Tone, readonly Note[]> = {
  welcome: [[660, 0, 0.09], [990, 0.1, 0.16]],
  again: [[520, 0, 0.12]],
  goodbye: [[660, 0, 0.09], [440, 0.1, 0.16]],
  refused: [[220, 0, 0.18], [196, 0.22, 0.28]],
  failed: [[330, 0, 0.1], [330, 0.16, 0.1], [330, 0.32, 0.1]],
};

/** Milliseconds on, off, on…, for a phone that can vibrate. */
export const PULSES: Record<Tone, number[]> = {
  welcome: [60],
  again: [40, 60, 40],
  goodbye: [60],
  refused: [220, 90, 220],
  failed: [90, 60, 90, 60, 90],
};

const KEY = "guimard.door.sound";

export class Sound {
  private context: AudioContext | undefined;
  on: boolean;

  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem"> | undefined) {
    this.on = storage?.getItem(KEY) !== "off";
  }

  /** Switches sound and vibration, and remembers it on this device. */
  toggle(): boolean {
    this.on = !this.on;
    this.storage?.setItem(KEY, this.on ? "on" : "off");
    return this.on;
  }

  /** Browsers let a page sound only after a touch; call this in one. */
  wake(): void {
    this.context ??= typeof AudioContext === "undefined" ? undefined : new AudioContext();
    if (this.context?.state === "suspended") void this.context.resume();
  }

  play(tone: Tone): void {
    if (!this.on) return;
    // Before the first touch a browser refuses both, and says so in its log.
    if (navigator.userActivation?.hasBeenActive ?? true) navigator.vibrate?.(PULSES[tone]);
    const context = this.context;
    if (context?.state === "running") for (const note of MELODIES[tone]) sound(context, note);
  }
}

function sound(context: AudioContext, [pitch, start, length]: Note): void {
  const begin = context.currentTime + start;
  const source = context.createOscillator();
  const volume = context.createGain();
  source.type = "triangle";
  source.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, begin);
  volume.gain.exponentialRampToValueAtTime(0.35, begin + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.0001, begin + length);
  source.connect(volume).connect(context.destination);
  source.start(begin);
  source.stop(begin + length);
}
