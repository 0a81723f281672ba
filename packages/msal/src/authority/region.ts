import { MsalArgumentError } from "../error/argument-error.ts";

/**
 * For the option `azureRegion`: the region is found out where the application runs.
 *
 * @example
 *
 * ```ts
 * import { ATTEMPT_REGION_DISCOVERY, ConfidentialClientApplication } from "msal-ts";
 *
 * export const app = new ConfidentialClientApplication({
 *   clientId: "00000000-0000-0000-0000-000000000000",
 *   authority: "https://login.microsoftonline.com/contoso.onmicrosoft.com",
 *   clientCredential: "a secret from a safe place",
 *   azureRegion: ATTEMPT_REGION_DISCOVERY,
 * });
 * ```
 */
export const ATTEMPT_REGION_DISCOVERY = true as const;

/** A region by name in lower case, or the order to find it out. Absent: no region. */
export type RegionChoice = string | typeof ATTEMPT_REGION_DISCOVERY | undefined;

/** It becomes the first label of a host name (RFC 1123, section 2.1). */
const regionName = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/**
 * The region that the application wants: the option's, else that of the environment variable `MSAL_FORCE_REGION`.
 *
 * @param option - `false` is the wish for none, whatever the variable says.
 * @throws {@link MsalArgumentError} `invalid_option` for what cannot be a region.
 */
export function chooseRegion(option: unknown, forced: string | undefined): RegionChoice {
  if (option === false) return undefined;
  if (option === true) return ATTEMPT_REGION_DISCOVERY;
  if (option !== undefined) return checkRegion("azureRegion", option, ", or true to find it out");
  return forced === undefined ? undefined : checkRegion("MSAL_FORCE_REGION", forced, "; it is an environment variable");
}

/** A region as a machine tells it, such as `West US 2`, in the form of a host name; `undefined` where it is none. */
export function readRegion(told: string | undefined): string | undefined {
  const region = (told ?? "").replaceAll(/\s/g, "").toLowerCase();
  return regionName.test(region) ? region : undefined;
}

function checkRegion(name: string, value: unknown, hint: string): string {
  const region = typeof value === "string" ? value.toLowerCase() : "";
  if (regionName.test(region)) return region;
  throw new MsalArgumentError(
    "invalid_option",
    name,
    `must be the name of an Azure region in letters, digits and hyphens, such as "westus2"${hint}`,
  );
}
