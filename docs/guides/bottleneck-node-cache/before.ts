import Bottleneck from "bottleneck";
import NodeCache from "node-cache";

export async function descriptions(token: string, address: URL): Promise<string[]> {
  const limiter = new Bottleneck({
    maxConcurrent: 10,
    reservoir: 5_000,
    reservoirRefreshAmount: 5_000,
    reservoirRefreshInterval: 3_600_000,
  });
  const cache = new NodeCache({ stdTTL: 60 });

  async function repository(name: string): Promise<{ full_name: string }> {
    const kept = cache.get<{ full_name: string }>(name);
    if (kept) return kept;
    const headers = { authorization: `Bearer ${token}` };
    const response = await limiter.schedule(() => fetch(`${address.origin}/repos/octocat/${name}`, { headers }));
    if (!response.ok) throw new Error(`${response.status}`);
    const found = (await response.json()) as { full_name: string };
    cache.set(name, found);
    return found;
  }

  const names: string[] = [];
  for (const name of ["hello-world", "hello-world"]) names.push((await repository(name)).full_name);
  await limiter.disconnect();
  cache.close();
  return names;
}
