// A server that does what a fault says, on raw sockets: it knows neither Connectry nor its test helpers, and parses no more of
// HTTP than it needs.
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createServer as createTlsServer } from "node:tls";
import type { Certificate, CertificateName } from "./certificates.ts";
import type { PageFormat } from "./pages.ts";
import { readRequests, type WireRequest } from "./read-requests.ts";
import type { Step, WireReply } from "./reply.ts";

/** What a reply can depend on. */
export interface ReplyContext {
  /** Which request it is of all, counted from 1. */
  readonly number: number;
  /** Which request it is of its connection, counted from 1. */
  readonly onConnection: number;
  /** The address of this server, and of another one that must not see a credential. */
  readonly url: string;
  readonly otherUrl: string;
  /** What a page of the client's provider looks like. */
  readonly pages: PageFormat;
}

/** How a server behaves: one reply for each request, of which the last is repeated, or a function. */
export interface ServerPlan {
  readonly replies: readonly WireReply[] | ((request: WireRequest, context: ReplyContext) => WireReply);
  /** TLS, with this certificate. @default plain HTTP */
  readonly tls?: CertificateName;
  /** What it does with a connection instead of a TLS handshake, which clients begin. */
  readonly onConnect?: readonly Step[];
  /** Nothing listens at its port. */
  readonly isClosed?: boolean;
}

/** A request, and what became of it. */
export interface LoggedRequest extends WireRequest {
  readonly applied: boolean;
  readonly asksMs: number | undefined;
  /** The status of its response; undefined where none was sent. */
  readonly status: number | undefined;
  /** When the response was sent; undefined where it never ended. */
  endedAtMs?: number;
}

/** What the server saw. */
export interface WireLog {
  readonly requests: readonly LoggedRequest[];
  /** The requests that arrived at the other origin. */
  readonly elsewhere: readonly WireRequest[];
  readonly connections: number;
  /** Connections that are still open although their response has not ended. */
  readonly busySockets: number;
  readonly openSockets: number;
}

/** A server that runs. */
export interface FaultServer {
  readonly url: string;
  log(): WireLog;
  close(): void;
}

/** Resolves when what was written has been sent, or the client has left. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const onEnd = () => {
      socket.off("drain", onEnd).off("close", onEnd);
      resolve();
    };
    socket.on("drain", onEnd).on("close", onEnd);
  });
}

async function play(socket: Socket, steps: readonly Step[]): Promise<boolean> {
  for (const step of steps) {
    if (socket.destroyed) return false;
    if (step === "close") socket.end();
    else if (step === "reset") socket.resetAndDestroy();
    else if (step === "stall") return new Promise(() => {});
    else if (typeof step === "string" || step instanceof Uint8Array) {
      // What the client does not read is not sent on.
      if (!socket.write(step)) await drained(socket);
    } else if ("waitMs" in step) await sleep(step.waitMs);
    else
      while (!socket.destroyed) {
        await sleep(step.everyMs);
        socket.write(step.drip);
      }
  }
  return !socket.destroyed;
}

const listen = (server: Server) =>
  new Promise<string>((resolve) => {
    server.listen(0, "127.0.0.1", 1_024, () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`));
  });

/** Starts a server, and the other origin that its redirects and links can lead to. */
export async function startFaultServer(
  plan: ServerPlan,
  { certificates, pages }: { certificates: Readonly<Record<CertificateName, Certificate>>; pages: PageFormat },
): Promise<FaultServer> {
  const requests: LoggedRequest[] = [];
  const elsewhere: WireRequest[] = [];
  const sockets = new Map<Socket, boolean>();
  let connections = 0;

  const other = createServer((socket) => {
    socket.on("error", () => {});
    sockets.set(socket, false);
    socket.on("close", () => sockets.delete(socket));
    readRequests(socket, 0, async (request) => {
      elsewhere.push(request);
      const body = '{"id":"elsewhere","sid":"elsewhere","ok":true}';
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
    });
  });
  const otherUrl = `http://${await listen(other)}`;
  let url = "";

  const onSocket = (socket: Socket) => {
    connections += 1;
    const connection = connections;
    let onConnection = 0;
    socket.on("error", () => {});
    socket.setNoDelay(true);
    sockets.set(socket, false);
    socket.on("close", () => sockets.delete(socket));
    if (plan.onConnect) {
      sockets.set(socket, true);
      socket.resume();
      void play(socket, plan.onConnect);
      return;
    }
    readRequests(socket, connection, async (request) => {
      onConnection += 1;
      const number = requests.length + 1;
      const { replies } = plan;
      const context = { number, onConnection, url, otherUrl, pages };
      const reply =
        typeof replies === "function"
          ? replies(request, context)
          : (replies[Math.min(number, replies.length) - 1] as WireReply);
      const first = reply.steps.find((step) => typeof step === "string" || step instanceof Uint8Array);
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(Buffer.from(first ?? "").toString("latin1", 0, 20))?.[1];
      const logged: LoggedRequest = {
        ...request,
        applied: reply.applies ?? false,
        asksMs: reply.asksMs,
        status: status === undefined ? undefined : Number(status),
      };
      requests.push(logged);
      sockets.set(socket, true);
      const ended = await play(socket, reply.steps);
      logged.endedAtMs = performance.now();
      if (ended) sockets.set(socket, false);
    });
  };
  const server = plan.tls ? createTlsServer({ ...certificates[plan.tls] }, onSocket) : createServer(onSocket);
  server.on("tlsClientError", () => {});
  url = `${plan.tls || plan.onConnect ? "https" : "http"}://${await listen(server)}`;
  if (plan.isClosed) server.close();
  return {
    url,
    log: () => ({
      requests: requests.map((one) => ({ ...one })),
      elsewhere: [...elsewhere],
      connections,
      busySockets: [...sockets.values()].filter(Boolean).length,
      openSockets: sockets.size,
    }),
    close() {
      server.close();
      other.close();
      for (const socket of sockets.keys()) socket.destroy();
    },
  };
}
