import type { AnyConnector, ProviderFacts, ProviderProfile, Safety } from "@connectry/core";
import type { DocumentSource } from "@connectry/testing";

/** A request as it will be sent, without its credential. */
export interface RequestPreview {
  readonly method: string;
  readonly url: string;
  /** The headers that say what the request does: media type, API version, idempotency key, and those of the call's own. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as text; undefined where there is none. */
  readonly body: string | undefined;
}

/** A write that waits for approval. */
export interface ApprovalRequest {
  /** `POST /v1/refunds`. */
  readonly operation: string;
  /** What the document says that it does. */
  readonly summary: string;
  readonly safety: Safety;
  readonly request: RequestPreview;
  /** Aborts where the caller gave up: the write is then not sent, even if it is approved. */
  readonly signal: AbortSignal;
}

/** Decides whether a write is sent. What it throws counts as no. */
export type Approve = (request: ApprovalRequest) => boolean | Promise<boolean>;

/** What a session may use. */
export interface Budget {
  /** Number of calls that are sent, or for which approval is asked. @default 500 */
  readonly calls?: number | undefined;
  /** What calls may cost in total, as the option `cost` counts. @default unlimited */
  readonly cost?: number | undefined;
  /** Time that calls may take in total. Milliseconds. @default unlimited */
  readonly timeMs?: number | undefined;
}

/** An operation, as the option `cost` sees it. */
export interface PricedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly safety: Safety;
}

/** How agents may use a connector. */
export interface AgentOptions {
  /**
   * The OpenAPI document of the provider, which describes the operations: parsed, a path, a list, or the folder that
   * `connectry pull @connectry/stripe --out openapi` writes.
   */
  readonly document: DocumentSource | readonly DocumentSource[];
  /**
   * The operations that may be called, as method and path: `GET *`, `POST /v1/refunds`, `* /v1/customers/*`, where `*` is any text. A
   * pattern that no operation matches is an error. @default all that are safe, which are the reads
   */
  readonly allow?: readonly string[] | undefined;
  /**
   * Who approves a write that cannot be taken back: one that is unsafe to repeat, or creates or deletes something. `elicit` asks the user
   * through the MCP client, and refuses the write where the client cannot ask; `false` sends what `allow` has without a question.
   * @default "elicit"
   */
  readonly approve?: Approve | "elicit" | false | undefined;
  /**
   * `operations`: one tool for each operation. `search`: three tools that find, describe and call operations. `auto`: the former where
   * its list has at most 6,000 tokens. @default "auto"
   */
  readonly tools?: "auto" | "operations" | "search" | undefined;
  /** What one session may use. @default 500 calls */
  readonly budget?: Budget | undefined;
  /** What a call costs. @default the points that the documented rate limits count for its method, else 1 */
  readonly cost?: ((operation: PricedOperation) => number) | undefined;
  /** Whether all calls go to a fake of the provider, and none is sent. @default false */
  readonly dryRun?: boolean | undefined;
  /** The size of one result in tokens. The rest is left out, and the result says what. @default 4_000 */
  readonly maxResultTokens?: number | undefined;
  /** The account whose credential is used, where the connector has several. */
  readonly account?: string | undefined;
}

/** The profile and facts of a connector, whose credential is that of the environment. */
export interface ProviderSource {
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
  /** Replaces the provider's address, as the option of a connector. */
  readonly baseUrl?: string | undefined;
  /** The environment of the provider, as the option of a connector. @default the first of the profile */
  readonly environment?: string | undefined;
}

/** A connector, or what one is made of. */
export type ConnectorSource = AnyConnector | ProviderSource;
