import { describe, expect, it } from "vitest";
import { EntryIndex } from "../../src/cache/entry-index.ts";

interface Token extends Record<string, unknown> {
  readonly owner: string | null;
  readonly client: string;
  readonly target: string;
}

const fields = ["owner", "client", "target"];
const many = 20_000;
const token = (n: number, part: Partial<Token> = {}): Token => ({ owner: `o${n}`, client: "c", target: "s", ...part });

function indexOf(tokens: Iterable<Token>): EntryIndex<Token> {
  const index = new EntryIndex<Token>(fields);
  for (const each of tokens) index.add(each);
  return index;
}

describe("an index of entries", () => {
  it.each<[string, (n: number) => Partial<Token>, (string | string[])[]]>([
    ["users", () => ({}), ["o7000", "c", ["s"]]],
    ["clients", (n) => ({ owner: null, client: `c${n}` }), ["", "c7000", ["s"]]],
    ["scopes of one client", (n) => ({ owner: null, target: `S${n}` }), ["", "c", ["s7000"]]],
    ["scopes beside a common one", (n) => ({ owner: null, target: `all S${n}` }), ["", "c", ["all", "s7000"]]],
  ])("B4.13 looks at a few entries among many %s", (_, part, path) => {
    const index = indexOf(Array.from({ length: many }, (__, n) => token(n, part(n))));
    const expected = token(7000, part(7000));
    const looked = [...index.candidates(path)];
    expect(looked).toContainEqual(expected);
    expect(looked.length).toBeLessThanOrEqual(8);
  });

  it("B4.6 finds scopes in whatever case", () => {
    const index = indexOf(Array.from({ length: 20 }, (_, n) => token(n, { owner: "o", target: `All S${n}` })));
    expect([...index.candidates(["o", "c", "S7"])]).toHaveLength(1);
    expect([...index.candidates(["o", "c", ["ALL", "S7"]])]).toHaveLength(1);
    expect([...index.candidates(["O", "c", "S7"])]).toEqual([]);
  });

  it("gives whatever is below a level of which nothing is asked, each entry once", () => {
    const tokens = Array.from({ length: 100 }, (_, n) => token(n, { owner: "o", target: `a b s${n}` }));
    const index = indexOf(tokens);
    expect([...index.candidates(["o"])]).toEqual(tokens);
    expect([...index.candidates(["o", undefined, ["a"]])]).toEqual(tokens);
    expect([...index.candidates([])]).toEqual(tokens);
    expect([...index.candidates(["o", "c", ["a", "b"]])]).toEqual(tokens);
    expect([...index.candidates(["o", "c", ["a", "unknown"]])]).toEqual([]);
    expect([...index.candidates(["p"])]).toEqual([]);
  });

  it("forgets what is removed, however it was split, and takes it in again", () => {
    const tokens = Array.from({ length: 100 }, (_, n) =>
      token(n % 10, { client: `c${n % 3}`, target: `a b s${n % 7}` }),
    );
    const index = indexOf(tokens);
    for (const each of tokens.slice(1)) index.remove(each);
    expect([...index.candidates([])]).toEqual(tokens.slice(0, 1));
    for (const each of tokens) index.remove(each);
    expect([...index.candidates([])]).toEqual([]);
    index.add(token(1));
    expect([...index.candidates(["o1"])]).toEqual([token(1)]);
  });

  it("keeps very many that agree in every field, and forgets each of them", () => {
    const tokens = Array.from({ length: 20 }, (_, n) => token(1, { secret: n }));
    const index = indexOf(tokens);
    expect([...index.candidates(["o1", "c", ["s"]])]).toEqual(tokens);
    for (const each of tokens.slice(0, -1)) index.remove(each);
    expect([...index.candidates(["o1", "c", ["s"]])]).toEqual(tokens.slice(-1));
    for (const each of tokens) index.remove(each);
    expect([...index.candidates(["o1"])]).toEqual([]);
  });

  it("is not troubled by the removal of what it never had", () => {
    const index = indexOf([]);
    index.remove(token(1));
    index.add(token(2));
    index.remove(token(1));
    expect([...index.candidates([])]).toEqual([token(2)]);
    for (let n = 3; n < 30; n += 1) index.add(token(n));
    index.remove(token(1));
    index.remove({ ...token(3), client: "other" });
    expect([...index.candidates([])]).toHaveLength(28);
  });

  it("leaves out what has no value for the first field, where it is sparse", () => {
    const index = new EntryIndex<Token>(fields, { sparse: true });
    index.add(token(1));
    index.add(token(2, { owner: null }));
    expect([...index.candidates([])]).toEqual([token(1)]);
  });
});
