export { OauthError, ReauthorizationRequiredError } from "../errors/oauth-errors.js";
export type { OauthFacts } from "../provider/oauth-facts.js";
export { type OauthAccounts, oauthAccounts } from "./accounts/oauth-accounts.js";
export type {
  Authorized,
  BeginDeviceOptions,
  BeginOptions,
  Begun,
  BegunDevice,
  OauthAccountsOptions,
  TokenRequestOptions,
} from "./accounts/oauth-options.js";
export { type TokenExchangeOptions, type TokensOptions, tokenExchange } from "./exchange/token-exchange.js";
export type { OauthClient } from "./server/client-authentication.js";
export {
  type ClientCredentialsOptions,
  clientCredentials,
  type TokenAddressFacts,
} from "./sources/client-credentials.js";
export { type GithubAppOptions, githubApp } from "./sources/github-app.js";
export { type JwtBearerOptions, jwtBearer } from "./sources/jwt-bearer.js";
export type { MintedTokensOptions } from "./sources/minted-tokens.js";
export { memoryTokens } from "./store/memory-tokens.js";
export { aesGcm, type TokenSeal } from "./store/token-seal.js";
export type { StoredState, StoredTokens, TokenStore } from "./store/token-store.js";
