import { expect, test } from "vitest";
import { addressAtCommit, lastCommitAddress, readRepositoryFile } from "./commit-address.js";

const commit = "99893791383254f52aa07662baeb98aad65cc710";
const file = { repository: "stripe/openapi", ref: "master", path: "latest/openapi.spec3.json" };

test("the document of a branch is pinned by the commit that changed it last", () => {
  const upstream = "https://raw.githubusercontent.com/stripe/openapi/master/latest/openapi.spec3.json";
  expect(readRepositoryFile(upstream)).toEqual(file);
  expect(readRepositoryFile(upstream.replace("/master/", "/refs/heads/master/"))).toEqual(file);
  expect(lastCommitAddress(file)).toBe(
    "https://api.github.com/repos/stripe/openapi/commits?sha=master&path=latest%2Fopenapi.spec3.json&per_page=1",
  );
  const response = Buffer.from(
    JSON.stringify([{ sha: commit, commit: { committer: { date: "2026-08-21T22:28:48Z" } } }]),
  );
  expect(addressAtCommit(file, response)).toEqual({
    origin: upstream.replace("master", commit),
    date: "2026-08-21",
  });
});

test("an address that has a commit, or is of another server, stays as it is", () => {
  expect(readRepositoryFile(`https://raw.githubusercontent.com/stripe/openapi/${commit}/a.json`)).toBeUndefined();
  expect(readRepositoryFile("https://api.acme.test/openapi.json")).toBeUndefined();
});

test.each(["[]", '[{"sha":"main"}]', "{}"])("a response without a commit is an error: %s", (response) => {
  expect(() => addressAtCommit(file, Buffer.from(response))).toThrow(
    "GitHub names no commit of latest/openapi.spec3.json in stripe/openapi.",
  );
});
