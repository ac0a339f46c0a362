import type { FakeProviderOptions } from "./fake-provider-options.js";

/** The origins that a provider's connector sends to, in any environment, by profile and facts: without those that come with an account. */
export function originsOf({ profile, facts }: Pick<FakeProviderOptions, "profile" | "facts">): readonly string[] {
  const servers = [
    profile.baseUrl,
    ...(profile.origins ?? []),
    ...Object.values(profile.environments ?? {}).flatMap(({ baseUrl, origins = [], servers = {} }) => [
      baseUrl ?? [],
      origins,
      Object.values(servers),
    ]),
    ...(profile.auth.kind === "client-credentials" && /^https?:/.test(profile.auth.tokenUrl)
      ? [profile.auth.tokenUrl]
      : []),
    ...Object.values(facts?.servers ?? {}),
    ...Object.values(facts?.operations ?? {}).flatMap(({ server }) => server ?? []),
  ];
  const fixed = servers.flat(2).filter((server) => !server.includes("{"));
  return [...new Set(fixed.map((server) => new URL(server).origin))];
}
