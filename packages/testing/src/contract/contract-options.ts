import type { AnyConnector, ConnectorOptions, ProviderFacts, Reply } from "@connectry/core";
import type { DocumentSource } from "../document/read-document.js";
import type { Fake } from "../provider/fake.js";
import type { FakeProviderOptions } from "../provider/fake-provider-options.js";
import type { ResponseChecksOptions } from "../responses/response-checks.js";
import type { VendorResponses } from "../responses/vendor-responses.js";
import type { SampledRequest } from "./request-sampler.js";

/** A fake provider, and how connectors reach it. */
export interface ContractServer extends Fake, AsyncDisposable {
  /** The `baseUrl` of its connectors. */
  readonly url: string;
  /** Further options of its connectors, such as a `fetch` that reaches it without a socket. */
  readonly connectorOptions?: Pick<ConnectorOptions, "fetch" | "transport">;
}

/** The connector under test: its function, facts and documents. */
export interface ConnectorContractOptions {
  /** The function that creates the connector: `createStripe`. */
  readonly create: (options: never) => object;
  /** The generated facts of the connector. */
  readonly facts: ProviderFacts;
  /** The documents that it is generated from, with their overlays applied. */
  readonly documents: readonly DocumentSource[];
  /**
   * Responses as the vendor publishes them (`@connectry/testing/responses`). The contract is run over them, too, and the name of each check
   * says what is behind it. @default none: everything is checked against the fake alone
   */
  readonly responses?: VendorResponses | undefined;
  /** The webhooks of the connector, which `responses` have a delivery for. */
  readonly webhooks?: ResponseChecksOptions["webhooks"];
  /** Starts the fake provider of a check. @default `fakeProvider`, over sockets */
  readonly serve?: ((options: FakeProviderOptions) => Promise<ContractServer>) | undefined;
}

/** The options of a call of any operation. */
export interface ContractInit extends Partial<SampledRequest> {
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  readonly maxAttempts?: number;
  readonly attemptTimeoutMs?: number;
  readonly maxResponseBytes?: number;
}

interface OperationName {
  readonly method: string;
  readonly path: string;
}

/** A connector without the types of its operations, which the contract calls by method and path. */
export interface ContractConnector extends AnyConnector {
  call(operation: OperationName, init?: ContractInit): Promise<{ readonly data: unknown; readonly response: Reply }>;
  paginate(path: string, init?: ContractInit): AsyncIterable<unknown> & { pages(): AsyncIterable<unknown> };
}

/** Creates a connector with options of the contract. */
export type Create = (options: ConnectorOptions) => ContractConnector;
