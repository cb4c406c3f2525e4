/** Once loaded, the page needs no network; and it can reach none but where it came from. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { EXAMPLE_1, site } from "./page.mjs";

const { page: open, stop } = site();

test("the browser refuses every connection elsewhere", async () => {
  const page = await open();
  const refused = await page.evaluate(async () => {
    const violation = new Promise((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), {
        once: true,
      });
    });
    await fetch("https://example.com/").catch(() => undefined);
    const late = new Promise((resolve) => setTimeout(resolve, 5_000, "nothing"));
    return Promise.race([violation, late]);
  });
  assert.equal(refused, "connect-src");
});

test("the network is cut, the page reloaded, and it still plans", async () => {
  const page = await open();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.context().setOffline(true);
  await stop();
  await page.reload();
  await page.getByRole("button", { name: "Example 2" }).click();
  await page.getByText("8 systems get AirLink Basic until 15 November 2023").waitFor();
  await page.evaluate((fragment) => (location.hash = fragment), EXAMPLE_1);
  await page.getByText("40 systems get AirLink Basic until 25 September 2023").waitFor();
});
