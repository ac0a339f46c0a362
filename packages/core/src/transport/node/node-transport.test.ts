import { wire } from "../../../test/acme.js";
import { nodeTransport } from "./node-transport.js";

// What holds with `fetch` holds with node:http: the same tests, with the other transport.
wire.transport = nodeTransport;
await import("../../client/fetch/to-fetch.test.js");
await import("../../client/fetch/fetch-response.test.js");
await import("../../client/start-call.test.js");
await import("../../client/start-call.abort.test.js");
await import("../../../test/integration/no-secret-in-errors.test.js");
await import("../to-network-error.test.js");
await import("../../upload/form.test.js");
await import("../../upload/upload.test.js");
await import("../../../test/own-transports.js");
await import("../read-body.test.js");
await import("../redirects.test.js");
await import("../stream-body.test.js");
