import { afterAll, beforeEach } from "vitest";
import { fakeProvider } from "../src/provider/fake-provider.js";
import { acmeDocument, acmeProfile } from "./acme.js";

/** The credential that the Acme server accepts. */
export const credential = "acme_canary_0123456789";

/** The parts of a request beside its method and path. */
export interface RequestParts {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly url?: string;
}

/** Starts an Acme server for the tests of a file, each of which begins without faults. `send` sends the credential. */
export async function serveAcme() {
  const acme = await fakeProvider({
    document: acmeDocument,
    profile: acmeProfile,
    credential,
    unknownIds: "sample",
  });
  afterAll(() => acme.close());
  beforeEach(() => {
    acme.faults.length = 0;
  });

  async function send(method: string, path: string, { body, headers = {}, url = acme.url }: RequestParts = {}) {
    const isRaw =
      body === undefined || typeof body === "string" || body instanceof FormData || body instanceof Uint8Array;
    const type: Record<string, string> = isRaw ? {} : { "content-type": "application/json" };
    const response = await fetch(`${url}${path}`, {
      method,
      body: (isRaw ? body : JSON.stringify(body)) as BodyInit,
      headers: { "x-acme-key": credential, ...type, ...headers },
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
  }

  return { acme, send };
}
