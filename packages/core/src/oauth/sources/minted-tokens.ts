import { OauthError } from "../../errors/oauth-errors.js";
import { systemClock } from "../../platform/clock.js";
import type { TokenRequestOptions } from "../accounts/oauth-options.js";
import { createTokenKeeper, type TokenKeeper } from "../keeper/token-keeper.js";
import type { AccountTokens } from "../server/account-tokens.js";
import { repeatRequest } from "../server/repeat-request.js";
import { createSendRequest } from "../server/send-request.js";
import { memoryTokens } from "../store/memory-tokens.js";
import type { TokenSeal } from "../store/token-seal.js";
import type { TokenStore } from "../store/token-store.js";
import { type ServerClock, serverClock } from "./server-clock.js";

/** The options of tokens that can be requested at any time, without the owner of an account. */
export interface MintedTokensOptions extends TokenRequestOptions {
  /** Where tokens are kept; with that of all processes, they use the same. @default in this process */
  readonly store?: TokenStore | undefined;
  /** Encrypts tokens before they are stored. @default stored as they are */
  readonly seal?: TokenSeal | undefined;
}

/** Requests a token for an account, on the clock of the server. */
export type MintToken = (account: string, server: ServerClock) => Promise<AccountTokens>;

/**
 * Keeps tokens that are requested anew, one request at a time for each account, and sent again where that can help. An assertion that
 * was rejected is sent once more where the clock of the server turned out to be another.
 */
export function mintedTokens(
  provider: { readonly id: string; readonly name: string },
  mint: MintToken,
  options: MintedTokensOptions,
): TokenKeeper {
  const { clock = systemClock, random = Math.random, requestTimeoutMs = 30_000, seal } = options;
  const server = serverClock(createSendRequest({ ...options, clock, timeoutMs: requestTimeoutMs }), clock);
  const differenceMs = () => server.now() - clock.now();
  const once = async (account: string) => {
    const beforeMs = differenceMs();
    try {
      return await mint(account, server);
    } catch (error) {
      const isRejected = OauthError.isInstance(error) && (error.status === 400 || error.status === 401);
      if (!isRejected || Math.abs(differenceMs() - beforeMs) < 1_000) throw error;
      return mint(account, server);
    }
  };
  return createTokenKeeper({
    provider,
    store: options.store ?? memoryTokens({ clock }),
    seal,
    renew: async (account) => {
      try {
        return await repeatRequest(() => once(account), { rotates: false }, clock);
      } catch (error) {
        // There is no consent that could be asked for again: what the server said is not final.
        if (OauthError.isInstance(error) && error.code === "invalid_grant") {
          throw new OauthError(error.message.replace(`${provider.name}: `, ""), { ...error, code: "rejected" });
        }
        throw error;
      }
    },
    requestTimeoutMs,
    cooldownMs: 30_000,
    clock,
    random,
  });
}
