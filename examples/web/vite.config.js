import { defineConfig } from "vite";

import { offline } from "./offline.js";

export default defineConfig({
  // Relative addresses: the built page works in any folder of any server.
  base: "./",
  build: {
    target: "es2022",
    // The WebAssembly module and the examples stay files of their own.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  worker: { format: "es" },
  // The library is linked from the checkout, two folders up.
  server: { fs: { allow: ["../.."] } },
  plugins: [offline()],
});
