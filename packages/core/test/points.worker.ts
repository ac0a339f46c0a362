import { Redis } from "ioredis";
import { graphqlMethods } from "../src/graphql/graphql-methods.js";
import { ioredis, redisRateLimits } from "../src/redis/index.js";
import { createAcme } from "./acme.js";
import { pointFacts } from "./point-bucket.js";

/** Where a process of callers finds Redis and the provider. */
export interface PointsPlan {
  readonly redisUrl: string;
  readonly baseUrl: string;
  readonly callers: number;
  readonly callsEach: number;
}

/** Sends queries by so many callers at once, and returns how many succeeded. */
export async function query({ redisUrl, baseUrl, callers, callsEach }: PointsPlan): Promise<number> {
  const client = new Redis(redisUrl);
  const store = redisRateLimits({ redis: ioredis(client), keySecret: "a secret of the test" });
  const graphql = graphqlMethods(createAcme({ baseUrl, rateLimit: { store }, deadlineMs: 300_000 }, pointFacts));
  let succeeded = 0;
  const caller = async () => {
    for (let count = 0; count < callsEach; count += 1) {
      await graphql.query("query Shop { shop { name } }");
      succeeded += 1;
    }
  };
  try {
    await Promise.all(Array.from({ length: callers }, caller));
    return succeeded;
  } finally {
    await store.close();
    client.disconnect();
  }
}
