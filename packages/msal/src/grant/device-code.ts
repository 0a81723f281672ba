import { API_ID } from "../protocol/telemetry.ts";
import type { Grant } from "./grant.ts";

/** Asks whether the user has finished on the other device (RFC 8628, section 3.4). */
export function deviceCode(input: { readonly deviceCode: string }): Grant {
  return {
    parameters: {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: input.deviceCode,
      // The name before the RFC; ADFS knows no other.
      code: input.deviceCode,
    },
    secrets: ["device_code", "code"],
    owner: input.deviceCode,
    api: API_ID.deviceCode,
  };
}
