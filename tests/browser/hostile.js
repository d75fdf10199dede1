// A folder of files whose texts and names try to become part of a page.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const STRIKE = `<script>window.struck = 1</script>`;
const PICTURE = `"><img src=x onerror="window.struck = 2">`;
const LONG = "Harbourmasterassociation".repeat(200);

const FILES = {
  "script.txt": `${STRIKE} Harbour sold

By <b onclick="window.struck = 3">Ana Voss</b>

2019-03-04

Mayor ${STRIKE} Ana Voss said that the harbour was sold. ${PICTURE} The council of the harbour met.

Ana Voss </p></main></body> spoke of the harbour again, <svg onload="window.struck = 4"> and left.
`,
  "name \"><img src=x onerror=window.struck=5>.txt": `Harbour quiet

By Piet Holm

The Brindle <i>Courier</i>

March 5, 2019

The harbour was quiet. "Nothing {{ 7 * 7 }} \${window.struck = 6}," said Piet Holm' onmouseover='window.struck = 7.
`,
  "address.txt": `Harbour address

By Lena Roos

March 6, 2019

The harbour has an address.

javascript:window.struck=8

https://harbour.example/"onclick="window.struck=9

data:text/html,<script>window.struck=10</script>
`,
  "long.txt": `${LONG} harbour

By ${LONG} Holm

March 7, 2019

The harbour ${LONG} is long. ${"w".repeat(3000)}
`,
  "direction.txt": `\u202eruobraH \u2066of\u202e the harbour

By Ana Voss

March 8, 2019

The \u202eharbour\u202e was turned around, said Ana Voss. ميناء المدينة harbour הנמל.
`,
  "people.txt": `Persons of the harbour

March 9, 2019

The harbour employs Ana <Voss>, "Piet" Holm & Lena 'Roos. Ana Voss and Piet Holm and Lena Roos met at the harbour.
`,
  "empty-looking.txt": "harbour\u200b\u200b\u0000\u0007\u001b[31m harbour\n",
};

/** Writes the files into a new folder and returns it. */
export function hostileFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "morgue-hostile-"));
  for (const [name, text] of Object.entries(FILES)) fs.writeFileSync(path.join(folder, name), text);
  return folder;
}

/** What is asked: searches that find the files, and addresses that are attacks themselves. */
export const ADDRESSES = [
  "/",
  "/search?q=harbour&copies=1",
  "/search?q=words%3E%3D0&copies=1&sort=oldest",
  `/search?q=${encodeURIComponent(STRIKE)}`,
  `/search?q=${encodeURIComponent(PICTURE)}&any=1`,
  `/search?q=${encodeURIComponent(`"${PICTURE}`)}`,
  `/search?q=${encodeURIComponent("person:\"<script>window.struck=11</script>\"")}`,
  `/search?q=harbour&sort=${encodeURIComponent(PICTURE)}&page=${encodeURIComponent(PICTURE)}`,
  `/search?q=${"harbour+".repeat(400)}&any=1`,
  `/article/${encodeURIComponent(STRIKE)}`,
  `/article/x?q=${encodeURIComponent(PICTURE)}&view=${encodeURIComponent(PICTURE)}`,
  `/${encodeURIComponent(PICTURE)}`,
];
