import {
  allStrategies,
  type CallOptions,
  type Connector,
  type ConnectorOptions,
  type Credential,
  createConnector,
  type PaginateOptions,
  type ProviderFacts,
  type ProviderProfile,
  type Transport,
} from "../src/index.js";
import { fetchTransport } from "../src/transport/fetch-transport.js";

/** An invented provider that has something of each. */
export const acme = {
  id: "acme",
  name: "Acme",
  baseUrl: "https://api.acme.test",
  auth: { kind: "bearer", env: "ACME_SECRET_KEY" },
  body: "json",
  idempotency: { header: "idempotency-key", methods: ["POST"], maxLength: 255 },
  errors: { message: ["error", "message"], code: ["error", "code"], requestId: "request-id" },
} as const satisfies ProviderProfile;

/** Facts of a document in which nothing is an exception. */
export const noFacts: ProviderFacts = { version: "2024-04-10", operations: {}, pages: {} };

/** No real one: what a leak would show. */
export const secret = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";

interface Init extends PaginateOptions {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, string>>;
  };
  readonly body?: unknown;
}

interface Entry {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever its server answered
  data: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  error: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  item: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  page: any;
  args: [init?: Init & CallOptions];
}

type Any = Record<string, Entry>;

interface AcmePaths {
  GET: Any;
  POST: Any;
  PUT: Any;
  PATCH: Any;
  DELETE: Any;
  HEAD: Any;
  OPTIONS: Any;
  pages: Any;
}

/** What sends the requests of a test that brings no `fetch`: whole test files run again with another one. */
export const wire: { transport: Transport } = { transport: fetchTransport(undefined) };

/** A connector of Acme, with parts of its profile or facts replaced. */
export function createAcme(
  options: ConnectorOptions<Credential> = {},
  profile: Partial<ProviderProfile> = {},
  facts: Partial<ProviderFacts> = {},
): Connector<AcmePaths> {
  const sentBy = options.fetch ? {} : { transport: wire.transport };
  return createConnector<AcmePaths>(
    { ...acme, ...profile },
    { ...noFacts, ...facts },
    allStrategies({ ...acme, ...profile }),
    { auth: secret, ...sentBy, ...options },
  );
}
