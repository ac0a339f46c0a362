import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { drawBadges } from "../badges/draw-badges.ts";
import { measureBadges } from "../badges/measure-badges.ts";
import { readConnectors } from "../connectors.ts";
import { connectorsOfOtherDocuments } from "../other-documents.ts";
import { publicPackages } from "../public-packages.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const others = await connectorsOfOtherDocuments(root);

describe("the badges of a connector are what is measured: `npx -y pnpm@12 badges` writes them", () => {
  test.each(readConnectors(root).filter(({ id }) => !others.includes(id)))("$id", async (connector) => {
    const file = join(root, connector.folder, "badges.svg");
    const isCommitted = existsSync(file);
    const badges = await measureBadges(root, connector);
    await expect(drawBadges(badges)).toMatchFileSnapshot(file);
    expect(isCommitted, `${file} was written: commit it`).toBe(true);
    const readme = readFileSync(join(root, connector.folder, "README.md"), "utf8");
    expect(readme).toContain(
      `(https://raw.githubusercontent.com/connectry/connectry/main/${connector.folder}/badges.svg)`,
    );
  });
});

describe("npm shows where a package comes from", () => {
  test.each(publicPackages(root))("$name", ({ folder }) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    expect(manifest.homepage).toBe(`https://github.com/connectry/connectry/tree/main/${folder}#readme`);
    expect(manifest.bugs).toEqual({ url: "https://github.com/connectry/connectry/issues" });
    expect(manifest.license).toBe("MIT");
    expect(manifest.keywords.length).toBeGreaterThanOrEqual(4);
  });
});
