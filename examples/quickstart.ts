// A first tour of five providers: calls, failures that heal, and failures that are caught.
// Each is a fake on this machine, made from the provider's own document, so it needs no key.
import { tourGithub } from "./quickstart/github.ts";
import { tourHubspot } from "./quickstart/hubspot.ts";
import { tourSlack } from "./quickstart/slack.ts";
import { tourStripe } from "./quickstart/stripe.ts";
import { tourTwilio } from "./quickstart/twilio.ts";

const tours = await Promise.all([tourStripe(), tourGithub(), tourHubspot(), tourSlack(), tourTwilio()]);
console.table(tours.flat());
