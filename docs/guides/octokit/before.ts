import { Octokit } from "@octokit/rest";

export async function openIssues(token: string, address: URL): Promise<string[]> {
  const octokit = new Octokit({ auth: token, baseUrl: address.origin });
  const repository = { owner: "octocat", repo: "hello-world" };
  await octokit.rest.issues.create({ ...repository, title: "It is broken" });

  const issues = await octokit.paginate(octokit.rest.issues.listForRepo, { ...repository, per_page: 10 });
  return issues.map(({ title }) => title);
}
