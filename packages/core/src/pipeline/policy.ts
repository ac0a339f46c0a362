import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import type { ProviderProfile } from "../provider/profile.js";
import type { Call } from "./call.js";
import type { Reply } from "./reply.js";

/** The rest of the pipeline: the next policy, or the transport. */
export type Next = (call: Call) => Promise<Reply>;

/** One step between the typed call and the socket. It may change the call, change the reply, or send again. */
export interface Policy {
  readonly name: string;
  send(call: Call, next: Next): Promise<Reply>;
}

/** The policies of the user, by where they run. */
export interface UserPolicies {
  /** Once per call, outside retry. */
  readonly perCall?: readonly Policy[];
  /** Once per attempt, inside retry; they see the credential. */
  readonly perAttempt?: readonly Policy[];
}

/** What a policy that is passed as an option can use of its client. */
export interface PolicyContext {
  readonly profile: ProviderProfile;
  readonly clock: Clock;
  readonly random: Random;
}

/** Creates a policy for one client. Options take factories, so that only programs that use a policy carry its code. */
export type PolicyFactory = (context: PolicyContext) => Policy;
