import { at, vouchedFor } from "../app-options.ts";
import { as, byDevice, byPassword, call, type Flow, forClient, signIn, silent, type Step } from "../steps.ts";

const scopes = ["api://orders/Orders.Read"];
const tenant = "contoso.onmicrosoft.com";

type Options = Readonly<Record<string, unknown>>;

/** Servers other than Entra ID, at addresses as they have them. */
const servers: Readonly<Record<string, Options>> = {
  ADFS: at("https://adfs.contoso.example/adfs"),
  "ADFS in capitals": at("https://adfs.contoso.example/ADFS"),
  B2C: at(`https://contoso.b2clogin.com/${tenant}/b2c_1_signin`),
  "B2C under tfp": at(`https://contoso.b2clogin.com/tfp/${tenant}/B2C_1A_own`),
  "B2C at a host of its own": at(`https://login.contoso.example/${tenant}/b2c_1_signin`),
  "External ID": vouchedFor(`https://contoso.ciamlogin.com/${tenant}`),
  dSTS: vouchedFor("https://dsts.contoso.example/dstsv2/c0000001-0000-4000-8000-0000000000c0"),
};

/** What is done at each of them. Alice is the only user there. */
const deeds: Readonly<Record<string, (server: Options) => readonly Step[]>> = {
  "a code at": (server) => [
    as("web", server),
    signIn({ scopes }),
    call("get_accounts", {}),
    silent({ scopes }, ""),
    silent({ scopes, force_refresh: true }, ""),
  ],
  "an app token at": (server) => [as("daemon", server), forClient()],
  "a password at": (server) => [as("desktop", server), byPassword({ scopes })],
};

export const kindFlows: readonly Flow[] = [
  ...Object.entries(servers).flatMap(([name, server]) =>
    Object.entries(deeds).map(([deed, steps]) => ({ name: `${deed} ${name}`, steps: steps(server) })),
  ),
  {
    name: "a device code at ADFS",
    steps: [as("desktop", at("https://adfs.contoso.example/adfs")), byDevice({ scopes })],
  },
  {
    name: "External ID, of which nobody said what it is",
    steps: [as("daemon", at(`https://contoso.ciamlogin.com/${tenant}`)), forClient()],
  },
];
