// node examples/oauth-app/main.ts, with a Redis at REDIS_URL
import { start } from "./start.ts";

const { url } = await start(process.env.REDIS_URL ?? "redis://127.0.0.1:6379", 3_000);
console.log(`Open ${url}`);
