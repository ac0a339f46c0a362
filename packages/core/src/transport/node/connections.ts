import type { Agent, request } from "node:http";

interface Http {
  readonly Agent: typeof Agent;
  readonly request: typeof request;
}

/** What requests of one protocol are sent with. */
export interface Connections {
  /** Looked up for each request, because a test or an instrumentation may replace its function. */
  readonly http: Http;
  readonly agent: Agent;
}

function open(name: "node:http" | "node:https"): Connections {
  // Loaded when the first request is sent, and as Node's own: no bundler has to know that it exists.
  const http = process.getBuiltinModule(name) as Http;
  // An idle connection is closed after 4 s, as undici does, or sooner where its server says so; of several, the last that was
  // in use is the least likely to have been closed by its server.
  return { http, agent: new http.Agent({ keepAlive: true, scheduling: "lifo", timeout: 4_000 }) };
}

let secure: Connections | undefined;
let plain: Connections | undefined;

/** The connections of the process: all clients share them, since a connection has no state but its peer. */
export function connections(protocol: string): Connections {
  if (protocol === "https:") {
    secure ??= open("node:https");
    return secure;
  }
  plain ??= open("node:http");
  return plain;
}
