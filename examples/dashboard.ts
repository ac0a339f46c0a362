// Serves the page that shows how integrations are doing, on the calls of the last quickstart.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { telemetry } from "@connectry/core/telemetry";
import { toNodeHandler } from "@connectry/core/webhooks";
import { dashboard } from "@connectry/dashboard";

const file = new URL("../node_modules/.cache/connectry/quickstart-telemetry.json", import.meta.url);
const text = await readFile(file, "utf8").catch(() => undefined);
if (text === undefined) {
  console.error("No calls were recorded yet: run the quickstart first, `npx -y pnpm@12 quickstart`.");
  process.exit(1);
}
// What the quickstart published is read as that of another process.
const store = { publish: async () => {}, read: async () => [text] };
const handler = dashboard({
  telemetry: telemetry({ store }),
  merged: true,
  // The server listens on this machine alone. A service asks who it is.
  allow: () => true,
});
const server = createServer(toNodeHandler(handler));
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () => {
  console.log(`http://localhost:${(server.address() as AddressInfo).port}/ (Ctrl+C ends it)`);
});
