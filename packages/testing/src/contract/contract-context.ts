import type { ConnectorOptions, Credential, ProviderFacts, ProviderProfile, Safety } from "@connectry/core";
import { type DocumentOperation, readOperations } from "../document/operation.js";
import { readDocument } from "../document/read-document.js";
import { isJsonContent, successAnswer } from "../provider/document-answers.js";
import { type FakeProvider, fakeProvider } from "../provider/fake-provider.js";
import type { FakeProviderOptions } from "../provider/fake-provider-options.js";
import { createPageShapes, type PageShapes } from "../provider/page-shape.js";
import type { SchemaView } from "../schema/schema-space.js";
import { createSchemaTools, type SchemaTools } from "../schema/schema-tools.js";
import { type CanaryCredential, canaryCredential } from "./canary-credential.js";
import type { ConnectorContractOptions, ContractConnector, ContractInit, Create } from "./contract-options.js";
import { createRequestSampler, type RequestSampler } from "./sample-request.js";

/** A fake provider with connectors that call it. */
export interface Stage extends AsyncDisposable {
  readonly server: FakeProvider;
  /** A connector of this server, with the contract's credential, and no waiting between attempts or for rate limits unless told otherwise. */
  connect(options?: ConnectorOptions): ContractConnector;
}

/** What the checks of one connector share. */
export interface ContractContext {
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
  readonly create: Create;
  readonly operations: readonly DocumentOperation[];
  readonly shapes: PageShapes;
  readonly tools: (view: SchemaView) => SchemaTools;
  readonly sampleRequest: RequestSampler;
  readonly credential: CanaryCredential;
  /** A simple operation: one that reads a JSON object where the documents have such, else the safest that there is. */
  readonly read: DocumentOperation;
  /** Whether `read` may be sent again, whatever became of it. */
  readonly isReadSafe: boolean;
  /** The status with which `read` succeeds. */
  readonly readStatus: number;
  /** A simple operation of that safety; undefined where the documents have none. */
  writeOf(safety: Safety): DocumentOperation | undefined;
  start(options?: Partial<FakeProviderOptions>): Promise<Stage>;
  /** Calls an operation with a valid request. */
  call(
    connector: ContractConnector,
    operation: DocumentOperation,
    init?: ContractInit,
  ): ReturnType<ContractConnector["call"]>;
}

/** How dangerous it is to send an operation twice, by profile and facts. */
export function safetyOf({ id, method }: DocumentOperation, profile: ProviderProfile, facts: ProviderFacts): Safety {
  const told = Object.hasOwn(facts.operations, id) ? facts.operations[id]?.safety : undefined;
  if (told !== undefined) return told;
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return "safe";
  if (profile.idempotency?.methods.includes(method)) return "keyed";
  return method === "PUT" || method === "DELETE" ? "idempotent" : "unsafe";
}

function required({ parameters }: DocumentOperation): number {
  return parameters().filter((parameter) => parameter.required).length;
}

function simplest(operations: readonly DocumentOperation[]): DocumentOperation | undefined {
  return operations.reduce<DocumentOperation | undefined>(
    (best, one) => (best === undefined || required(one) < required(best) ? one : best),
    undefined,
  );
}

/** Reads the documents, and finds in them what the checks need. */
export function createContractContext(profile: ProviderProfile, options: ConnectorContractOptions): ContractContext {
  const { facts, documents } = options;
  // The type of a connector's options names its own credential; the contract makes one that fits.
  const create = options.create as unknown as Create;
  const operations = documents.flatMap((source) => readOperations(readDocument(source)));
  const tools = createSchemaTools();
  const shapes = createPageShapes(profile, facts, tools);
  const sampleRequest = createRequestSampler(profile, facts, shapes, tools);
  const credential = canaryCredential(profile, operations, tools);

  const answersObject = (operation: DocumentOperation): boolean => {
    const { content, status } = successAnswer(operation);
    if (content === undefined || !isJsonContent(content) || status >= 300) return false;
    const { response } = operation.schemas;
    return tools(response).at(response.convert(content.schema), [])?.properties !== undefined;
  };
  const demanding = operations.filter((operation) => operation.secured);
  // An API that lets everybody in is called all the same.
  const secured = demanding.length > 0 ? demanding : operations;
  const succeeds = (one: DocumentOperation) => successAnswer(one).status < 300;
  const gets = secured.filter((one) => one.method === "GET" && succeeds(one));
  const unpaged = gets.filter((one) => shapes.page(one) === undefined);
  const read =
    simplest(unpaged.filter(answersObject)) ??
    simplest(unpaged) ??
    simplest(gets) ??
    simplest(
      secured.filter((one) => succeeds(one) && safetyOf(one, profile, facts) === "safe" && one.method !== "HEAD"),
    ) ??
    simplest(secured.filter((one) => succeeds(one) && one.method !== "HEAD"));
  if (read === undefined) throw new Error(`${profile.name}: the documents have no operation that could be called.`);

  const connectTo =
    (server: FakeProvider) =>
    (connectorOptions: ConnectorOptions = {}) =>
      create({
        auth: credential.value as Credential,
        baseUrl: server.url,
        random: () => 0,
        rateLimit: false,
        ...connectorOptions,
      });

  return {
    profile,
    facts,
    create,
    operations,
    shapes,
    tools,
    sampleRequest,
    credential,
    read,
    isReadSafe: safetyOf(read, profile, facts) === "safe",
    readStatus: successAnswer(read).status,
    writeOf: (safety) =>
      simplest(
        secured.filter(
          (one) =>
            one.method !== "GET" &&
            one.method !== "DELETE" &&
            shapes.page(one) === undefined &&
            safetyOf(one, profile, facts) === safety,
        ),
      ),
    start: async (own = {}) => {
      const server = await fakeProvider({ document: documents, profile, facts, credential: credential.value, ...own });
      return { server, connect: connectTo(server), [Symbol.asyncDispose]: server.close };
    },
    call: (connector, operation, init) => connector.call(operation, { ...sampleRequest(operation, 1), ...init }),
  };
}
