import { checkFields, oneOf, optional, text, type Rules } from "./checks/rule.ts";
import type { Tenant } from "./directory.ts";
import { flavours, type Flavour } from "./place.ts";

/** Which server an authority is to lead to. */
export interface AuthorityShape {
  /** `entra`: Entra ID, `adfs`, `b2c`, `ciam`: External ID, `dsts`. */
  readonly kind: Flavour;
  /** A tenant's GUID or domain. ADFS has none. Default: the first tenant, by the name that the kind prefers. */
  readonly tenant?: string;
  /** Of B2C: any name that begins with `b2c_`. Default: `b2c_1_signin`. */
  readonly policy?: string;
  /**
   * A host that the emulator plays, such as `contoso.b2clogin.com`: see `emulator.fetch`. Default: the emulator's own
   * address; for External ID, which is told by its host alone, `{name of the tenant}.ciamlogin.com`.
   */
  readonly host?: string;
}

const rules: Rules<AuthorityShape> = {
  kind: oneOf(flavours),
  tenant: optional(text),
  policy: optional({
    holds: (value) => typeof value === "string" && /^b2c_[^/]+$/i.test(value),
    must: `the name of a policy such as "b2c_1_signin"`,
  }),
  host: optional(text),
};

/** The address of an authority. `url` is the emulator's own. Throws a `TypeError` for a shape that there is not. */
export function addressOf(url: string, shape: AuthorityShape, { id, domain }: Pick<Tenant, "id" | "domain">): string {
  checkFields(shape, rules, "the authority");
  const { kind, tenant, policy = "b2c_1_signin", host } = shape;
  const origin = host === undefined ? url : `https://${host}`;
  switch (kind) {
    case "adfs":
      return `${origin}/adfs`;
    case "b2c":
      return `${origin}/${tenant ?? domain}/${policy}`;
    case "ciam":
      return `https://${host ?? `${domain.split(".")[0]}.ciamlogin.com`}/${tenant ?? domain}`;
    case "dsts":
      return `${origin}/dstsv2/${tenant ?? id}`;
    case "entra":
      return `${origin}/${tenant ?? id}`;
  }
}
