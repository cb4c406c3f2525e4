/** The migration preview: both published examples with the rulebook's numbers, and everything around the plan. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { planMigration, systemsFromCsv } from "alms";

import { EXAMPLE_1, EXAMPLE_2, download, site, tableOf } from "./page.mjs";

const { page: open, clean } = site();

/** The count on each tile. */
async function counts(page) {
  const tiles = await page.locator(".tile").all();
  const texts = await Promise.all(
    tiles.map(async (tile) => [await tile.locator("span").textContent(), await tile.locator("strong").textContent()]),
  );
  return Object.fromEntries(texts);
}

const fingerprint = (page) => page.locator("[data-fingerprint]").getAttribute("data-fingerprint");
const policies = (page) => page.getByText("Policies: what the sources leave open").click();

test("published example 1, from a click", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Example 1" }).click();
  await page.getByText("40 systems get AirLink Basic until 25 September 2023").waitFor();
  assert.deepEqual(await counts(page), {
    "AirLink Basic": "40",
    "AirLink Complete": "0",
    Inventory: "0",
    Deleted: "1",
  });
  assert.match(await page.locator("main").textContent(), /261\/40 = 6\.525/);
  await page.getByText("The same in numbers").first().click();
  assert.deepEqual(await tableOf(page, "Tokens"), {
    "In stock": ["261"],
    "AirLink Basic, whole months": ["240"],
    "Left over": ["21"],
  });

  await policies(page);
  await page.getByLabel("A part of a month (MIG-10)").selectOption("up");
  await page.getByText("until 25 October 2023").waitFor();
  assert.equal((await tableOf(page, "Tokens"))["Granted beyond the stock"][0], "19");
  await page.getByLabel("A part of a month (MIG-10)").selectOption("pro_rata_days");
  await page.getByText("until 10 October 2023").waitFor();
  await page.getByText("6 months and 15 days").waitFor();
});

test("published example 2, from a link", async () => {
  const page = await open(EXAMPLE_2);
  await page.getByText("8 systems get AirLink Basic until 15 November 2023").waitFor();
  assert.deepEqual(await counts(page), { "AirLink Basic": "8", "AirLink Complete": "2", Inventory: "1", Deleted: "2" });
  await page.getByText("The same in numbers").first().click();
  assert.deepEqual(await tableOf(page, "Tokens"), {
    "In stock": ["60"],
    "AirLink Complete": ["6"],
    "AirLink Basic, whole months": ["48"],
    "Left over": ["6"],
  });
  await page.getByText("The same in numbers").nth(1).click();
  assert.deepEqual(await tableOf(page, "Renewals by month"), { "Aug 2023": ["2", "0"], "Nov 2023": ["0", "8"] });

  // MIG-11: as the source prints it.
  await policies(page);
  await page.getByLabel("AirLink Complete ends on (MIG-11)").selectOption("1");
  await page.getByRole("cell", { name: "2024-08-31" }).first().waitFor();
});

test("why: the rule, the numbers, the source", async () => {
  const page = await open(EXAMPLE_2);
  const button = page.getByRole("button", { name: "Why: LA00081500000016" });
  await button.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("AirLink Basic until 15 November 2023, 6 tokens").waitFor();
  const text = (await dialog.textContent()).replaceAll(/\s+/g, " ");
  for (const part of [
    "MIG-9",
    "54 tokens left for 8 AirLink Basic systems: 54/8 = 6.75 months each",
    "MIG-6",
    "ALMS Account Migration",
    "Offer Assignment",
  ]) {
    assert.ok(text.includes(part), `${part} is missing in: ${text}`);
  }
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.ok(await button.evaluate((element) => element === document.activeElement), "the focus is back on the button");
});

test("search, filter, sort", async () => {
  const page = await open(EXAMPLE_2);
  const first = page.locator("table.systems tbody th").first();
  await page.getByText("13 systems", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Deleted" }).first().click();
  await page.getByText("2 of 13 systems").waitFor();
  await page.getByRole("button", { name: "Deleted" }).first().click();
  await page.getByLabel("Search").fill("suspended");
  await page.getByText("1 of 13 systems").waitFor();
  assert.equal(await first.textContent(), "LA00081500000019");
  await page.getByLabel("Search").fill("");
  // Key by key, as a person does: the answers that come in between take no space away.
  await page.getByLabel("Search").pressSequentially("LA 00");
  await page.waitForFunction(() => location.hash.includes("query=LA+00"));
  assert.equal(await page.getByLabel("Search").inputValue(), "LA 00");
  await page.getByLabel("Search").fill("");
  await page.getByText("13 systems", { exact: true }).waitFor();
  const heading = page.getByRole("columnheader", { name: "Serial number" });
  await heading.getByRole("button").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.locator("th[aria-sort=descending]").waitFor();
  await page.waitForFunction(
    () => document.querySelector("table.systems tbody th")?.textContent === "LA00081500000023",
  );
  await page.waitForURL(/sort=serial&descending=1/);
});

test("side by side with another date and policy", async () => {
  const page = await open(EXAMPLE_2);
  await page.getByText("Compare with another date, stock or policy").click();
  await page.getByLabel("A part of a month instead").selectOption("up");
  await page.getByLabel("A date that everyone should reach").fill("2024-01-01");
  await page.getByText("Service Packs for them").waitFor();
  const rows = await tableOf(page, "Scenarios");
  assert.deepEqual(rows["AirLink Basic until"], ["15 November 2023", "15 December 2023", "+30 days"]);
  assert.deepEqual(rows["Tokens for AirLink Basic"], ["48", "56", "+8"]);
  // 8 systems until 15 January 2024 are 8 months: 64 tokens and 6 for Complete, 10 more than there are.
  assert.deepEqual(rows["Tokens missing until 1 January 2024"].slice(0, 1), ["10"]);
  assert.deepEqual(rows["List price of these packs"].slice(0, 1), ["20.00 USD"]);
  await page.getByText("8 systems differ").waitFor();
  // The one that never communicated is in inventory and stays there; the silent one shares: 54 tokens for 9 systems, again 6 months.
  await page.getByLabel("A part of a month instead").selectOption("down");
  await page.getByLabel("The systems that would be deleted report before the migration").check();
  await page.getByText("2 systems differ").waitFor();
  const reported = await tableOf(page, "Scenarios");
  assert.deepEqual(reported.Deleted, ["2", "0", "−2"]);
  assert.deepEqual(reported.Inventory, ["1", "2", "+1"]);
  assert.deepEqual(reported["Months each"].slice(0, 2), ["54/8 = 6.75", "54/9 = 6"]);
});

test("what is downloaded", async () => {
  const page = await open(EXAMPLE_2);
  const { text: json, name } = await download(page, "Plan as JSON");
  assert.equal(name, "account-plan.json");
  const csv = readFileSync(new URL("../../migrate/data/example-2.csv", import.meta.url), "utf8");
  const fields = { uid: "account", name: "Account", instance: "na", format: "legacy", kind: "customer", tokens: 60 };
  const plan = planMigration({ ...fields, systems: systemsFromCsv(csv).systems }, { on: "2023-05-15" });
  assert.equal(json, JSON.stringify(plan));
  assert.equal(await fingerprint(page), plan.fingerprint);

  const { text: table } = await download(page, "Plan as CSV");
  assert.equal(table.split("\n").length, 1 + 13 + 1);
  assert.ok(table.includes("LA00081500000016,airlink_basic,AirLink Basic,active,2023-11-15,6,MIG-9 MIG-6"), table);

  const { text: deleted } = await download(page, "Deleted systems");
  assert.deepEqual(
    systemsFromCsv(deleted).systems.map(({ serial }) => serial),
    ["LA00081500000012", "LA00081500000013"],
  );

  const { text: ics } = await download(page, "Renewal dates (.ics)");
  assert.match(ics, /^BEGIN:VCALENDAR\r\n/);
  assert.match(ics, /DTSTART;VALUE=DATE:20230831/);
  assert.match(ics, /DTSTART;VALUE=DATE:20231115/);
});

test("the page for the consent names the fingerprint", async () => {
  const page = await open(EXAMPLE_1);
  const wanted = await fingerprint(page);
  await page.getByRole("button", { name: "Page for the customer's consent" }).click();
  await page.emulateMedia({ media: "print" });
  const text = await page.locator("article.consent").innerText();
  assert.ok(text.includes(wanted));
  assert.ok(text.includes("25 March 2023"));
  assert.ok(!(await page.getByRole("navigation", { name: "Tools" }).isVisible()), "no navigation on paper");
  assert.equal(await page.locator("[aria-label=Systems] tbody tr").count(), 41);
  const paper = await page.pdf({ format: "A4" });
  assert.equal(paper.subarray(0, 5).toString(), "%PDF-");
});

test("what the rules refuse is said where it is typed", async () => {
  const page = await open(EXAMPLE_2);
  await fingerprint(page);
  await page.getByText("The account: name, UID").click();
  await page.getByLabel("Kind").selectOption("reseller");
  await page.getByRole("alert").getByText("MIG-18").waitFor();
  await page.getByLabel("Kind").selectOption("customer");
  await page.getByLabel("Tokens in stock").fill("");
  await page.getByText("Give the tokens in stock and the migration date").waitFor();
  await page.getByLabel("Tokens in stock").fill("-5");
  await page.getByText("Before you agree").waitFor();
});

test("no page asked another address for anything", clean);
