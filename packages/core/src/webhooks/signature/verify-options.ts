import type { Clock } from "../../platform/clock.js";
import type { Digests } from "../crypto/digests.js";
import type { DeliveryOptions } from "../scheme/delivery.js";
import type { WebhookSecrets } from "./resolve-secrets.js";

/** How a delivery is verified. */
export interface VerifyOptions extends DeliveryOptions {
  /** The secret, several secrets during a rotation, or a function of the request that returns them. */
  readonly secrets: WebhookSecrets;
  /**
   * How far the signed time may be from the clock, into the past and into the future, in milliseconds.
   * @default the tolerance of the scheme, mostly 5 minutes
   */
  readonly toleranceMs?: number | undefined;
  /** @default the system clock */
  readonly clock?: Pick<Clock, "now"> | undefined;
  /** How hashes are computed. @default `node:crypto` where the platform has it, and otherwise Web Crypto */
  readonly digests?: Digests | undefined;
}
