// Makes the pictures of the README anew when UPDATE_PICTURES is set, of the sample corpus.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { open, PICTURES, ReadingRoom, SAMPLE_CORPUS } from "./serving.js";

const SHOWN = [
  ["front", "/"],
  ["search", "/search?q=harbour+council"],
  ["article", "/article/{prints/breakwater.txt}?q=breakwater+council"],
  ["as-filed", "/article/{web/envoy-leaves.txt}?view=both"],
  ["copies", "/article/{valley-post/2018/ferry-sale.txt}?view=copies"],
];

/** The most bytes of a picture. */
const LARGEST = 150 * 1024;

describe("the pictures of the README", { skip: !process.env.UPDATE_PICTURES }, () => {
  test("are made", async () => {
    const room = await ReadingRoom.of(SAMPLE_CORPUS);
    try {
      const page = await room.page({ viewport: { width: 1200, height: 640 }, colorScheme: "light" });
      for (const [name, address] of SHOWN) {
        assert.equal(await open(page, room.address(address)), 200, address);
        const file = path.join(PICTURES, `room-${name}.png`);
        await page.screenshot({ path: file });
        const { size } = fs.statSync(file);
        assert.ok(size <= LARGEST, `${file}: ${size} bytes`);
      }
    } finally {
      await room.close();
    }
  });
});
