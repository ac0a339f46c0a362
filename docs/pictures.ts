// Writes the pictures of the site and of the READMEs: `npx -y pnpm@12 pictures`.
import "./src/resolve-sources.ts";
import { writeFile } from "node:fs/promises";

const { makePictures } = await import("./src/pictures/pictures.ts");
for (const [name, text] of Object.entries(await makePictures()))
  await writeFile(new URL(`pictures/${name}`, import.meta.url), text);
const { shootDashboard } = await import("./src/pictures/dashboard.ts");
await writeFile(new URL("../packages/dashboard/screenshot.png", import.meta.url), await shootDashboard());
