/** A Vite plugin: writes the service worker that keeps every file of the built page for use without a network. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** @returns {import("vite").Plugin} */
export function offline() {
  return {
    name: "offline",
    apply: "build",
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter((name) => !name.endsWith(".map"));
      const hash = createHash("sha256");
      for (const item of Object.values(bundle)) hash.update(item.type === "chunk" ? item.code : item.source);
      // Another content is another cache: a page never mixes files of two builds.
      const values = { FILES: ["./", "icon.svg", ...files], CACHE: `alms-${hash.digest("hex").slice(0, 16)}` };
      const head = Object.entries(values).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`);
      const source = head.join("") + readFileSync(new URL("src/offline-worker.js", import.meta.url), "utf8");
      this.emitFile({ type: "asset", fileName: "offline-worker.js", source });
    },
  };
}
