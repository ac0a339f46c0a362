import { type FaultServer, type FaultServerOptions, faultServer, type RecordedRequest } from "@connectry/testing";
import { onTestFinished } from "vitest";

type Script = Parameters<typeof faultServer>[0];

/** A server of one test, on a script of faults: it is closed at the end of the test. */
export async function serve(script?: Script, answer?: FaultServerOptions["answer"]): Promise<FaultServer> {
  const server = await faultServer(script, answer === undefined ? {} : { answer });
  onTestFinished(() => server.close());
  return server;
}

/** A server that answers each request by a function. */
export function serveWith(
  answer: (
    request: RecordedRequest,
    count: number,
  ) => { status?: number; headers?: Record<string, string>; body?: unknown },
): Promise<FaultServer> {
  let count = 0;
  return serve([], (request) => {
    count += 1;
    return answer(request, count);
  });
}
