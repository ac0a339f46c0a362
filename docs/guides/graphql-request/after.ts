import { graphql } from "@connectry/core/graphql";
import { createGithub } from "@connectry/github";

export async function login(token: string, address: URL): Promise<string> {
  const github = createGithub({ auth: token, baseUrl: address.origin });
  const query = "query Viewer { viewer { login } }";
  const { data } = await graphql<{ viewer: { login: string } }>(github, { query });
  return data.viewer.login;
}
