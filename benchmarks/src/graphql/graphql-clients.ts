import type { Subject } from "../subjects/subject.ts";

const viewer = "query Viewer { viewer { login } }";
const stars =
  "query Stars($login: String!) { user(login: $login) { starredRepositories(first: 50) { nodes { ...Repo } pageInfo { hasNextPage endCursor } } } }";
const repo = "fragment Repo on Repository { id nameWithOwner url createdAt }";

/** The documents of the program, as `connectry graphql` reads them. */
export const documents: Readonly<Record<string, string>> = {
  "viewer.graphql": viewer,
  "stars.graphql": stars,
  "repo.graphql": repo,
};

const endpoint = '"https://api.github.com/graphql", { headers: { authorization: "Bearer ghp_1" } }';
const read = "first.viewer.login, second.user?.starredRepositories.nodes?.[0]?.nameWithOwner";
const byHand = {
  viewer: "{ viewer: { login: string } }",
  stars: "{ user: { starredRepositories: { nodes: ({ nameWithOwner: string } | null)[] | null } } | null }",
};

/** Our GraphQL methods, with the constants of `connectry graphql`. */
export const ours: Subject = {
  name: "@connectry/github, connectry graphql",
  from: "tarballs",
  packages: ["@connectry/github"],
  setup:
    'import { createGithub } from "@connectry/github";\nimport { Stars, Viewer } from "./gql.js";\nconst client = createGithub({ auth: "ghp_1" }).graphql;',
  calls: ["client.query(Viewer)", 'client.query(Stars, { login: "octocat" })'],
  data: true,
  read,
};

/** graphql-request, which knows no schema: the program claims the types. */
export const graphqlRequest: Subject = {
  name: "graphql-request",
  from: "registry",
  packages: ["graphql-request"],
  setup: `import { GraphQLClient } from "graphql-request";
const client = new GraphQLClient(${endpoint});
const Viewer = ${JSON.stringify(viewer)};
const Stars = ${JSON.stringify(`${stars} ${repo}`)};`,
  calls: [`client.request<${byHand.viewer}>(Viewer)`, `client.request<${byHand.stars}>(Stars, { login: "octocat" })`],
  read,
};

/** graphql-request with documents of gql.tada, which reads types from their text. */
export const tada: Subject = {
  name: "graphql-request + gql.tada",
  from: "registry",
  packages: ["graphql-request", "gql.tada"],
  setup: `import { initGraphQLTada } from "gql.tada";
import { GraphQLClient } from "graphql-request";
import type { introspection } from "./graphql-env.js";
const graphql = initGraphQLTada<{ introspection: introspection }>();
const client = new GraphQLClient(${endpoint});
const Viewer = graphql(${JSON.stringify(viewer)});
const Repo = graphql(${JSON.stringify(repo)});
const Stars = graphql(${JSON.stringify(stars)}, [Repo]);`,
  calls: ["client.request(Viewer)", 'client.request(Stars, { login: "octocat" })'],
  // A fragment is masked: its fields are read by readFragment.
  read: "first.viewer.login, second.user?.starredRepositories.nodes?.length",
};

/** What is compared, ours first. */
export const graphqlClients: readonly Subject[] = [ours, graphqlRequest, tada];
