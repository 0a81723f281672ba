import type { EmulatorOptions } from "../emulator-options.ts";
import { checkFields, flag, isRecord, listOf, optional, text, type Rule, type Rules } from "./rule.ts";
import { checkTenants } from "./tenants.ts";

const options: Rules<EmulatorOptions> = {
  port: optional(port(0)),
  extraPorts: optional(listOf(port(1))),
  https: optional(flag),
  hosts: optional(
    listOf({
      holds: (value) => typeof value === "string" && /^(\*\.)?[a-z\d-]+(\.[a-z\d-]+)*$/i.test(value),
      must: `the name of a host, such as "login.contoso.example" or "*.b2clogin.com"`,
    }),
  ),
  tenants: optional({
    holds: (value) => Array.isArray(value) && value.every((each) => isRecord(each)),
    must: `a list of tenants, such as [{ id: "<GUID>", domain: "contoso.onmicrosoft.com" }]`,
    hidden: true,
  }),
  clock: optional({
    holds: (value) => isRecord(value) && typeof value["now"] === "function",
    must: "an object whose now() gives milliseconds since 1970, as Date does",
    hidden: true,
  }),
};

/** Throws a `TypeError` for the first option that is unusable or unknown. */
export function checkOptions(given: EmulatorOptions): void {
  checkFields(given, options);
  if (given.tenants !== undefined) checkTenants(given.tenants);
}

/** Throws a `TypeError` for a lifetime of tokens that no token can have. */
export function checkTokenLifetime(seconds: number): void {
  checkFields({ tokenLifetime: seconds }, { tokenLifetime: lifetime });
}

/** Throws a `TypeError` for a region without a name. */
export function checkRegion(region: string): void {
  checkFields({ region }, { region: text });
}

const lifetime: Rule = {
  holds: (value) => Number.isInteger(value) && Number(value) >= 1,
  must: "a whole number of seconds, at least 1",
};

function port(least: number): Rule {
  return {
    holds: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= 65_535,
    must: `a port from ${least} to 65535`,
  };
}
