// Writes the pictures of the site and of the READMEs: `npx -y pnpm@12 pictures`. `--only scale` writes those whose names begin so.
import "./src/resolve-sources.ts";
import { writeFile } from "node:fs/promises";

const { makePictures } = await import("./src/pictures/pictures.ts");
const at = process.argv.indexOf("--only");
const only = at < 0 ? "" : (process.argv[at + 1] ?? "");
for (const [name, text] of Object.entries(await makePictures()))
  if (name.startsWith(only)) await writeFile(new URL(`pictures/${name}`, import.meta.url), text);
if (only === "") {
  const { shootDashboard } = await import("./src/pictures/dashboard.ts");
  await writeFile(new URL("../packages/dashboard/screenshot.png", import.meta.url), await shootDashboard());
}
