import { defaultTenants } from "@msal-ts/emulator";
import { at } from "../app-options.ts";
import { as, byPassword, type Flow, next } from "../steps.ts";

const cloud = at("https://login.microsoftonline.com/c0000001-0000-4000-8000-0000000000c0");

type Federation = NonNullable<(typeof defaultTenants)[number]["federation"]>;

function federatedBy(choice: Partial<Federation>): Flow["tenants"] {
  return defaultTenants.map((tenant, index) =>
    index === 0 ? { ...tenant, federation: { domain: "federated.contoso.com", ...choice } } : tenant,
  );
}

/** Passwords that an organisation keeps itself. */
export const federationFlows: readonly Flow[] = [
  { name: "a federated password at the cloud", steps: [as("desktop", cloud), byPassword({}, "fay")] },
  {
    name: "a federated password by WS-Trust 2005",
    tenants: federatedBy({ versions: ["2005"] }),
    steps: [as("desktop", cloud), byPassword({}, "fay")],
  },
  {
    name: "a federated password for an assertion of SAML 2.0",
    tenants: federatedBy({ saml: "2.0" }),
    steps: [as("desktop", cloud), byPassword({}, "fay")],
  },
  {
    name: "a federated password that is wrong",
    steps: [as("desktop", cloud), byPassword({ password: "wrong" }, "fay")],
  },
  {
    name: "a federated password with signs of XML",
    steps: [as("desktop", cloud), byPassword({ password: `<&>"'` }, "fay")],
  },
  {
    name: "a federated password at a description that fails",
    steps: [as("desktop", cloud), next("mex", { status: 500 }), byPassword({}, "fay")],
  },
  {
    name: "a federated password at a description that is none",
    steps: [as("desktop", cloud), next("mex", { body: "<html/>" }), byPassword({}, "fay")],
  },
];
