import { describe, expect, it } from "vitest";
import { compareFacts, readFacts } from "./behaviour/facts.ts";

const text = "# Behaviour\n\n**B1.1** One.\n\n**B1.2** Two, unlike **B1.1**.\n\n**B1.10** Ten.\n";

function problemsOf(tests: Record<string, string>, facts = readFacts(text)): string[] {
  return compareFacts(facts, new Map(Object.entries(tests)));
}

describe("the facts of a text", () => {
  it("begin a paragraph, with their number in bold", () => {
    expect(readFacts(text)).toEqual(["B1.1", "B1.2", "B1.10"]);
  });
});

describe("facts and tests", () => {
  it("agree when each fact is cited", () => {
    expect(problemsOf({ "a.test.ts": 'it("B1.1 works (B1.2)")', "b.test.ts": 'describe("ten (B1.10)")' })).toEqual([]);
  });

  it("disagree when no test cites a fact; a longer number is another one", () => {
    expect(problemsOf({ "a.test.ts": "B1.10 B1.2" })).toEqual(["B1.1 is cited by no test"]);
  });

  it("disagree when a test cites a fact that is not there", () => {
    expect(problemsOf({ "a.test.ts": "\nB1.1 B1.2 B1.10\nB1.3" })).toEqual([
      "a.test.ts:3: cites B1.3, which docs/behaviour.md does not have",
    ]);
  });

  it("want each number once", () => {
    const twice = readFacts("**B1.1** One.\n\n**B1.1** Again.\n");
    expect(problemsOf({ "a.test.ts": "B1.1" }, twice)).toEqual(["B1.1 stands more than once in docs/behaviour.md"]);
  });
});
