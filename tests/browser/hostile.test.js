// What files and addresses say is text on every page: nothing of it runs, loads or is markup.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, describe, test } from "node:test";
import { ADDRESSES, hostileFolder } from "./hostile.js";
import { axeFaults, widthOf } from "./looking.js";
import { open, ReadingRoom } from "./serving.js";

describe("a hostile archive", () => {
  let room;
  let folder;
  let articles;
  before(async () => {
    folder = hostileFolder();
    room = await ReadingRoom.of(folder);
    const answer = await fetch(`${room.origin}/search.json?q=words%3E%3D0&copies=1`);
    const { hits } = await answer.json();
    const views = ["", "&view=filed", "&view=both", "&view=similar"];
    articles = hits.flatMap((hit) => views.map((view) => `/article/${hit.id}?q=harbour${view}`));
    assert.ok(hits.length >= 6, `${hits.length} articles`);
  });
  after(async () => {
    await room?.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test("is text on every page", async () => {
    const page = await room.page();
    for (const address of [...ADDRESSES, ...articles]) {
      await open(page, address);
      // Whatever listens for the pointer or the keyboard is set off.
      await page.evaluate(() => {
        for (const element of document.querySelectorAll("body *")) {
          element.dispatchEvent(new Event("mouseover", { bubbles: true }));
          element.dispatchEvent(new Event("load"));
        }
      });
      const found = await page.evaluate(() => ({
        struck: window.struck,
        scripts: document.scripts.length,
        foreign: [...document.querySelectorAll("img, iframe, object, embed, style, body script, body b, body i")].length,
        listeners: [...document.querySelectorAll("*")].filter((element) =>
          [...element.attributes].some((attribute) => attribute.name.startsWith("on") || attribute.name === "style"),
        ).length,
        schemes: [...document.links].map((link) => new URL(link.href).protocol).filter((scheme) => !/^https?:$/.test(scheme)),
      }));
      assert.deepEqual(found, { struck: undefined, scripts: 1, foreign: 0, listeners: 0, schemes: [] }, address);
    }
    // A browser reports the status of a page that is an error; all else is a fault.
    assert.deepEqual(page.faults.filter((fault) => !/status of 4\d\d/.test(fault)), []);
    await page.context().close();
  });

  test("is shown as it is written", async () => {
    const page = await room.page();
    await open(page, "/search?q=harbour&copies=1");
    assert.match(await page.locator(".hits").innerText(), /<script>window\.struck = 1<\/script>/);
    await page.context().close();
  });

  test("is as accessible as any, and no wider than 320 pixels", async () => {
    const page = await room.page({ viewport: { width: 320, height: 640 } });
    const faults = [];
    for (const address of [...ADDRESSES, ...articles]) {
      await open(page, address);
      const width = await widthOf(page);
      if (width > 320) faults.push(`${address}: ${width} pixels`);
      for (const fault of await axeFaults(page)) faults.push(`${address}: ${fault}`);
    }
    assert.deepEqual(faults, []);
    await page.context().close();
  });
});
