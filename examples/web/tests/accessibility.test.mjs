/** What axe finds in every tool, in light and dark, on a phone, in the dialog, with mistakes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";

import { EXAMPLE_2, site } from "./page.mjs";

const { page: open, clean } = site();
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A file with a bad row, as a link holds it. */
const BAD = deflateRawSync("Serial Number,Lifecycle State,Last Communication\nLA1,Asleep,2023-05-02\n").toString(
  "base64url",
);

const PLACES = {
  "the empty page": ["", "text=Your own file"],
  "a plan, side by side": [`${EXAMPLE_2}&compare=1&other_on=2023-06-15`, "text=systems differ"],
  "a warning": [EXAMPLE_2.replace("tokens=60", "tokens=-3"), "text=Before you agree"],
  "bad rows": [`#migration?file=bad.csv&systems=${BAD}`, "text=cannot be read"],
  why: [`${EXAMPLE_2}&why=LA00081500000016`, "text=Asked, and not the case"],
  "the consent": [`${EXAMPLE_2}&consent=1`, "text=Signature"],
  "a refusal": [`${EXAMPLE_2}&kind=reseller`, "[role=alert]"],
  "token runway": ["#runway?balance=60&on=2023-05-10&previous_peak=8&until=2024-04-30", "text=Service Packs"],
  "renewal quote": [
    "#renewal?groups=AirLink Complete,2024-01-15,10&prices=AirLink Complete,9.00,99.00,270.00,400.00&on=2023-10-20&due_until=2024-01-31&align_on=2025-01-15",
    "text=The dates after",
  ],
  "which account": ["#account?format=legacy&devices=XR90,global;XR80,north_america&country=CA", "text=Not yet."],
};

const phone = { viewport: { width: 390, height: 844 } };
const looks = { light: { colorScheme: "light" }, "dark, on a phone": { colorScheme: "dark", ...phone } };

for (const [look, options] of Object.entries(looks)) {
  for (const [place, [fragment, shown]] of Object.entries(PLACES)) {
    test(`axe finds nothing: ${place}, ${look}`, async () => {
      const page = await open(fragment, options);
      await page.locator(shown).first().waitFor();
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        const found = await window.axe.run(document);
        return found.violations.map(
          ({ id, impact, nodes }) => `${impact}: ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`,
        );
      });
      assert.deepEqual(violations, []);
      const { inner, scroll } = await page.evaluate(() => ({
        inner: innerWidth,
        scroll: document.documentElement.scrollWidth,
      }));
      assert.ok(scroll <= inner, `the page is ${scroll} wide on a screen of ${inner}`);
      await page.context().close();
    });
  }
}

test("by keyboard: skip the header, choose an example, filter", async () => {
  const page = await open();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "content");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("40 systems get AirLink Basic").waitFor();
  await page.locator(".tile.deleted").focus();
  await page.keyboard.press("Space");
  await page.getByText("1 of 41 systems").waitFor();
});

test("no page asked another address for anything", clean);
