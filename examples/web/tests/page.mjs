/** The built page in a real Chromium. `npm run build` comes first. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { after, before } from "node:test";

import { chromium } from "playwright-core";
import { preview } from "vite";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Serves the built page and starts the browser for the tests of a file; `open` gives a page of its own. */
export function site() {
  const open = [];
  const state = { address: "", browser: null, server: null };

  before(async () => {
    assert.ok(existsSync(path.join(ROOT, "dist/index.html")), "the page is not built; run `npm run build`");
    state.server = await preview({ root: ROOT, preview: { port: 0, host: "127.0.0.1" }, logLevel: "error" });
    const { port } = state.server.httpServer.address();
    state.address = `http://127.0.0.1:${port}/`;
    state.browser = await chromium.launch({ executablePath: executable(), args: ["--no-sandbox"] });
  });

  after(async () => {
    await state.browser?.close();
    await stop();
  });

  async function stop() {
    const { server } = state;
    state.server = null;
    await server?.close();
  }

  /** A page at a fragment; whatever goes wrong in it, or leaves for elsewhere, fails the test. */
  async function page(fragment = "", options = {}) {
    const context = await state.browser.newContext({
      viewport: { width: 1280, height: 900 },
      locale: "en-GB",
      ...options,
    });
    const found = await context.newPage();
    found.setDefaultTimeout(15_000);
    found.faults = [];
    found.on("pageerror", (error) => found.faults.push(String(error)));
    found.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") found.faults.push(message.text());
    });
    found.on("request", (request) => {
      const own = [state.address, "blob:", "data:"].some((start) => request.url().startsWith(start));
      if (!own) found.faults.push(`a request to ${request.url()}`);
    });
    open.push(found);
    await found.goto(state.address + fragment);
    return found;
  }

  /** No page had an error, or asked another address for anything. */
  function clean() {
    assert.deepEqual(
      open.flatMap(({ faults }) => faults),
      [],
    );
  }

  return { page, clean, stop, address: () => state.address };
}

function executable() {
  if (process.env.ALMS_CHROMIUM !== undefined) return process.env.ALMS_CHROMIUM;
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const files = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) =>
    folders.map((folder) => path.join(folder, name)),
  );
  const file = files.find((one) => existsSync(one));
  assert.ok(file, "there is no Chromium; install it, or name one in ALMS_CHROMIUM");
  return file;
}

/** The first cells of a row with what stands in the others: `{ "In stock": ["60"] }`. */
export async function tableOf(page, label) {
  const rows = await page.locator(`[aria-label="${label}"] tbody tr`).all();
  const cells = rows.map((row) => row.locator("th, td").allTextContents());
  const texts = (await Promise.all(cells)).map((row) => row.map((text) => text.replaceAll(/\s+/g, " ").trim()));
  return Object.fromEntries(texts.map(([first, ...rest]) => [first, rest]));
}

/** Saves what a button downloads, and gives its name and text. */
export async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  const chunks = await (await file.createReadStream()).toArray();
  return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString("utf8") };
}

export const EXAMPLE_1 = "#migration?example=1&tokens=261&on=2023-03-25";
export const EXAMPLE_2 = "#migration?example=2&tokens=60&on=2023-05-15";
