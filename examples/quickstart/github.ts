import { createGithub, facts, profile } from "@connectry/github";
import { fakeProvider } from "@connectry/testing";
import { metrics } from "./metrics.ts";
import { type Row, readDocuments, startTour } from "./tour.ts";

/** A path parameter that contains slashes, pagination by Link header, and a 403 that is a rate limit. */
export async function tourGithub(): Promise<readonly Row[]> {
  await using server = await fakeProvider({ document: await readDocuments("github"), profile, facts });
  const github = createGithub({ auth: "ghp_quickstart", baseUrl: server.url, observe: metrics });
  const tour = startTour("GitHub");
  const path = { owner: "octokit", repo: "openapi" };

  await tour.step("read docs/guide.md", async () => {
    const { response } = await github.GET("/repos/{owner}/{repo}/contents/{path}", {
      params: { path: { ...path, path: "docs/guide.md" } },
    });
    return { attempts: response.attempts.length, outcome: new URL(response.url).pathname };
  });

  await tour.step("list all issues", async () => {
    let count = 0;
    const issues = github.paginate("/repos/{owner}/{repo}/issues", { params: { path, query: { per_page: 10 } } });
    for await (const _issue of issues) count += 1;
    return { attempts: 1, outcome: `${count} issues, by Link header` };
  });

  server.faults.push({
    kind: "response",
    status: 403,
    headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.ceil(Date.now() / 1_000)) },
    body: { message: "API rate limit exceeded" },
  });
  await tour.step("read a repository (403, rate limit)", async () => {
    const { response } = await github.GET("/repos/{owner}/{repo}", { params: { path } });
    return { attempts: response.attempts.length, outcome: "waited for the reset, then read" };
  });
  return tour.rows;
}
