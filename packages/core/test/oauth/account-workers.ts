import { createClient } from "redis";
import { onTestFinished } from "vitest";
import { oauthAccounts } from "../../src/oauth/index.js";
import type { OauthFacts } from "../../src/provider/oauth-facts.js";
import { nodeRedis, redisTokens } from "../../src/redis/index.js";
import { listen } from "../listen.js";
import { startRedis } from "../redis.js";
import { startWorkers, type Worker } from "../workers.js";
import { acmeOauth, authorize, client, keySecret } from "./accounts.js";
import type { WorkerPlan } from "./accounts.worker.js";
import { type FakeServerOptions, fakeAuthorizationServer } from "./fake-authorization-server.js";

/** A process with the accounts of others. */
export type AccountWorker = Worker<typeof import("./accounts.worker.js")>;

/** What a test may replace. */
export interface WorkersSetup {
  readonly server?: FakeServerOptions;
  readonly facts?: Partial<OauthFacts>;
  readonly count?: number;
  readonly requestTimeoutMs?: number;
  readonly skewOf?: (index: number) => number;
}

/** An account in a real Redis, its authorization server behind HTTP, and processes that share both. */
export async function startAccountWorkers(account: string, setup: WorkersSetup = {}) {
  const { count = 4, requestTimeoutMs = 1_000, skewOf = () => 0 } = setup;
  const server = fakeAuthorizationServer(setup.server);
  const state = { lost: 0 };
  const url = await listen((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const path = request.url ?? "";
      const { status, body } = server.respond(path, text, request.headers.authorization);
      if (path === "/token" && state.lost > 0) {
        state.lost -= 1;
        return request.socket.destroy();
      }
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  const facts: OauthFacts = {
    ...acmeOauth,
    authorizeUrl: `${url}/authorize`,
    tokenUrl: `${url}/token`,
    revocation: { url: `${url}/revoke`, by: "client", send: { token: "refresh", field: "token" } },
    ...setup.facts,
  };
  const redis = await startRedis({ durable: true });
  const connection = await createClient({ url: redis.url }).connect();
  connection.on("error", () => {});
  onTestFinished(() => connection.destroy());
  const oauth = oauthAccounts({ provider: facts, client, store: redisTokens(nodeRedis(connection), { keySecret }) });
  await authorize(oauth, server, account);
  const workers = await startWorkers<typeof import("./accounts.worker.js")>(
    new URL("./accounts.worker.ts", import.meta.url),
    count,
  );
  const plan: WorkerPlan = { redisUrl: redis.url, facts, apiUrl: url, requestTimeoutMs };
  await Promise.all(workers.map((worker, index) => worker.call("start", { ...plan, skewMs: skewOf(index) })));
  /** The next responses of the token address are lost: the tokens were issued. */
  const loseResponses = (times: number) => {
    state.lost = times;
  };
  return { server, redis, workers, oauth, loseResponses };
}
