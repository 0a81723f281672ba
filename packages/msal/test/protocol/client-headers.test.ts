import { describe, expect, it } from "vitest";
import { clientHeaders } from "../../src/protocol/client-headers.ts";
import { argumentErrorOf } from "../support/thrown.ts";

const client = { sku: "msal-ts", version: "1.2.3", os: "linux" };
const constant = {
  "x-client-sku": "msal-ts",
  "x-client-ver": "1.2.3",
  "x-client-os": "linux",
  "x-ms-lib-capability": "retry-after, h429",
};

describe("clientHeaders (B2.3)", () => {
  it("tells library, version, system and capabilities", () => {
    expect(clientHeaders(client)).toEqual(constant);
    expect(clientHeaders({ ...client, appName: "", appVersion: undefined })).toEqual(constant);
  });

  it("tells the application's name and version where it gave them", () => {
    expect(clientHeaders({ ...client, appName: "My App", appVersion: "7" })).toEqual({
      ...constant,
      "x-app-name": "My App",
      "x-app-ver": "7",
    });
  });

  it.each(["appName", "appVersion"])("refuses an %s that no header can carry", (option) => {
    for (const value of ["Größe", "a\nb", 5]) {
      const error = argumentErrorOf(() => clientHeaders({ ...client, [option]: value }));
      expect(error).toMatchObject({ code: "invalid_option", option });
      expect(error.message).toContain("must be printable ASCII");
    }
  });
});
