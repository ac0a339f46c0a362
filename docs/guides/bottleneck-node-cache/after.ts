import { tieredCache } from "@connectry/core/cache";
import { createGithub } from "@connectry/github";

export async function descriptions(token: string, address: URL): Promise<string[]> {
  const github = createGithub({ auth: token, baseUrl: address.origin, cache: tieredCache() });
  const names: string[] = [];
  for (const repo of ["hello-world", "hello-world"]) {
    const params = { path: { owner: "octocat", repo } };
    const { data } = await github.GET("/repos/{owner}/{repo}", { params, cache: { ttlMs: 60_000 } });
    names.push(data.full_name);
  }
  return names;
}
