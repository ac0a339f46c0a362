import type { Catalog } from "../catalog/read-catalog.js";
import type { CallingConnector, ConnectorParts } from "../connector/connector-parts.js";
import type { CredentialRedactor } from "../connector/credential-redactor.js";
import type { AgentOptions, Approve } from "../options/agent-options.js";
import type { Session } from "../session/create-session.js";

/** What all calls of a provider have in common. */
export interface CallContext {
  readonly catalog: Catalog;
  readonly parts: ConnectorParts;
  readonly redactor: CredentialRedactor;
  readonly options: AgentOptions;
  /** The connector whose calls go to a fake; created with the first of them. */
  readonly dryRun: () => Promise<CallingConnector>;
}

/** Who calls. */
export interface Caller {
  readonly session: Session;
  readonly signal: AbortSignal;
  /** Asks the user; undefined where the caller cannot. */
  readonly elicit: Approve | undefined;
}
