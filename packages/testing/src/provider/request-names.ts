import type { Path, ProviderProfile } from "@connectry/core";

/** The names of requests, as a provider gives them to its support: each is new. */
export interface RequestNames {
  /** The header that names an answer, where the provider has one. */
  headers(): Readonly<Record<string, string>>;
  /** Where the body of an error names it, and the name to write there. */
  inBody(): { readonly path: Path; readonly name: string } | undefined;
}

/** Names requests in the profile's place. */
export function createRequestNames({ errors }: ProviderProfile): RequestNames {
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
      // Bodies that name requests do so with UUIDs.
      return { path: place, name: `00000000-0000-4000-8000-${count.toString(16).padStart(12, "0")}` };
    },
  };
}
