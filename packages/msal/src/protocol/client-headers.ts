import { MsalArgumentError } from "../error/argument-error.ts";
import { isHeaderText } from "./header-text.ts";

/** Who sends the requests. */
export interface ClientDescription {
  /** The library's name. */
  readonly sku: string;
  readonly version: string;
  /** The operating system. */
  readonly os: string;
  readonly appName?: string | undefined;
  readonly appVersion?: string | undefined;
}

/**
 * The headers that are the same in every request to the identity provider: which library, which system, which
 * application, and that we honour `Retry-After` and status 429.
 *
 * @throws {@link MsalArgumentError} `invalid_option` when `appName` or `appVersion` cannot go into a header.
 */
export function clientHeaders(client: ClientDescription): Record<string, string> {
  return {
    "x-client-sku": client.sku,
    "x-client-ver": client.version,
    "x-client-os": client.os,
    "x-ms-lib-capability": "retry-after, h429",
    ...optional("x-app-name", "appName", client.appName),
    ...optional("x-app-ver", "appVersion", client.appVersion),
  };
}

function optional(header: string, option: string, value: string | undefined): Record<string, string> {
  if (value === undefined || value === "") return {};
  if (typeof value === "string" && isHeaderText(value)) return { [header]: value };
  throw new MsalArgumentError(
    "invalid_option",
    option,
    'must be printable ASCII, to go into a header; give for example "My App 1.0".',
  );
}
