// Every page, light and wide, dark and narrow: nothing that axe finds, and nothing wider than the screen.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { axeFaults, widthOf } from "./looking.js";
import { PAGES } from "./pages.js";
import { open, ReadingRoom, SAMPLE_CORPUS } from "./serving.js";

// Contrast depends on the colours alone, and sizes on the width alone, so each is looked at once.
const SCREENS = [
  ["light", "wide", { width: 1280, height: 900 }],
  ["dark", "narrow", { width: 320, height: 640 }],
];

describe("every page", () => {
  let room;
  let pages;
  before(async () => {
    room = await ReadingRoom.of(SAMPLE_CORPUS);
    pages = PAGES.map(([name, address]) => [name, room.address(address)]);
  });
  after(() => room?.close());

  for (const [colorScheme, screen, viewport] of SCREENS) {
    test(`axe finds nothing: ${colorScheme}, ${screen}`, async () => {
      const page = await room.page({ colorScheme, viewport });
      const faults = [];
      for (const [name, address] of pages) {
        await open(page, address);
        for (const fault of await axeFaults(page)) faults.push(`${name}, ${address}: ${fault}`);
      }
      assert.deepEqual(faults, []);
      await page.context().close();
    });
  }

  test("nothing is wider than 320 pixels", async () => {
    const page = await room.page({ viewport: { width: 320, height: 640 } });
    for (const [name, address] of pages) {
      await open(page, address);
      const width = await widthOf(page);
      assert.ok(width <= 320, `${name}, ${address}: ${width} pixels`);
    }
    await page.context().close();
  });

  test("letters of twice the size need no wider screen", async () => {
    const page = await room.page({ viewport: { width: 640, height: 900 } });
    for (const [name, address] of pages) {
      await open(page, address);
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      const width = await widthOf(page);
      assert.ok(width <= 640, `${name}, ${address}: ${width} pixels`);
    }
    await page.context().close();
  });
});
