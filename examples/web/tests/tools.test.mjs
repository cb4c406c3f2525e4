/** Token runway, renewal quote and co-termination, and which account is needed. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { download, site, tableOf } from "./page.mjs";

const { page: open, clean } = site();

test("token runway: 60 tokens, peaks of 8 and 7", async () => {
  const page = await open("#runway");
  await page.getByLabel("Tokens in stock").fill("60");
  await page.getByLabel("Today").fill("2023-05-10");
  await page.getByLabel("Peak of the month before").fill("8");
  await page.getByLabel("Peak of this month so far").fill("7");
  // 60 - 8 x 7 = 4 at the end of November, below zero at the end of December.
  await page.getByText("Buy by 31 December 2023.").waitFor();
  await page.getByText("The same in numbers").click();
  const ends = await tableOf(page, "Month ends");
  assert.equal(Object.keys(ends).length, 8);
  assert.deepEqual(ends["31 May 2023"], ["52"]);
  assert.deepEqual(ends["30 November 2023"], ["4"]);
  // Twelve month ends take 96 tokens: 36 are missing.
  await page.getByLabel("It should last until").fill("2024-04-30");
  await page.getByText("Order 3 Service Packs for 60.00 USD.").waitFor();
  await page.getByLabel("Discount in percent").fill("10");
  await page.getByText("Order 3 Service Packs for 54.00 USD.").waitFor();
  await page.getByLabel("Peak of the month before").fill("0");
  await page.getByLabel("Peak of this month so far").fill("0");
  await page.getByText("the stock never runs out").waitFor();
});

test("renewal quote: ten systems to January 2027, as the source says", async () => {
  const page = await open("#renewal");
  await page.getByRole("button", { name: "Fill in an example" }).click();
  const dates = page.getByLabel("End dates after the renewal");
  await dates.getByText("15 January 2027").waitFor();
  const lines = await tableOf(page, "Order lines");
  // 10 x 270.00 and 40 x 108.00.
  assert.deepEqual(lines["AirLink Complete"], [
    "3 years",
    "10",
    "270.00 USD",
    "2,700.00 USD",
    "0.00 USD",
    "2,700.00 USD",
  ]);
  assert.equal(lines.Total.at(-1), "7,020.00 USD");
  await page.getByLabel("Discount", { exact: true }).fill("10");
  await page.getByText("50 systems are renewed for 6,318.00 USD").waitFor();
  const { text } = await download(page, "Renewal dates (.ics)");
  assert.match(text, /DTSTART;VALUE=DATE:20240115/);
});

test("renewal quote: a fleet one by one, until a day", async () => {
  const prices = "AirLink Complete,,99.00,270.00,400.00";
  const query = new URLSearchParams({
    source: "systems",
    prices,
    on: "2023-10-20",
    due_until: "2024-01-31",
    renew: "until",
    until: "2027-01-15",
  });
  const page = await open(`#renewal?${query}`);
  const lines = page.getByLabel("A system per line");
  await lines.fill("LA1, AirLink Complete, 2024-01-15\nLA2; AirLink Complete");
  await lines.blur();
  await page.getByRole("alert").first().getByText("is not a system; write serial number, offer, end date").waitFor();
  await lines.fill("LA1, AirLink Complete, 2024-01-15\nLA2; AirLink Complete; 2024-06-30");
  await lines.blur();
  // Three years for 270.00 last until the day; LA2 ends later than what is renewed.
  await page.getByText("1 system is renewed for 270.00 USD.").waitFor();
  await page.getByText("Not renewed: 1 end later.").waitFor();
});

test("renewal quote: a term that is over on the day of its order", async () => {
  const query = new URLSearchParams({
    groups: "AirLink Complete,2022-01-15,2",
    prices: "AirLink Complete,,99.00,270.00,",
    on: "2024-03-01",
    due_until: "2024-05-30",
    late: "from_end",
  });
  const page = await open(`#renewal?${query}`);
  await page.getByText("0 systems are renewed for 0.00 USD.").waitFor();
  // 25 months after 15 January 2022 is 15 February 2024.
  await page.getByText("Not renewed: 2 would be over before the order.").waitFor();
  await page.getByText("26 months or more would last").waitFor();
  await page.locator("label.field", { hasText: "3 years" }).locator("select").selectOption("3");
  await page.getByText("2 systems are renewed for 540.00 USD").waitFor();
  await page.getByLabel("End dates after the renewal").getByText("15 January 2025").waitFor();
  // At most 180 days back: from 3 September 2023 on.
  await page.getByLabel("A late renewal runs from").selectOption("backdated");
  await page.getByLabel("End dates after the renewal").getByText("3 September 2026").waitFor();
});

test("renewal quote: no calendar without a system that ends", async () => {
  const page = await open("#renewal?groups=AirLink Complete,2024-03-01,1&on=2024-03-01");
  await page.getByRole("button", { name: "Renewal dates (.ics)" }).click();
  await page.getByRole("alert").first().getByText("no system ends after 2024-03-01").waitFor();
});

test("renewal quote: an answer that comes in while lines are typed leaves them alone", async () => {
  const page = await open("#renewal?source=systems");
  await page.getByText("851 days: all end on 1 May 2025.").waitFor();
  const lines = page.getByLabel("A system per line");
  await lines.fill("LA1, AirLink Complete, 2024");
  // Without a click, which would leave the lines: a question whose answer draws the page anew.
  await page.getByLabel("A part of a day").evaluate((field) => {
    field.value = "up";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await page.getByText("852 days: all end on 2 May 2025.").waitFor();
  assert.equal(await lines.inputValue(), "LA1, AirLink Complete, 2024");
});

test("aligning to one date buys the cheapest", async () => {
  const groups = "AirLink Complete,2024-05-15,1;AirLink Complete,2024-02-15,1;AirLink Complete,2024-03-15,1";
  const prices = "AirLink Complete,5.00,50.00,135.00,";
  const query = new URLSearchParams({ groups, prices, on: "2024-01-01", align_on: "2025-01-15" });
  const page = await open(`#renewal?${query}`);
  // 8 and 10 months at 5.00, and a year at 50.00 instead of 11 months.
  await page.getByText("AirLink Complete: 140.00 USD").waitFor();
  assert.deepEqual(await tableOf(page, "Purchase of AirLink Complete"), {
    "1 month": ["18", "5.00 USD", "90.00 USD"],
    "1 year": ["1", "50.00 USD", "50.00 USD"],
  });
});

test("co-termination: (1825 x 1 + 365 x 2) / 3", async () => {
  const page = await open("#renewal");
  await page.getByText("851 days: all end on 1 May 2025.").waitFor();
  await page.getByText("2,555/3 ≈ 851.667").waitFor();
  await page.getByLabel("A part of a day").selectOption("up");
  await page.getByText("852 days: all end on 2 May 2025.").waitFor();
});

test("the plan of a migration is quoted on", async () => {
  const page = await open("#migration?example=2&tokens=60&on=2023-05-15");
  await page.locator("[data-fingerprint]").waitFor();
  await page.getByRole("link", { name: "Renewal quote" }).click();
  await page.getByRole("button", { name: "Take the migration preview's result" }).click();
  await page.getByLabel("Systems, row 2").waitFor();
  assert.equal(await page.getByLabel("End date, row 2").inputValue(), "2023-11-15");
  assert.equal(await page.getByLabel("Systems, row 2").inputValue(), "8");
  await page.getByRole("link", { name: "Migration preview" }).click();
  await page.getByText("8 systems get AirLink Basic until 15 November 2023").waitFor();
});

test("which account: everything in the way at once, with its remedy", async () => {
  const page = await open("#account?format=legacy&kind=reseller&systems=20&devices=XR90,global");
  await page.getByText("Not yet.").waitFor();
  const text = (await page.locator(".verdicts").innerText()).replaceAll(/\s+/g, " ");
  for (const part of [
    "XRS-1",
    "migrate it, or create an avc account",
    "XRS-2",
    "create an account on the instance eu",
    "ACC-8",
  ]) {
    assert.ok(text.includes(part), `${part} is missing in: ${text}`);
  }
  await page.getByLabel("Format of the account").selectOption("avc");
  await page.getByLabel("Instance").selectOption("eu");
  await page.getByLabel("Kind").selectOption("customer");
  await page.getByText("Yes, all of them.").waitFor();
  await page.getByText("Registering needs no payment details.").waitFor();
});

test("which account: payment by country", async () => {
  const page = await open("#account?billing=direct&country=US");
  await page.getByText("The web sign-up can sell services here.").waitFor();
  assert.deepEqual((await tableOf(page, "Methods of payment")).Card.slice(0, 2), ["Yes", "in the web sign-up"]);
  await page.getByLabel("Country of residence").fill("CA");
  await page.getByText("The web sign-up sells no services here.").waitFor();
  const methods = await tableOf(page, "Methods of payment");
  assert.equal(methods.Card[0], "No");
  assert.equal(methods.SEPA[0], "No");
});

test("no page asked another address for anything", clean);
