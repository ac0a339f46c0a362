import type { ProviderProfile } from "@connectry/core";
import type { BodyMember } from "./error-markers.js";

/** The request ids of a provider; each is a new one. */
export interface RequestIds {
  /** The header with the request id, where the provider has one. */
  headers(): Readonly<Record<string, string>>;
  /** The member of an error body with the request id, where the provider has one. */
  inBody(): BodyMember | undefined;
}

/** Creates request ids where the profile has them. */
export function createRequestIds({ errors }: ProviderProfile): RequestIds {
  const { requestId: place } = errors;
  let count = 0;
  return {
    headers: () => {
      if (typeof place !== "string") return {};
      count += 1;
      return { [place]: `req_${count}` };
    },
    inBody: () => {
      if (place === undefined || typeof place === "string") return undefined;
      count += 1;
      // Request ids in bodies are UUIDs.
      return { at: place, value: `00000000-0000-4000-8000-${count.toString(16).padStart(12, "0")}` };
    },
  };
}
