/** What one field may hold. */
export interface Rule {
  readonly holds: (value: unknown) => boolean;
  /** Ends the sentence `"field" must be`, with an example where the words alone do not show one. */
  readonly must: string;
  /** No message shows the value: it is a secret, may hold one, or is long. */
  readonly hidden?: true;
}

/** A rule for every field of a type, also for those that may be absent. */
export type Rules<T> = Readonly<Record<keyof T, Rule>>;

/** Text that is not empty. */
export const text: Rule = { holds: (value) => typeof value === "string" && value !== "", must: "text" };

/** Text that nobody else should read. */
export const secret: Rule = { ...text, hidden: true };

export const flag: Rule = { holds: (value) => typeof value === "boolean", must: "true or false" };

export const guid: Rule = {
  holds: (value) => typeof value === "string" && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
  must: `a GUID such as "c0000000-0000-4000-8000-000000000001"`,
};

export const url: Rule = {
  holds: (value) => typeof value === "string" && URL.canParse(value),
  must: `a URL such as "http://localhost"`,
};

/** One of these words. */
export function oneOf(words: readonly string[]): Rule {
  return { holds: (value) => words.some((word) => word === value), must: `one of ${words.join(", ")}` };
}

/** A list whose items all follow the rule. */
export function listOf({ holds, must, hidden }: Rule): Rule {
  return {
    holds: (value) => Array.isArray(value) && value.every((item) => holds(item)),
    must: `a list, and each item ${must}`,
    ...(hidden === undefined ? {} : { hidden }),
  };
}

/** The field may be absent. */
export function optional(rule: Rule): Rule {
  return { ...rule, holds: (value) => value === undefined || rule.holds(value) };
}

/** True for an object with members, and not for a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Holds an object against its rules. Throws a `TypeError` for the first field that breaks its own, and for one that
 * nobody reads: it is most likely misspelt. `of` tells whose fields they are.
 */
export function checkFields(given: object, rules: Readonly<Record<string, Rule>>, of = ""): void {
  const fields: Readonly<Record<string, unknown>> = { ...given };
  const owner = of === "" ? "" : ` of ${of}`;
  for (const [name, { holds, must, hidden }] of Object.entries(rules)) {
    const value = fields[name];
    if (holds(value)) continue;
    const got = hidden === true ? "" : `: got ${show(value)}`;
    throw new TypeError(`"${name}"${owner} must be ${must}${got}.`);
  }
  const stranger = Object.keys(fields).find((name) => !Object.hasOwn(rules, name));
  if (stranger === undefined) return;
  throw new TypeError(`"${stranger}"${owner} is not known here. Known are ${Object.keys(rules).join(", ")}.`);
}

function show(value: unknown): string {
  if (value === undefined) return "nothing";
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
