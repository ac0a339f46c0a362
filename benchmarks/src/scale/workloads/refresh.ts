import type { Core } from "../load-core.ts";
import type { SimulatedParts } from "../simulation/simulate-processes.ts";
import { acmeResponse, createAcme } from "./acme.ts";

/** Processes that all need the token of one account, which has expired. */
export interface RefreshWorkload {
  readonly processes: number;
  /** How long the token address takes to respond. */
  readonly providerMs: number;
}

/** What a process did. */
export interface RefreshRun {
  readonly refreshes: number;
  readonly tookMs: number;
}

const facts = {
  id: "acme",
  name: "Acme",
  authorizeUrl: "https://api.acme.test/authorize",
  tokenUrl: "https://api.acme.test/token",
  clientAuthentication: "body",
  pkce: true,
  rotates: true,
  sources: [],
} as const;

const lifetimeS = 60;
const account = "account-1";
const callback = "https://app.test/callback";

/** The first process authorizes the account; all wait until its token has expired, and call once. */
export function refreshProcesses({ providerMs }: RefreshWorkload) {
  let authorized: Promise<unknown> | undefined;
  let issued = 0;
  return ({ core, clock, connection, random }: SimulatedParts): (() => Promise<RefreshRun>) => {
    let refreshes = 0;
    const auth: ReturnType<Core["oauthAccounts"]> = core.oauthAccounts({
      provider: facts as never,
      client: { id: "client-1", secret: "client-secret-1" },
      store: core.redisTokens(connection, { keySecret: "a secret of the scale runs" }),
      clock,
      random,
      async transport(call) {
        const isRefresh =
          String(call.body).includes("refresh_token") || JSON.stringify(call.body).includes("refresh_token");
        if (isRefresh) refreshes += 1;
        issued += 1;
        await clock.sleep(providerMs);
        const tokens = { access_token: `access-${issued}`, refresh_token: `refresh-${issued}` };
        const text = JSON.stringify({ ...tokens, token_type: "bearer", expires_in: lifetimeS });
        return {
          status: 200,
          headers: new Headers({ "content-type": "application/json" }),
          body: [new TextEncoder().encode(text)],
        };
      },
    });
    const acme = createAcme(core, {
      auth,
      rateLimit: false,
      clock,
      random,
      async transport() {
        return acmeResponse();
      },
    });
    const authorize = async () => {
      const { url, state } = await auth.begin({ redirectUri: callback, account });
      const parameters = new URLSearchParams({ code: "code-1", state: new URL(url).searchParams.get("state") ?? "" });
      await auth.complete(`${callback}?${parameters}`, state);
    };
    return async () => {
      authorized ??= authorize();
      await authorized;
      await clock.sleep(lifetimeS * 1_000 + 1_000 - clock.monotonic() + random() * 10);
      refreshes = 0;
      const startedAtMs = clock.monotonic();
      await acme.GET("/things", { account });
      return { refreshes, tookMs: clock.monotonic() - startedAtMs };
    };
  };
}
