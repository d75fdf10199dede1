// A running `morgue serve` over an archive of its own, and a browser that reads it.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** The sample corpus of the repository. */
export const SAMPLE_CORPUS = path.join(ROOT, "sample-corpus");

/** Where the README has its pictures. */
export const PICTURES = path.join(ROOT, "docs");

/** The program: the variable MORGUE, or the release build. */
const PROGRAM =
  process.env.MORGUE ??
  path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"), "release", "morgue");

/** The browser: the variable CHROMIUM, or the first of these that is there. */
const BROWSERS = ["chromium", "chromium-browser", "google-chrome"];

function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    for (const name of BROWSERS) {
      const file = path.join(folder, name);
      if (fs.existsSync(file)) return file;
    }
  }
  throw new Error(`None of ${BROWSERS.join(", ")} is on the path; install one or set CHROMIUM.`);
}

/** An indexed folder with a server and a browser; `close` ends both. */
export class ReadingRoom {
  /** Indexes a folder and serves it. */
  static async of(folder) {
    const room = new ReadingRoom();
    room.folder = fs.mkdtempSync(path.join(os.tmpdir(), "morgue-browser-"));
    room.index = path.join(room.folder, "index");
    const run = spawnSync(PROGRAM, ["index", folder, "--index", room.index, "--quiet"], { encoding: "utf8" });
    if (run.status !== 0) throw new Error(`${PROGRAM} index: ${run.error ?? run.stderr}`);
    const options = ["serve", "--port", "0", "--index", room.index];
    room.server = spawn(PROGRAM, options, { stdio: ["ignore", "pipe", "inherit"] });
    for await (const line of createInterface({ input: room.server.stdout })) {
      room.origin = /http:\/\/[^/]+/.exec(line)[0];
      break;
    }
    room.browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox"] });
    return room;
  }

  async close() {
    await this.browser?.close();
    this.server?.kill();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Opens an empty page whose `faults` lists what its scripts or its policy were stopped at. */
  async page(options = {}) {
    const context = await this.browser.newContext({ baseURL: this.origin, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.faults = [];
    page.on("pageerror", (error) => page.faults.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") page.faults.push(message.text());
    });
    page.on("dialog", (dialog) => {
      page.faults.push(`dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(this.origin)) page.faults.push(`request: ${request.url()}`);
    });
    return page;
  }

  /** Returns an address in which each `{path}` is the id of the article of that file. */
  address(pattern) {
    return pattern.replace(/\{([^}]+)\}/g, (_, file) => {
      const run = spawnSync(PROGRAM, ["show", file, "--json", "--index", this.index], { encoding: "utf8" });
      if (run.status !== 0) throw new Error(`${file}: ${run.stderr}`);
      return JSON.parse(run.stdout.split("\n")[0]).id;
    });
  }
}

/** Does what leads to another address, and waits until that page is there. */
export async function follow(page, act) {
  const before = page.url();
  await Promise.all([page.waitForURL((url) => url.href !== before), act()]);
  await page.waitForLoadState("load");
}

/** Opens an address and says its status. */
export async function open(page, address) {
  const response = await page.goto(address, { waitUntil: "load" });
  return response.status();
}
