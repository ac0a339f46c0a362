import type { ClientRequest, IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { Call } from "../../pipeline/call.js";
import { BodyReceiver } from "../body-receiver.js";
import { acceptEncoding } from "../decoders.js";
import { NotSentError } from "../not-sent-error.js";
import { type HeaderFields, ReceivedHeaders } from "../received-headers.js";
import { requestTarget } from "../request-target.js";
import type { Transport, TransportResponse } from "../transport.js";
import { connections } from "./connections.js";

// The headers that `fetch` adds.
const defaults = { accept: "*/*", "accept-encoding": acceptEncoding };

/** The fields of a response. `headersDistinct` of Node has them, too, but is an object with a prototype, which a field may name. */
function fieldsOf(raw: readonly string[]): HeaderFields {
  const fields = Object.create(null) as Record<string, string | readonly string[]>;
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase();
    const value = raw[i + 1] as string;
    const known = fields[name];
    fields[name] = known === undefined ? value : [known, value].flat();
  }
  return fields;
}

/** The request headers; a body of known length has one that says it, since Node adds it to some methods only. */
function headersOf({ headers, body }: Call): Record<string, string> {
  const fields: Record<string, string> = { ...defaults, ...headers };
  if (body?.kind === "replayable") fields["content-length"] = `${Buffer.byteLength(body.data)}`;
  return fields;
}

function sendBody(request: ClientRequest, { body }: Call): void {
  if (body?.kind !== "one-shot") request.end(body?.data);
  else {
    const source = Readable.fromWeb(body.data as Parameters<typeof Readable.fromWeb>[0]);
    source.on("error", (error) => request.destroy(error));
    request.on("close", () => source.destroy());
    source.pipe(request);
  }
}

function receive(response: IncomingMessage, receiver: BodyReceiver): void {
  response.on("data", (chunk: Uint8Array) => receiver.data(chunk));
  response.on("end", () => receiver.end());
  response.on("error", (error) => receiver.fail(error));
  const { statusCode = 0, statusMessage: statusText, rawHeaders } = response;
  receiver.start({ status: statusCode, statusText, headers: new ReceivedHeaders(fieldsOf(rawHeaders)) });
}

/** A connection that was closed without a response: with a code, as Node's own errors have one. */
function withoutResponse(): Error {
  return Object.assign(new Error("the connection was closed without a response"), { code: "ERR_NO_RESPONSE" });
}

/**
 * Sends requests with `node:http` and `node:https`, whose connections are kept alive, without the `Request`, `Response` and
 * streams that `fetch` creates.
 */
export const nodeTransport: Transport = (call) =>
  new Promise<TransportResponse>((resolve, reject) => {
    const { to, path } = requestTarget(call);
    const { protocol, hostname, port } = to;
    const { http, agent } = connections(protocol);
    const request = http.request({
      agent,
      protocol,
      // The brackets of an IPv6 address belong to the URL, not to the name that is connected to.
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port,
      path,
      method: call.operation.method,
      headers: headersOf(call),
    });
    let response: IncomingMessage | undefined;
    const source = {
      pause: () => void response?.pause(),
      resume: () => void response?.resume(),
      abort: () => void request.destroy(),
    };
    const receiver = new BodyReceiver(call, source, { resolve, reject });
    let isConnected = false;
    request.on("socket", (socket) => {
      const connect = () => {
        isConnected = true;
      };
      const { connecting, secureConnecting } = socket as typeof socket & { readonly secureConnecting?: boolean };
      if (request.reusedSocket || !(connecting || secureConnecting)) connect();
      else socket.once(protocol === "https:" ? "secureConnect" : "connect", connect);
    });
    request.on("error", (error) => receiver.fail(isConnected ? error : new NotSentError(error)));
    // Such as for a response that would switch protocols.
    request.on("close", () => !response && receiver.fail(withoutResponse()));
    request.on("response", (message) => {
      response = message;
      receive(message, receiver);
    });
    sendBody(request, call);
  });
