import { expect, test } from "vitest";
import { select } from "./select.js";

const page = {
  data: [
    { id: "a", owner: { name: "Ann", id: 1 }, "odd name": true },
    { id: "b", owner: { name: "Bob", id: 2 } },
  ],
  has_more: true,
};

test.each([
  [["data[*].id"], { data: [{ id: "a" }, { id: "b" }] }],
  [["$.data[*].id", "has_more"], { data: [{ id: "a" }, { id: "b" }], has_more: true }],
  [
    ["data[].owner.name", "data[*].id"],
    {
      data: [
        { id: "a", owner: { name: "Ann" } },
        { id: "b", owner: { name: "Bob" } },
      ],
    },
  ],
  [["data[1]"], { data: [page.data[1]] }],
  [["data[*]['odd name']"], { data: [{ "odd name": true }, {}] }],
  [["data.*.owner.id"], { data: [{ owner: { id: 1 } }, { owner: { id: 2 } }] }],
  [["$"], page],
  [["none.of[*].these"], {}],
  [["__proto__.polluted"], {}],
])("the paths %j select %j", (paths, selected) => {
  expect(select(page, paths)).toEqual(selected);
});

test.each(["data[?(@.id=='a')]", "..id", "data[", "data[1:2]"])(
  "the path %s is refused, with the form that is supported",
  (path) => {
    expect(() => select(page, [path])).toThrow(`select: "${path}" is not a path such as data[*].id`);
  },
);
