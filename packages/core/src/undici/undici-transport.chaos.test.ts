import { wire } from "../../test/acme.js";
import { undiciTransport } from "./undici-transport.js";

// The times that hold with `fetch` hold with undici: the same tests, with the other transport.
wire.transport = undiciTransport();
await import("../client/start-call.chaos.test.js");
