import { type FaultServer, type FaultServerOptions, faultServer, type RecordedRequest } from "@connectry/testing";
import { onTestFinished } from "vitest";

type Script = Parameters<typeof faultServer>[0];

/** Starts a server with scripted faults, which is closed at the end of the test. */
export async function serve(script?: Script, response?: FaultServerOptions["response"]): Promise<FaultServer> {
  const server = await faultServer(script, response === undefined ? {} : { response });
  onTestFinished(() => server.close());
  return server;
}

/** Starts a server that responds to each request with the result of a function. */
export function serveWith(
  respond: (
    request: RecordedRequest,
    count: number,
  ) => { status?: number; headers?: Record<string, string>; body?: unknown },
): Promise<FaultServer> {
  let count = 0;
  return serve([], (request) => {
    count += 1;
    return respond(request, count);
  });
}
