import type { Call } from "@connectry/core";
import { OauthError } from "@connectry/core/oauth";
import type { RedactText } from "../data/fit-tokens.js";
import type { ConnectorParts } from "./connector-parts.js";

/** Redacts the credential of a connector, which a provider may repeat in any response. */
export interface CredentialRedactor {
  /** Learns the credential that calls have now: before a call, and after it, because it may have been refreshed meanwhile. */
  update(signal: AbortSignal): Promise<void>;
  readonly redact: RedactText;
}

// A token that was just replaced may still be in a response.
const remembered = 4;

/** Creates the redactor of a connector, or of one of its accounts. */
export function createCredentialRedactor(
  { credentials }: ConnectorParts,
  account: string | undefined,
): CredentialRedactor {
  let redactors: readonly RedactText[] = [];
  return {
    async update(signal) {
      const tenant = await credentials.resolveTenant(signal, account).catch((error: unknown) => {
        // No token could be had: the call says so, and its error is redacted.
        if (OauthError.isInstance(error)) return undefined;
        throw error;
      });
      if (!tenant) return;
      // Nothing is sent: only what would be redacted in the response is wanted.
      const call = {
        url: "https://provider.invalid/",
        headers: {},
        refreshCredential: false,
        signal,
      } as unknown as Call;
      const { redact } = await credentials.applyCredential(call, tenant);
      if (!redactors.includes(redact)) redactors = [redact, ...redactors].slice(0, remembered);
    },
    redact: (text) => redactors.reduce((redacted, redact) => redact(redacted), text),
  };
}
