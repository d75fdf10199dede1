// What tests look at on any page.
import axe from "axe-core";

/** Returns what axe finds, one line a fault. What is folded away is opened and looked at too. */
export async function axeFaults(page) {
  await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    return window.axe.run({ runOnly: { type: "tag", values: tags } });
  });
  const line = (rule, node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`;
  return found.violations.flatMap((rule) => rule.nodes.map((node) => line(rule, node)));
}

/** Returns the width that a page needs, in pixels. */
export function widthOf(page) {
  return page.evaluate(() => document.documentElement.scrollWidth);
}
