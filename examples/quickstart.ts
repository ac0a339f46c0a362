// A first tour of five providers: calls, failures that are retried, and failures that are caught. Each provider is a fake on
// this machine, made from the provider's own document, so no key is needed.
import { tourGithub } from "./quickstart/github.ts";
import { tourHubspot } from "./quickstart/hubspot.ts";
import { metrics } from "./quickstart/metrics.ts";
import { tourSlack } from "./quickstart/slack.ts";
import { tourStripe } from "./quickstart/stripe.ts";
import { tourTwilio } from "./quickstart/twilio.ts";

const tours = await Promise.all([tourStripe(), tourGithub(), tourHubspot(), tourSlack(), tourTwilio()]);
console.table(tours.flat());
await metrics.publish();
