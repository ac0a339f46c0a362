import type { AnyConnector, ConnectorOptions, ProviderFacts, Reply } from "@connectry/core";
import type { DocumentSource } from "../document/read-document.js";
import type { SampledRequest } from "./sample-request.js";

/** What `connectorContract` needs beside the profile. */
export interface ConnectorContractOptions {
  /** The connector's own function: `createStripe`. */
  readonly create: (options: never) => object;
  /** Its generated facts. */
  readonly facts: ProviderFacts;
  /** The documents that it is generated from, overlays applied. */
  readonly documents: readonly DocumentSource[];
}

/** What a call is told, whatever its operation. */
export interface ContractInit extends Partial<SampledRequest> {
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  readonly maxAttempts?: number;
  readonly attemptTimeoutMs?: number;
  readonly maxResponseBytes?: number;
}

interface Named {
  readonly method: string;
  readonly path: string;
}

/** A connector as the contract sees it: operations by method and path, and nothing known of their types. */
export interface ContractConnector extends AnyConnector {
  call(operation: Named, init?: ContractInit): Promise<{ readonly data: unknown; readonly response: Reply }>;
  paginate(path: string, init?: ContractInit): AsyncIterable<unknown> & { pages(): AsyncIterable<unknown> };
}

/** Makes a connector with the contract's options. */
export type Create = (options: ConnectorOptions) => ContractConnector;
