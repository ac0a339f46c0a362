import { GraphQLClient, gql } from "graphql-request";

export async function login(token: string, address: URL): Promise<string> {
  const client = new GraphQLClient(`${address.origin}/graphql`, { headers: { authorization: `Bearer ${token}` } });
  const { viewer } = await client.request<{ viewer: { login: string } }>(gql`
    query Viewer {
      viewer {
        login
      }
    }
  `);
  return viewer.login;
}
