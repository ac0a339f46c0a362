import { type RedisServer, redisServer } from "@connectry/testing";
import { Cluster, Redis } from "ioredis";
import { createCluster } from "redis";
import { expect, onTestFinished, vi } from "vitest";
import { ioredis, nodeRedis, type RedisConnection } from "../src/redis/index.js";
import { freePort } from "./free-port.js";

/** One node of a cluster, and a client of its own. */
export interface ClusterNode {
  readonly server: RedisServer;
  readonly client: Redis;
  readonly id: string;
}

/** Three masters, each with a third of the slots, and a replica of each. */
export interface RedisCluster {
  readonly masters: readonly ClusterNode[];
  readonly replicas: readonly ClusterNode[];
  close(): Promise<void>;
}

async function startNode(busPort: number, further: readonly string[]): Promise<ClusterNode> {
  const args = ["--cluster-enabled", "yes", "--cluster-port", String(busPort), "--cluster-node-timeout", "2000"];
  const server = await redisServer({ arguments: [...args, "--repl-diskless-sync-delay", "0", ...further] });
  const client = new Redis(server.url, { retryStrategy: () => 100 });
  client.on("error", () => {});
  return { server, client, id: String(await client.call("CLUSTER", "MYID")) };
}

/** Waits until a node says so in its CLUSTER INFO or CLUSTER NODES. */
export async function untilSays(node: ClusterNode, what: "INFO" | "NODES", expected: RegExp): Promise<void> {
  const says = () => node.client.call("CLUSTER", what).catch(() => "");
  await vi.waitFor(async () => expect(String(await says())).toMatch(expected), { timeout: 30_000, interval: 50 });
}

/** Starts six nodes with these further arguments, and joins them. */
export async function startCluster(further: readonly string[] = []): Promise<RedisCluster> {
  const nodes: ClusterNode[] = [];
  const close = async () => {
    for (const { client } of nodes) client.disconnect();
    await Promise.all(nodes.map(({ server }) => server.close()));
  };
  try {
    return { ...(await joinNodes(nodes, further)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function joinNodes(nodes: ClusterNode[], further: readonly string[]): Promise<Omit<RedisCluster, "close">> {
  const busPorts = await Promise.all(Array.from({ length: 6 }, freePort));
  nodes.push(...(await Promise.all(busPorts.map((busPort) => startNode(busPort, further)))));
  const [first, ...others] = nodes;
  for (const [index, { client }] of nodes.entries())
    await client.call("CLUSTER", "SET-CONFIG-EPOCH", String(index + 1));
  for (const [index, { server }] of others.entries())
    await first?.client.call("CLUSTER", "MEET", "127.0.0.1", String(server.port), String(busPorts[index + 1]));
  const masters = nodes.slice(0, 3);
  const replicas = nodes.slice(3);
  const starts = [0, 5_461, 10_922, 16_384];
  for (const [index, { client }] of masters.entries()) {
    const [from = 0, to = 0] = starts.slice(index);
    await client.call("CLUSTER", "ADDSLOTSRANGE", String(from), String(to - 1));
  }
  for (const node of nodes) await untilSays(node, "INFO", /cluster_known_nodes:6/);
  for (const [index, replica] of replicas.entries()) {
    const master = masters[index]!;
    // It may not know the node yet, after it knew its address.
    await untilSays(replica, "NODES", new RegExp(`^${master.id} .* master .* connected`, "m"));
    await replica.client.call("CLUSTER", "REPLICATE", master.id);
  }
  for (const node of nodes) await untilSays(node, "INFO", /cluster_state:ok/);
  const isLinked = async ({ client }: ClusterNode) =>
    expect(await client.info("replication")).toContain("master_link_status:up");
  for (const replica of replicas) await vi.waitFor(() => isLinked(replica), { timeout: 30_000 });
  return { masters, replicas };
}

/** Moves a slot to another node as `redis-cli --cluster reshard` does; `between` runs while its keys are on both. */
export async function moveSlot(
  { masters }: RedisCluster,
  slot: number,
  { from, to, between }: { from: ClusterNode; to: ClusterNode; between: () => Promise<unknown> },
): Promise<void> {
  await to.client.call("CLUSTER", "SETSLOT", String(slot), "IMPORTING", from.id);
  await from.client.call("CLUSTER", "SETSLOT", String(slot), "MIGRATING", to.id);
  const keys = (await from.client.call("CLUSTER", "GETKEYSINSLOT", String(slot), "1000")) as string[];
  const move = (some: readonly string[]) =>
    some.length > 0 &&
    from.client.call("MIGRATE", "127.0.0.1", String(to.server.port), "", "0", "5000", "KEYS", ...some);
  await move(keys.slice(0, 1));
  await between();
  await move((await from.client.call("CLUSTER", "GETKEYSINSLOT", String(slot), "1000")) as string[]);
  for (const { client } of [to, from, ...masters])
    await client.call("CLUSTER", "SETSLOT", String(slot), "NODE", to.id).catch(() => {});
}

// On a busy machine a node may need more than the default of 40 ms to get its turn.
const longTimeouts = { timeoutMs: 2_000 };

const nodesOf = ({ masters, replicas }: RedisCluster) =>
  [...masters, ...replicas].map(({ server }) => ({ host: "127.0.0.1", port: server.port }));

/** A user of all nodes. */
export interface ClusterUser {
  readonly username: string;
  readonly password: string;
}

/** A connection to all nodes by the cluster client of ioredis, closed at the end of the test. */
export async function ioredisCluster(
  cluster: RedisCluster,
  protocol: 2 | 3,
  user?: ClusterUser,
): Promise<RedisConnection> {
  const client = new Cluster(nodesOf(cluster), {
    redisOptions: { protocol, ...user },
    clusterRetryStrategy: () => 100,
  });
  client.on("error", () => {});
  await new Promise((resolve) => client.once("ready", resolve));
  onTestFinished(() => client.disconnect());
  return ioredis(client, longTimeouts);
}

/** A connection to all nodes by the cluster client of node-redis, closed at the end of the test. */
export async function nodeRedisCluster(
  cluster: RedisCluster,
  protocol: 2 | 3,
  user?: ClusterUser,
): Promise<RedisConnection> {
  const rootNodes = nodesOf(cluster).map(({ host, port }) => ({ url: `redis://${host}:${port}` }));
  const client = createCluster({
    rootNodes,
    RESP: protocol,
    defaults: { ...user, socket: { reconnectStrategy: 100 } },
  });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.destroy());
  return nodeRedis(client, longTimeouts);
}
