import type { ConnectorOptions, Credential, ProviderFacts, ProviderProfile, Safety } from "@connectry/core";
import { type DocumentOperation, readOperations } from "../document/operation.js";
import { readDocument } from "../document/read-document.js";
import { isJsonContent, successResponse } from "../provider/documented-responses.js";
import { fakeProvider } from "../provider/fake-provider.js";
import type { FakeProviderOptions } from "../provider/fake-provider-options.js";
import { createListFilters, type ListFilters } from "../provider/list-filters.js";
import { createPageShapes, type PageShapes } from "../provider/page-shape.js";
import { createSchemaTools, type SchemaToolsOf } from "../schema/schema-tools.js";
import { type CanaryCredential, canaryCredential } from "./canary-credential.js";
import type {
  ConnectorContractOptions,
  ContractConnector,
  ContractInit,
  ContractServer,
  Create,
} from "./contract-options.js";
import { createRequestSampler, type RequestSampler } from "./request-sampler.js";
import { safetyOf } from "./safety-of.js";

/** A fake provider, and connectors for it. */
export interface ContractSetup extends AsyncDisposable {
  readonly server: ContractServer;
  /** The options by which a connector reaches the server. */
  readonly reach: ConnectorOptions;
  /** Creates a connector for the server, with the credential of the contract; without backoff and rate limits by default. */
  connect(options?: ConnectorOptions): ContractConnector;
}

/** What the checks of one connector share. */
export interface ContractContext {
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
  readonly create: Create;
  readonly operations: readonly DocumentOperation[];
  readonly shapes: PageShapes;
  readonly filters: ListFilters;
  readonly tools: SchemaToolsOf;
  readonly sampleRequest: RequestSampler;
  readonly credential: CanaryCredential;
  /** A simple operation: one that reads a JSON object where the documents have such, else the safest one. */
  readonly read: DocumentOperation;
  /** Whether `read` may be sent again after any failure. */
  readonly isReadSafe: boolean;
  /** The status with which `read` succeeds. */
  readonly readStatus: number;
  /** A simple write with a safety; undefined where the documents have none. */
  writeOf(safety: Safety): DocumentOperation | undefined;
  start(options?: Partial<FakeProviderOptions>): Promise<ContractSetup>;
  /** Calls an operation with a valid request. */
  call(
    connector: ContractConnector,
    operation: DocumentOperation,
    init?: ContractInit,
  ): ReturnType<ContractConnector["call"]>;
}

function requiredCount({ parameters }: DocumentOperation): number {
  return parameters().filter((parameter) => parameter.required).length;
}

/** The operation with the fewest required parameters. */
function simplest(operations: readonly DocumentOperation[]): DocumentOperation | undefined {
  return operations.reduce<DocumentOperation | undefined>(
    (best, one) => (best === undefined || requiredCount(one) < requiredCount(best) ? one : best),
    undefined,
  );
}

/** Reads the documents, and finds the operations that the checks need. */
export function createContractContext(profile: ProviderProfile, options: ConnectorContractOptions): ContractContext {
  const { facts, documents, serve = fakeProvider } = options;
  // The options of each connector have their own credential type; the contract creates a credential that fits.
  const create = options.create as unknown as Create;
  const operations = documents.flatMap((source) => readOperations(readDocument(source)));
  const tools = createSchemaTools();
  const shapes = createPageShapes(profile, facts, tools);
  const sampleRequest = createRequestSampler({ profile, facts, shapes, tools });
  const credential = canaryCredential(profile, operations, tools);

  const returnsObject = (operation: DocumentOperation): boolean => {
    const { content, status } = successResponse(operation);
    if (content === undefined || !isJsonContent(content) || status >= 300) return false;
    const { response } = operation.schemas;
    return tools(response).schemaAt(response.convert(content.schema), [])?.properties !== undefined;
  };
  const takesCredential = ({ id, secured }: DocumentOperation) => secured && facts.operations[id]?.auth !== false;
  const securedOperations = operations.filter(takesCredential);
  // Where no operation needs a credential, all operations are candidates.
  const candidates = securedOperations.length > 0 ? securedOperations : operations;
  const succeeds = (one: DocumentOperation) => successResponse(one).status < 300;
  const gets = candidates.filter((one) => one.method === "GET" && succeeds(one));
  const unpaged = gets.filter((one) => shapes.page(one) === undefined);
  const read =
    simplest(unpaged.filter(returnsObject)) ??
    simplest(unpaged) ??
    simplest(gets) ??
    simplest(
      candidates.filter((one) => succeeds(one) && safetyOf(one, profile, facts) === "safe" && one.method !== "HEAD"),
    ) ??
    simplest(candidates.filter((one) => succeeds(one) && one.method !== "HEAD"));
  if (read === undefined) throw new Error(`the documents of ${profile.name} have no operation that can be called`);

  const connectBy =
    (reach: ConnectorOptions) =>
    (connectorOptions: ConnectorOptions = {}) =>
      create({
        auth: credential.value as Credential,
        random: () => 0,
        rateLimit: false,
        ...reach,
        ...connectorOptions,
      });

  return {
    profile,
    facts,
    create,
    operations,
    shapes,
    filters: createListFilters(tools),
    tools,
    sampleRequest,
    credential,
    read,
    isReadSafe: safetyOf(read, profile, facts) === "safe",
    readStatus: successResponse(read).status,
    writeOf: (safety) =>
      simplest(
        candidates.filter(
          (one) =>
            one.method !== "GET" &&
            one.method !== "DELETE" &&
            shapes.page(one) === undefined &&
            safetyOf(one, profile, facts) === safety,
        ),
      ),
    start: async (serverOptions = {}) => {
      const defaults = {
        document: documents,
        profile,
        facts,
        credential: credential.value,
        unknownIds: "sample",
      } as const;
      const server: ContractServer = await serve({ ...defaults, ...serverOptions });
      const reach = { baseUrl: server.url, ...server.connectorOptions };
      return { server, reach, connect: connectBy(reach), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
    },
    call: (connector, operation, init) => connector.call(operation, { ...sampleRequest(operation, 1), ...init }),
  };
}
