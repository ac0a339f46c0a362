import {
  type AccountPaginateOptions,
  allStrategies,
  type Connector,
  type ConnectorOptions,
  type Credential,
  createConnector,
  type ProviderFacts,
  type ProviderProfile,
  type Transport,
} from "../src/index.js";
import { fetchTransport } from "../src/transport/fetch-transport.js";

/** An invented provider with every kind of fact. */
export const acme = {
  id: "acme",
  name: "Acme",
  baseUrl: "https://api.acme.test",
  auth: { kind: "bearer", env: "ACME_SECRET_KEY" },
  body: "json",
  idempotency: { header: "idempotency-key", methods: ["POST"], maxLength: 255 },
  errors: { message: ["error", "message"], code: ["error", "code"], requestId: "request-id" },
} as const satisfies ProviderProfile;

/** Facts of a document without exceptions. */
export const noFacts: ProviderFacts = { version: "2024-04-10", operations: {}, pages: {} };

/** Facts of a document whose `GET /things` responds with anything, not only with JSON. */
export const anyResponse: Pick<ProviderFacts, "operations"> = { operations: { "GET /things": { response: "any" } } };

/** The credential of the client: not a real one, but in the format of one, so that a scan finds a leak. */
export const secret = "sk_test_4eC39HqLyjWDarjtT1zdp7dc";

interface Init extends AccountPaginateOptions {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, unknown>>;
  };
  readonly body?: unknown;
}

/** Anything. */
export interface Entry {
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever its server returned
  data: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  error: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  item: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  page: any;
  args: [init?: Init];
}

type Any = Record<string, Entry>;

/** The paths of Acme: all there are. */
export interface AcmePaths {
  GET: Any;
  POST: Any;
  PUT: Any;
  PATCH: Any;
  DELETE: Any;
  HEAD: Any;
  OPTIONS: Any;
  pages: Any;
}

/** The transport of clients without an option `fetch`. Whole test files run a second time with another one. */
export const wire: { transport: Transport } = { transport: fetchTransport(undefined) };

/** A client of Acme, with parts of its profile or facts replaced. */
export function createAcme(
  options: ConnectorOptions<Credential> = {},
  profile: Partial<ProviderProfile> = {},
  facts: Partial<ProviderFacts> = {},
): Connector<AcmePaths> {
  const transport = options.fetch ? {} : { transport: wire.transport };
  const acmeProfile = { ...acme, ...profile };
  return createConnector<AcmePaths>(
    { profile: acmeProfile, facts: { ...noFacts, ...facts }, strategies: allStrategies(acmeProfile) },
    { auth: secret, ...transport, ...options },
  );
}
