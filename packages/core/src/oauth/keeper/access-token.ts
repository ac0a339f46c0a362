import type { CredentialRequest, CredentialSource } from "../../auth/credential-source.js";
import type { TokenKeeper } from "./token-keeper.js";

/** The access token of an account, for a call that asks for it. */
export function accessToken(
  keeper: TokenKeeper,
  account: string,
  { signal, refresh, refused }: CredentialRequest,
): Promise<string> {
  const rejected = refresh && typeof refused === "string" ? refused : undefined;
  return keeper.get({ account, signal, refused: rejected });
}

/** One account as the option `auth` of a client. */
export function toCredentialSource(keeper: TokenKeeper, account: string): CredentialSource<string> {
  return { id: account, get: (request) => accessToken(keeper, account, request) };
}
