import { createGithub } from "@connectry/github";

export async function openIssues(token: string, address: URL): Promise<string[]> {
  const github = createGithub({ auth: token, baseUrl: address.origin });
  const path = { owner: "octocat", repo: "hello-world" };
  await github.POST("/repos/{owner}/{repo}/issues", { params: { path }, body: { title: "It is broken" } });

  const titles: string[] = [];
  const params = { path, query: { per_page: 10 } };
  for await (const issue of github.paginate("/repos/{owner}/{repo}/issues", { params })) titles.push(issue.title);
  return titles;
}
