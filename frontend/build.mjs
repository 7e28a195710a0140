// Builds every bundle into ../static/dist/ under fixed names (the web server adds the hash), and copies the fonts for the
// PDF side into ../core/fonts/. Each entry is built alone, so that the door app stays one file that works offline.
import { cpSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const dist = resolve(here, "../static/dist");
const modules = resolve(here, "node_modules");

const entries = {
  site: "site/main.ts",
  checkin: "checkin/main.ts",
  "checkin-worker": "checkin/worker.ts",
};

const pdfFonts = {
  "400Regular/NotoSans_400Regular.ttf": "NotoSans-Regular.ttf",
  "400Regular_Italic/NotoSans_400Regular_Italic.ttf": "NotoSans-Italic.ttf",
  "500Medium/NotoSans_500Medium.ttf": "NotoSans-Medium.ttf",
  "600SemiBold/NotoSans_600SemiBold.ttf": "NotoSans-SemiBold.ttf",
  "700Bold/NotoSans_700Bold.ttf": "NotoSans-Bold.ttf",
};

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

rmSync(dist, { recursive: true, force: true });
for (const [name, entry] of Object.entries(entries)) {
  const input = resolve(here, entry);
  if (existsSync(input)) {
    await build({ root: here, build: { rolldownOptions: { input: { [name]: input } } } });
  }
}
for (const [from, to] of Object.entries(pdfFonts)) {
  copy(resolve(modules, "@expo-google-fonts/noto-sans", from), resolve(here, "../core/fonts", to));
}
copy(resolve(modules, "zxing-wasm/dist/reader/zxing_reader.wasm"), resolve(dist, "zxing_reader.wasm"));
