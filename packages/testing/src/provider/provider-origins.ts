import type { FakeProviderOptions } from "./fake-provider-options.js";

/** The origins that a provider's connector sends to, by profile and facts: without those that come with an account. */
export function originsOf({ profile, facts }: Pick<FakeProviderOptions, "profile" | "facts">): readonly string[] {
  const servers = [
    profile.baseUrl,
    ...(profile.origins ?? []),
    ...Object.values(facts?.servers ?? {}),
    ...Object.values(facts?.operations ?? {}).flatMap(({ server }) => server ?? []),
  ];
  const fixed = servers.filter((server) => !server.includes("{"));
  return [...new Set(fixed.map((server) => new URL(server).origin))];
}
