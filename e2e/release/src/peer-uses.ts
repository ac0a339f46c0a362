/** The first use of an entry that needs a package beside ours. */
export interface PeerUse {
  /** `@connectry/core/undici` */
  readonly entry: string;
  readonly peer: string;
  /**
   * An expression that rejects without it, where `entry` is the loaded entry, and nothing but core and Stripe's connector is installed;
   * undefined where another package has to be.
   */
  readonly use: string | undefined;
  /** Whether the CommonJS of the entry contains it, because it consists of ES modules alone. */
  readonly isBundled?: boolean;
}

/** Every entry of every package that needs an optional peer. `scripts/checks/peers.test.ts` compares it with what entries import. */
export const peerUses: readonly PeerUse[] = [
  {
    entry: "@connectry/core/undici",
    peer: "undici",
    use: "createStripe({ auth, transport: entry.undiciTransport() }).GET(path)",
  },
  {
    entry: "@connectry/core/openapi-fetch",
    peer: "openapi-fetch",
    use: "entry.openapiClient(createStripe({ auth })).GET(path)",
  },
  {
    entry: "@connectry/core/events",
    peer: "eventsource-parser",
    use: 'entry.events(createStripe({ auth, fetch: async () => new Response("", { headers: { "content-type": "text/event-stream" } }) })).GET(path)[Symbol.asyncIterator]().next()',
  },
  {
    entry: "@connectry/core/progress-bar",
    peer: "cli-progress",
    use: "entry.progressBar({ stream: { isTTY: true, columns: 80, write() {} } })",
  },
  {
    entry: "@connectry/core/jose",
    peer: "jose",
    use: 'entry.awsSns({ fetch: async () => new Response("-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----") }).algorithm.verify({ scheme: { signature: { encoding: "base64" } }, secret: "t", signatures: [Buffer.alloc(256).toString("base64")], event: { TopicArn: "t", SignatureVersion: "2", SigningCertURL: "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem" }, clock: Date })',
    isBundled: true,
  },
  { entry: "@connectry/core/bulk", peer: "p-limit", use: "entry.bulk([1], () => {}).next()", isBundled: true },
  { entry: "@connectry/testing/msw", peer: "msw", use: undefined },
  { entry: "@connectry/mcp/ai", peer: "ai", use: undefined },
];
