import { describe, expect, it } from "vitest";
import { compareFacts, readFacts } from "./behaviour/facts.ts";

const text =
  "# Behaviour\n\n**B1.1** One.\n\n**B1.2** _Not yet:_ two, unlike **B1.1**.\n\n**B1.10** Ten. _Not yet:_ more.\n";

function comparisonOf(tests: Record<string, string>, facts = readFacts(text)) {
  return compareFacts(facts, new Map(Object.entries(tests)));
}

describe("the facts of a text", () => {
  it("begin a paragraph, with their number in bold", () => {
    expect(readFacts(text).map(({ number }) => number)).toEqual(["B1.1", "B1.2", "B1.10"]);
  });

  it("are planned when they begin with it, not when a part of them is", () => {
    expect(readFacts(text).filter(({ isPlanned }) => isPlanned)).toEqual([{ number: "B1.2", isPlanned: true }]);
  });
});

describe("facts and tests", () => {
  it("agree when each fact that exists is cited", () => {
    const { problems, remarks } = comparisonOf({
      "a.test.ts": 'it("B1.1 works")',
      "b.test.ts": 'describe("ten (B1.10)")',
    });
    expect(problems).toEqual([]);
    expect(remarks).toEqual(["B1.2 is still to come"]);
  });

  it("disagree when no test cites a fact; a longer number is another one", () => {
    expect(comparisonOf({ "a.test.ts": "B1.10" }).problems).toEqual(["B1.1 is cited by no test"]);
  });

  it("disagree when a test cites a fact that is not there", () => {
    expect(comparisonOf({ "a.test.ts": "\nB1.1 B1.10\nB1.3" }).problems).toEqual([
      "a.test.ts:3: cites B1.3, which docs/behaviour.md does not have",
    ]);
  });

  it("says nothing of a planned fact that is cited already", () => {
    expect(comparisonOf({ "a.test.ts": "B1.1 B1.2 B1.10" })).toEqual({ problems: [], remarks: [] });
  });

  it("want each number once", () => {
    const twice = readFacts("**B1.1** One.\n\n**B1.1** Again.\n");
    expect(comparisonOf({ "a.test.ts": "B1.1" }, twice).problems).toEqual([
      "B1.1 stands more than once in docs/behaviour.md",
    ]);
  });
});
