import type { Clock } from "../platform/clock.js";
import type { RedisClient } from "./redis-client.js";

/** Which nodes of a Redis reply. One that is not a cluster is one node. */
export interface NodeAvailability {
  /** Whether all nodes reply, as far as is known. */
  readonly isUp: boolean;
  /** The node that has a key; undefined without one, where any node of a cluster will do. */
  nodeOf(key: string | undefined): string | undefined;
  /** Whether a node replies, as far as is known. */
  isUpAt(node: string | undefined): boolean;
  /** A node did not reply to a command with this key: it counts as down until it replies to a probe. */
  goDown(node: string, key: string | undefined): void;
  /** Asks the nodes that are down whether they are up again. */
  probe(): void;
}

/** A node that was down at least once. */
interface NodeState {
  isUp: boolean;
  readonly key: string | undefined;
  nextProbeAtMs: number;
}

// Where a node accepts commands but never replies, one probe is enough for a while: it resolves when the node continues.
const silentMs = 5_000;

/** Creates the state of the nodes of a client, each of which is probed every `probeMs` milliseconds at most. */
export function createNodeAvailability(client: RedisClient, clock: Clock, probeMs: number): NodeAvailability {
  const nodes = new Map<string, NodeState>();
  let downCount = 0;

  const nodeOf = (key: string | undefined) => {
    if (!client.nodeOf) return "";
    return key === undefined ? undefined : (client.nodeOf(key) ?? "");
  };
  // PING names no node of a cluster, and some clients send it to all of them.
  const probeOf = ({ key }: NodeState) => (client.nodeOf && key !== undefined ? ["PTTL", key] : ["PING"]);
  const setUp = (state: NodeState, isUp: boolean) => {
    if (state.isUp !== isUp) downCount += isUp ? -1 : 1;
    state.isUp = isUp;
  };
  const send = (state: NodeState) => {
    state.nextProbeAtMs = clock.monotonic() + silentMs;
    const again = () => {
      state.nextProbeAtMs = clock.monotonic() + probeMs;
    };
    client.send(probeOf(state)).then(() => {
      setUp(state, true);
      again();
    }, again);
  };

  return {
    get isUp() {
      return downCount === 0;
    },
    nodeOf,
    isUpAt: (node) => node === undefined || (nodes.get(node)?.isUp ?? true),
    goDown(node, key) {
      const state = nodes.get(node) ?? { isUp: true, key, nextProbeAtMs: 0 };
      nodes.set(node, state);
      setUp(state, false);
    },
    probe() {
      if (downCount === 0) return;
      const nowMs = clock.monotonic();
      for (const [node, state] of nodes) {
        if (state.isUp) continue;
        if (nodeOf(state.key) !== node) {
          // Another node has taken over from it.
          nodes.delete(node);
          setUp(state, true);
        } else if (nowMs >= state.nextProbeAtMs) send(state);
      }
    },
  };
}
