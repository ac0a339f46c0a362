import { utf8Encoder } from "../platform/utf8.js";

/** CRC-16/XMODEM, by which Redis Cluster assigns keys to slots. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}

/**
 * The slot of a key in a Redis Cluster: that of its first `{hash tag}`, where it has one that is not empty
 * (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/#hash-tags).
 */
export function keySlot(key: string): number {
  const open = key.indexOf("{");
  const close = open < 0 ? -1 : key.indexOf("}", open);
  return crc16(utf8Encoder().encode(close > open + 1 ? key.slice(open + 1, close) : key)) % 16_384;
}

const keyless = new Set(["PING", "PUBLISH", "INFO", "TIME"]);

/** The first key of a command, which decides on the node that it is sent to; undefined where any node will do. */
export function firstKeyOf(command: readonly string[]): string | undefined {
  const [name = "", key, keyCount, firstKey] = command;
  if (name === "EVAL" || name === "EVALSHA") return keyCount === "0" ? undefined : firstKey;
  return keyless.has(name) ? undefined : key;
}
