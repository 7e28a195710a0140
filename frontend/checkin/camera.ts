import type { Decode } from "./decoder";

export type CameraTrouble = "cameraDenied" | "cameraMissing" | "cameraInsecure" | "cameraBusy" | "decoderMissing";

/** The shorter side of the picture that is searched; a badge at arm's length has its modules four pixels wide there. */
const SIDE = 720;
const PAUSE = 60;

/** Looks through the phone's camera and gives every QR code that it sees, as often as it sees it. */
export class Camera {
  private stream: MediaStream | undefined;
  private wakeLock: { release(): Promise<void> } | undefined;
  private readonly canvas = document.createElement("canvas");

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly makeDecoder: () => Promise<Decode>,
    private readonly saw: (text: string) => void,
  ) {}

  get isOn(): boolean {
    return this.stream !== undefined;
  }

  /** Starts looking. Throws a CameraTrouble, which is the name of a text. */
  async start(): Promise<void> {
    if (!navigator.mediaDevices?.getUserMedia) throw "cameraInsecure" satisfies CameraTrouble;
    const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 960 } };
    const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false }).catch(trouble);
    const decode = await this.makeDecoder().catch(() => {
      end(stream);
      throw "decoderMissing" satisfies CameraTrouble;
    });
    this.stream = stream;
    this.video.srcObject = stream;
    await this.video.play().catch(() => undefined);
    await this.stayAwake();
    void this.look(decode, stream);
  }

  stop(): void {
    if (this.stream) end(this.stream);
    this.stream = undefined;
    this.video.srcObject = null;
    void this.wakeLock?.release().catch(() => undefined);
  }

  private async look(decode: Decode, stream: MediaStream): Promise<void> {
    while (this.stream === stream) {
      const frame = document.hidden ? null : this.frame();
      const text = frame && (await decode(frame).catch(() => null));
      if (text && this.stream === stream) this.saw(text);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  /** The square in the middle of the picture: what the frame on the screen shows. */
  private frame(): ImageData | null {
    const { videoWidth: width, videoHeight: height } = this.video;
    const side = Math.min(width, height);
    if (!side) return null;
    this.canvas.width = this.canvas.height = Math.min(side, SIDE);
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    context?.drawImage(this.video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, this.canvas.width, this.canvas.height);
    return context?.getImageData(0, 0, this.canvas.width, this.canvas.height) ?? null;
  }

  private async stayAwake(): Promise<void> {
    const { wakeLock } = navigator as { wakeLock?: { request(kind: "screen"): Promise<{ release(): Promise<void> }> } };
    this.wakeLock = await wakeLock?.request("screen").catch(() => undefined);
  }
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

function trouble(error: unknown): never {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") throw "cameraDenied" satisfies CameraTrouble;
  if (name === "NotFoundError" || name === "OverconstrainedError") throw "cameraMissing" satisfies CameraTrouble;
  throw "cameraBusy" satisfies CameraTrouble;
}
