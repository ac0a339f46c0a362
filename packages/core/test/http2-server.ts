import { constants, createSecureServer, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { onTestFinished } from "vitest";

/** What a server over HTTP/2 sends: the first bytes of a body, and then a reset, or the end. */
export interface Http2Response {
  readonly start: string;
  readonly end: "reset" | "end";
  /** The length that the headers promise. */
  readonly length: number;
}

/** Starts a server over HTTP/2 until the end of the test, and returns its address and how many requests it received. */
export async function http2Server({ start, end, length }: Http2Response) {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }]);
  const received = { count: 0, http1: 0 };
  const sessions = new Set<ServerHttp2Session>();
  const server = createSecureServer({ key, cert, allowHTTP1: true })
    .on("session", (session) => sessions.add(session))
    .on("request", (request, response) => {
      if (request.httpVersionMajor > 1) return;
      received.http1 += 1;
      response.end("{}");
    })
    .on("stream", (stream) => {
      received.count += 1;
      stream.on("error", () => {});
      stream.respond({ ":status": 200, "content-type": "application/json", "content-length": length });
      stream.write(start, () => {
        if (end === "end") stream.end();
        // After the client has read the beginning.
        else setTimeout(() => stream.close(constants.NGHTTP2_INTERNAL_ERROR), 50);
      });
    });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}
