import { endpointNames } from "../endpoint-names.ts";
import { isKnownError } from "../errors.ts";
import { grantsByType } from "../grants/all.ts";
import type {
  RequestMatch,
  RequestPattern,
  ScriptedAnswer,
  ScriptedError,
  ScriptedFault,
  ScriptedResponse,
} from "../script.ts";
import { checkFields, isRecord, oneOf, optional, text, type Rule, type Rules } from "./rule.ts";

/** Each grant type in full, and by its last part. */
const grantTypes = [...new Set([...grantsByType.keys()].flatMap((name) => [name, name.split(":").at(-1) ?? name]))];

const patternRules: Rules<RequestPattern> = {
  endpoint: optional(oneOf(endpointNames)),
  grantType: optional(oneOf(grantTypes)),
  clientId: optional(text),
  times: optional({
    holds: (value) => Number.isInteger(value) && Number(value) >= 1,
    must: "a whole number of at least 1",
  }),
};

const errorRules: Rules<ScriptedError> = {
  error: {
    holds: (value) => typeof value === "number" && isKnownError(value),
    must: "an AADSTS number that the emulator knows, such as 50076",
  },
  claims: optional(text),
  suberror: optional(text),
};

const responseRules: Rules<ScriptedResponse> = {
  status: optional({
    holds: (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
    must: "a status from 200 to 599",
  }),
  headers: optional({
    holds: (value) => isRecord(value) && Object.values(value).every((each) => typeof each === "string"),
    must: `an object of texts, such as { "retry-after": "30" }`,
  }),
  json: { holds: () => true, must: "anything that JSON can say" },
  body: optional({ holds: (value) => typeof value === "string", must: "text" }),
};

const milliseconds: Rule = {
  holds: (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
  must: `the milliseconds to wait, as in { fault: "delay", ms: 100 }`,
};

/** What each fault needs beside its name. */
const faults: Readonly<Record<ScriptedFault["fault"], Readonly<Record<string, Rule>>>> = {
  delay: { ms: milliseconds },
  hang: {},
  reset: {},
  truncate: {},
  "not-json": {},
};

/** Throws a `TypeError` for a pattern that matches nothing, and for an answer that nobody can give. */
export function checkScripted(match: RequestMatch, answer: ScriptedAnswer): void {
  checkFields(typeof match === "string" ? { endpoint: match } : match, patternRules);
  checkFields(answer, rulesFor(answer));
}

function rulesFor(answer: ScriptedAnswer): Readonly<Record<string, Rule>> {
  if ("error" in answer) return errorRules;
  if ("fault" in answer) return { fault: oneOf(Object.keys(faults)), ...faults[answer.fault] };
  return responseRules;
}
