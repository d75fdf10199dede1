// What a reader does: searches, narrows, opens an article at the match, goes on to the next, comes back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { follow, open, ReadingRoom, SAMPLE_CORPUS } from "./serving.js";

describe("a reader", () => {
  let room;
  before(async () => {
    room = await ReadingRoom.of(SAMPLE_CORPUS);
  });
  after(() => room?.close());

  /** Runs a test with a page, which must end without a fault of a script or of the policy. */
  async function reading(options, steps) {
    const page = await room.page(options);
    await steps(page);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }

  /** Returns the number of articles that a page says were found. */
  async function total(page) {
    return Number.parseInt(await page.locator(".total").innerText(), 10);
  }

  /** Whether an element is within the window. */
  async function isSeen(page, selector) {
    return page.locator(selector).evaluate((element) => {
      const box = element.getBoundingClientRect();
      return box.top >= 0 && box.bottom <= window.innerHeight;
    });
  }

  test("searches, and takes off what was understood", () =>
    reading({}, async (page) => {
      await open(page, "/");
      assert.equal(await page.evaluate(() => document.activeElement.id), "q");
      await page.keyboard.type("harbour council -ferry");
      await follow(page, () => page.keyboard.press("Enter"));
      assert.equal(new URL(page.url()).searchParams.get("q"), "harbour council -ferry");
      assert.equal(await page.locator(".chip").count(), 3);
      const narrow = await total(page);
      await follow(page, () => page.getByLabel("Take off word council").click());
      assert.equal(await page.locator(".chip").count(), 2);
      assert.equal(await page.locator("#q").inputValue(), "harbour NOT ferry");
      assert.ok((await total(page)) > narrow);
      await follow(page, () => page.getByLabel("Take off word ferry").click());
      assert.equal(await page.locator("#q").inputValue(), "harbour");
    }));

  test("narrows a result by a person and by a month", () =>
    reading({}, async (page) => {
      await open(page, "/search?q=harbour&copies=1");
      const persons = page.locator("#narrow section", { hasText: "Person" });
      const pell = persons.locator("li", { hasText: "Joren Pell" }).first();
      const articles = Number(await pell.locator(".number").innerText());
      await follow(page, () => pell.locator(".only").click());
      assert.equal(await total(page), articles);
      assert.match(await page.locator(".chips").innerText(), /person\s+"?Joren Pell/);

      await follow(page, () => page.locator("#narrow .only", { hasText: /^2018$/ }).click());
      const month = page.locator("#narrow .months li").first();
      const inMonth = Number(await month.locator(".number").innerText());
      await follow(page, () => month.locator(".only").click());
      assert.equal(await total(page), inMonth);
      assert.equal(new URL(page.url()).searchParams.get("copies"), "1");

      // What was chosen is taken off where it was chosen.
      await follow(page, () => page.getByLabel("Take off Joren Pell").first().click());
      assert.doesNotMatch(await page.locator("#q").inputValue(), /Pell/);
    }));

  test("opens an article at the match, steps through the matches and comes back to the same place", () =>
    reading({ viewport: { width: 1280, height: 700 } }, async (page) => {
      await open(page, "/search?q=harbour");
      const passage = page.locator(".hit .passage a").last();
      await passage.scrollIntoViewIfNeeded();
      const place = await page.evaluate(() => window.scrollY);
      assert.ok(place > 300, `scrolled to ${place}`);
      const results = page.url();
      await follow(page, () => passage.click());
      assert.match(page.url(), /#p\d+$/);
      assert.ok(await isSeen(page, ":target"));
      assert.ok((await page.locator(":target mark").count()) > 0);

      await follow(page, () => page.keyboard.press("n"));
      assert.match(page.url(), /#m\d+$/);
      assert.ok(await isSeen(page, "mark:target"));
      const [, first] = /#m(\d+)$/.exec(page.url());
      const marks = await page.locator("mark[id]").count();
      if (marks > 1) {
        await follow(page, () => page.keyboard.press("n"));
        const [, second] = /#m(\d+)$/.exec(page.url());
        assert.equal(Number(second), (Number(first) % marks) + 1);
        await follow(page, () => page.keyboard.press("p"));
        assert.ok(page.url().endsWith(`#m${first}`));
      }

      await follow(page, () => page.goBack());
      assert.equal(page.url(), results);
      await page.waitForFunction((wanted) => Math.abs(window.scrollY - wanted) < 3, place);
    }));

  test("needs no mouse", () =>
    reading({ viewport: { width: 1280, height: 700 } }, async (page) => {
      await open(page, "/search?q=ferry");
      // The first stop leads past the head of the page.
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
      await follow(page, () => page.keyboard.press("Enter"));
      assert.match(page.url(), /#main$/);
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.getElementById("main").contains(document.activeElement)));

      await page.keyboard.press("/");
      assert.equal(await page.evaluate(() => document.activeElement.id), "q");
      await page.keyboard.type("harbour council");
      await follow(page, () => page.keyboard.press("Enter"));
      const results = page.url();
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await page.keyboard.press("k");
      const first = page.locator(".hit .open").first();
      assert.ok(await first.evaluate((link) => link === document.activeElement));
      await follow(page, () => page.keyboard.press("Enter"));
      assert.match(page.url(), /\/article\//);
      await follow(page, () => page.keyboard.press("n"));
      assert.match(page.url(), /#m1$/);
      await page.keyboard.press("?");
      assert.ok(await page.locator("#help").evaluate((help) => help.open));
      await page.keyboard.press("Escape");
      assert.ok(!(await page.locator("#help").evaluate((help) => help.open)));
      await follow(page, () => page.keyboard.press("Escape"));
      assert.equal(page.url(), results);
    }));

  test("sees where the keyboard is", () =>
    reading({}, async (page) => {
      await open(page, "/search?q=ferry+council");
      const unseen = [];
      for (let stop = 0; stop < 60; stop++) {
        await page.keyboard.press("Tab");
        const shown = await page.evaluate(() => {
          const focused = document.activeElement;
          if (focused === document.body) return null;
          const isDrawn = (element) => {
            const style = getComputedStyle(element);
            return (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.strokeWidth === "2px";
          };
          const isSeen = isDrawn(focused) || [...focused.children].some(isDrawn);
          return isSeen ? "" : focused.outerHTML.slice(0, 120);
        });
        if (shown === null) break;
        if (shown !== "") unseen.push(shown);
      }
      assert.deepEqual(unseen, []);
    }));

  test("needs no scripts", () =>
    reading({ javaScriptEnabled: false }, async (page) => {
      await open(page, "/");
      await page.locator("#q").fill("breakwater council");
      await follow(page, () => page.getByRole("button", { name: "Search" }).click());
      const results = page.url();
      assert.ok((await total(page)) > 1);
      await follow(page, () => page.locator(".hit .passage a").first().click());
      await follow(page, () => page.locator("#first-match").click());
      assert.match(page.url(), /#m1$/);
      await follow(page, () => page.locator("mark:target + .step").getByLabel("Next match").click());
      assert.match(page.url(), /#m2$/);
      await follow(page, () => page.locator("#back").click());
      assert.equal(page.url(), results);
      await follow(page, () => page.locator("#narrow .only").first().click());
      assert.ok((await page.locator(".chip").count()) >= 3);
      await follow(page, () => page.locator(".orders a", { hasText: "newest" }).click());
      await page.locator("#help summary").click();
      await follow(page, () => page.locator("#help a", { hasText: "headline:ferry" }).click());
      assert.equal(await page.locator("#q").inputValue(), "headline:ferry");
    }));

  test("is told what is wrong with a query, and where", () =>
    reading({}, async (page) => {
      assert.equal(await page.goto("/search?q=harbour+date%3Asoonest").then((answer) => answer.status()), 400);
      assert.equal(await page.locator("#q").inputValue(), "harbour date:soonest");
      assert.match(await page.getByRole("alert").innerText(), /soonest/);
      assert.notEqual(await page.locator(".wrong").innerText(), "");
      // The browser itself reports the status; that is no fault of the page.
      page.faults = page.faults.filter((fault) => !fault.includes("400"));
    }));
});
