import { loadDocuments } from "@connectry/codegen";
import { fakeHandler } from "@connectry/testing";
import { Webhooks } from "@octokit/webhooks";
import { Octokit } from "octokit";
import { expect, test } from "vitest";
import { facts, profile } from "./index.js";

const secret = "a secret";
const path = { owner: "octocat", repo: "hello-world" };

test("octokit's changes of a fake GitHub are delivered as events, which @octokit/webhooks verifies", async () => {
  const received: string[] = [];
  const titles: unknown[] = [];
  const webhooks = new Webhooks({ secret });
  webhooks.onAny(({ name, payload }) => void received.push("action" in payload ? `${name}.${payload.action}` : name));
  webhooks.on("issues.opened", ({ payload }) => void titles.push(payload.issue.title, payload.issue.number));
  const url = async (request: Request): Promise<Response> => {
    const header = (name: string) => request.headers.get(name) ?? "";
    await webhooks.verifyAndReceive({
      id: header("x-github-delivery"),
      name: header("x-github-event"),
      signature: header("x-hub-signature-256"),
      payload: await request.text(),
    });
    return new Response(null, { status: 204 });
  };
  const documents = (await loadDocuments("github")).map(({ json }) => json);
  const fake = fakeHandler({ document: documents, profile, facts, webhooks: { url, secret } });
  const octokit = new Octokit({ auth: "any", request: { fetch: fake.fetch } });

  const issues = octokit.rest.issues;
  const { data: issue } = await issues.create({ ...path, title: "It is broken" });
  await issues.update({ ...path, issue_number: issue.number, state: "closed" });
  await issues.update({ ...path, issue_number: issue.number, state: "open" });
  await issues.update({ ...path, issue_number: issue.number, title: "It was broken" });
  await issues.createLabel({ ...path, name: "wontfix", color: "ffffff" });
  await issues.deleteLabel({ ...path, name: "wontfix" });
  await octokit.rest.pulls.create({ ...path, head: "feature", base: "main", title: "Mend it" });
  await issues.createComment({ ...path, issue_number: issue.number, body: "Thanks" });
  await fake.delivered();

  expect(fake.deliveries.filter(({ status }) => status !== 204)).toEqual([]);
  expect(received.sort()).toEqual([
    "issue_comment.created",
    "issues.closed",
    "issues.edited",
    "issues.opened",
    "issues.reopened",
    "label.created",
    "label.deleted",
    "pull_request.opened",
  ]);
  expect(titles).toEqual(["It is broken", issue.number]);
  await expect(issues.get({ ...path, issue_number: 99_999 })).rejects.toMatchObject({ status: 404 });
});
