/**
 * The pictures of the README. `ALMS_SCREENSHOTS=1` takes them anew; else only those that are missing are taken, as
 * the same page is not the same picture on two machines.
 */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { EXAMPLE_2, site } from "./page.mjs";

const { page: open, clean } = site();
const FOLDER = path.resolve(import.meta.dirname, "../screenshots");

const desktop = { viewport: { width: 1100, height: 1150 } };
const PICTURES = {
  migration: [EXAMPLE_2, "#result-title", desktop],
  why: [`${EXAMPLE_2}&why=LA00081500000016`, null, { viewport: { width: 1000, height: 700 } }],
  runway: [
    "#runway?balance=60&on=2023-05-10&previous_peak=8&current_peak=7&until=2024-04-30",
    null,
    { viewport: { width: 1000, height: 1050 }, colorScheme: "dark" },
  ],
  phone: [EXAMPLE_2, "#result-title", { viewport: { width: 390, height: 844 } }],
};

for (const [name, [fragment, top, options]] of Object.entries(PICTURES)) {
  test(`a picture: ${name}`, async () => {
    const file = path.join(FOLDER, `${name}.png`);
    const page = await open(fragment, options);
    await page
      .locator(name === "why" ? "dialog" : "canvas")
      .first()
      .waitFor();
    // The charts come a frame after the numbers.
    await page.waitForTimeout(300);
    if (top !== null)
      await page.locator(top).evaluate((element) => scrollTo(0, element.getBoundingClientRect().top - 20));
    mkdirSync(FOLDER, { recursive: true });
    const picture = await page.screenshot(
      existsSync(file) && process.env.ALMS_SCREENSHOTS === undefined ? {} : { path: file },
    );
    assert.ok(picture.length > 10_000 && statSync(file).size < 250_000, `${picture.length} bytes`);
  });
}

test("no page asked another address for anything", clean);
