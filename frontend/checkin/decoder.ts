import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";

/** Reads the QR code in a frame; null when there is none. */
export type Decode = (frame: ImageData) => Promise<string | null>;

interface Detector {
  detect(image: ImageData): Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const OPTIONS: ReaderOptions = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true };

/** The browser's own reader where it has one for QR codes, else ours, whose code is loaded from `address`. */
export async function makeDecoder(address: string): Promise<Decode> {
  const native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats = await native?.getSupportedFormats().catch((): string[] => []);
  if (native && formats?.includes("qr_code")) {
    const detector = new native({ formats: ["qr_code"] });
    return async (frame) => (await detector.detect(frame))[0]?.rawValue ?? null;
  }
  await prepareZXingModule({
    overrides: { locateFile: (name: string) => (name.endsWith(".wasm") ? address : name) },
    fireImmediately: true,
  });
  return async (frame) => (await readBarcodes(frame, OPTIONS))[0]?.text ?? null;
}
