import type { ProviderProfile } from "../connector/profile.js";
import type { Clock } from "../platform/clock.js";
import type { Random } from "../platform/random.js";
import type { Judge } from "../retry/classify.js";
import type { Call } from "./call.js";
import type { Reply } from "./reply.js";

/** The rest of the pipeline: the next policy, or the transport. */
export type Next = (call: Call) => Promise<Reply>;

/** One step between the typed call and the socket. It may change the call, the reply, or send again. */
export interface Policy {
  readonly name: string;
  send(call: Call, next: Next): Promise<Reply>;
}

/** What a policy that comes with an option is told of its client. */
export interface PolicyContext {
  readonly profile: ProviderProfile;
  /** Reads its provider's answers. */
  readonly judge: Judge;
  readonly clock: Clock;
  readonly random: Random;
}

/** Makes a policy for one client: what an option holds, so that only those who use it carry its code. */
export type PolicyFactory = (context: PolicyContext) => Policy;
