import type { Core } from "../load-core.ts";

const profile = {
  id: "acme",
  name: "Acme",
  baseUrl: "https://api.acme.test",
  auth: { kind: "bearer", env: "ACME_SECRET_KEY" },
  body: "json",
  errors: { message: ["message"], code: ["code"], requestId: "request-id" },
} as const;

type Options = NonNullable<Parameters<Core["createConnector"]>[1]>;

/** A client of an invented provider without any fact of its own. */
export interface Acme {
  GET(path: string, options?: object): Promise<unknown>;
}

/** Creates a client. */
export function createAcme({ createConnector, allStrategies }: Core, options: Options): Acme {
  const definition = {
    profile,
    facts: { version: "1", operations: {}, pages: {} },
    strategies: allStrategies(profile as never),
  };
  return createConnector(definition as never, options) as unknown as Acme;
}

const body = [new TextEncoder().encode('{"ok":true}')];

/** A response of the provider, or a 429 with so many seconds of `Retry-After`. */
export const acmeResponse = (retryAfterS?: number) =>
  retryAfterS === undefined
    ? { status: 200, headers: new Headers({ "content-type": "application/json" }), body }
    : { status: 429, headers: new Headers({ "retry-after": String(retryAfterS) }), body: [] };
