// A first tour of five providers: calls, failures that are retried, and failures that are caught. Each provider is a fake on
// this machine, made from the provider's own document, so no key is needed.
import { fileURLToPath } from "node:url";
import { readConnectors } from "../scripts/connectors.ts";
import { leftOutConnectors } from "../scripts/left-out.ts";
import { firstCall } from "./quickstart/first-call.ts";
import { tourGithub } from "./quickstart/github.ts";
import { tourHubspot } from "./quickstart/hubspot.ts";
import { metrics } from "./quickstart/metrics.ts";
import { tourSlack } from "./quickstart/slack.ts";
import { tourStripe } from "./quickstart/stripe.ts";
import { tourTwilio } from "./quickstart/twilio.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const leftOut = leftOutConnectors(root);
const connectors = readConnectors(root).filter(({ id }) => !leftOut.includes(id));

const tours = await Promise.all([tourStripe(), tourGithub(), tourHubspot(), tourSlack(), tourTwilio()]);
console.table(tours.flat());
console.log("\nEvery connector, with a credential from its environment variables:");
for (const connector of connectors) console.log(await firstCall(connector));
await metrics.publish();
