import type { CredentialResolver } from "../auth/credential-resolver.js";
import type { CallHeaders } from "../pipeline/call.js";
import type { LocateOperation, UnwrapData } from "../pipeline/strategies.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import type { ProviderFacts } from "../provider/facts.js";
import type { ProviderProfile } from "../provider/profile.js";
import type { BulkheadOptions } from "../rate-limit/bulkhead.js";
import type { CallSender } from "./call-sender.js";
import type { FindOperation } from "./operations.js";
import type { ResolvedLimits } from "./options.js";
import type { StartCall } from "./start-call.js";

/** The property of a connector that functions of this package read. It is not part of the public API. */
export const connectorInternals: unique symbol = Symbol.for("connectry.internals") as never;

/** What a connector is made of, for functions of this package that take a connector. */
export interface ConnectorInternals {
  readonly operationOf: FindOperation;
  readonly startCall: StartCall;
  readonly sendCall: CallSender;
  /** Gives operations the address of an account, where accounts have hosts of their own. `sendCall` does so by itself. */
  readonly locate: LocateOperation | undefined;
  readonly limits: ResolvedLimits;
  readonly headers: CallHeaders;
  readonly profile: ProviderProfile;
  readonly facts: ProviderFacts;
  readonly credentials: CredentialResolver;
  readonly clock: Clock;
  readonly random: Random;
  /** What takes envelopes off what its methods return, where they do. */
  readonly unwrap: UnwrapData | false | undefined;
  /** The limits that the client's options set, merged over other defaults. */
  limitsOver(defaults: ResolvedLimits): ResolvedLimits & BulkheadOptions;
}

/** Any connector, whatever its provider. */
export interface AnyConnector {
  /** Opaque: only functions of this package read it. */
  readonly [connectorInternals]: unknown;
}

/** The internals of a connector. */
export function internalsOf(connector: AnyConnector): ConnectorInternals {
  return connector[connectorInternals] as ConnectorInternals;
}
