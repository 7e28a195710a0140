import { resolve } from "node:path";
import { defineConfig } from "vite";

export default defineConfig({
  // Relative addresses inside the style sheet: static files may live under any prefix.
  base: "./",
  publicDir: false,
  logLevel: "warn",
  build: {
    outDir: resolve(import.meta.dirname, "../static/dist"),
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    target: ["chrome111", "edge111", "firefox128", "safari16.4"],
    rolldownOptions: {
      // htmx holds an eval that our settings never reach (allowEval is off) and the content security policy forbids.
      checks: { eval: false },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        codeSplitting: false,
        assetFileNames: (asset) => {
          const name = asset.names[0] ?? "";
          return /\.(woff2?|ttf)$/.test(name) ? "fonts/[name][extname]" : "[name][extname]";
        },
      },
    },
  },
  test: { environment: "happy-dom", include: ["{site,checkin}/**/*.test.ts"] },
});
