import { at } from "../app-options.ts";
import {
  as,
  byDevice,
  call,
  type Flow,
  forClient,
  inEnvironment,
  interactive,
  inRegion,
  next,
  restart,
  signIn,
  silent,
} from "../steps.ts";

const contoso = "c0000001-0000-4000-8000-0000000000c0";
const world = "login.microsoftonline.com";

/** The clouds and their names. */
export const cloudFlows: readonly Flow[] = [
  {
    name: "at the public cloud",
    steps: [as("web", at(`https://${world}/${contoso}`)), signIn(), silent(), silent({ force_refresh: true })],
  },
  {
    name: "at the public cloud by default",
    steps: [
      as("desktop", { authority: undefined, validate_authority: true, instance_discovery: undefined }),
      byDevice(),
      silent(),
    ],
  },
  {
    name: "at the public cloud under common",
    steps: [as("web", at(`https://${world}/common`)), signIn(), silent(), silent({ force_refresh: true })],
  },
  {
    name: "at a government's cloud",
    steps: [as("web", at(`https://login.microsoftonline.us/${contoso}`)), signIn(), silent()],
  },
  {
    name: "at the cloud in China",
    steps: [as("web", at(`https://login.chinacloudapi.cn/${contoso}`)), signIn(), silent()],
  },
  {
    name: "at the public cloud by another name",
    steps: [as("web", at(`https://login.windows.net/${contoso}`)), signIn(), silent()],
  },
  {
    name: "at the public cloud with a slash at the end",
    steps: [as("daemon", at(`https://${world}/${contoso}/`)), forClient()],
  },
  {
    name: "at the public cloud without instance discovery",
    steps: [
      as("web", { authority: `https://${world}/${contoso}`, instance_discovery: false }),
      signIn(),
      call("get_accounts", {}),
    ],
  },
  {
    name: "what was kept under another name of the cloud",
    steps: [
      as("web", at(`https://${world}/${contoso}`)),
      signIn(),
      restart((state) => state.replaceAll(world, "login.windows.net")),
      as("web", at(`https://${world}/${contoso}`)),
      call("get_accounts", {}),
      silent(),
      silent({ force_refresh: true }),
    ],
  },
  {
    name: "signed out under both names of the cloud",
    steps: [
      as("web", at(`https://${world}/${contoso}`)),
      signIn(),
      restart((state) => state.replaceAll(world, "login.windows.net")),
      as("web", at(`https://${world}/${contoso}`)),
      signIn(),
      call("remove_account", {}, "alice"),
      call("get_accounts", {}),
    ],
  },
  {
    name: "at a host that Microsoft does not know",
    steps: [as("daemon", at(`https://login.contoso.example/${contoso}`)), forClient()],
  },
  {
    name: "at a host that the caller vouches for",
    steps: [
      as("daemon", { ...at(`https://login.contoso.example/${contoso}`), validate_authority: false }),
      forClient(),
    ],
  },
];

/** Of the only user that there is. */
const fromShell = [
  inEnvironment({ AZUREPS_HOST_ENVIRONMENT: "cloud-shell/1.0" }),
  as("desktop", at(`https://${world}/${contoso}`)),
  interactive({ prompt: "none", scopes: ["https://graph.microsoft.com/.default"] }),
  silent({ scopes: ["https://graph.microsoft.com/.default"] }, ""),
];

/** Regions of Azure, and its shell. */
export const azureFlows: readonly Flow[] = [
  {
    name: "an app token in a region",
    steps: [as("daemon", { ...at(`https://${world}/${contoso}`), azure_region: "westus2" }), forClient()],
  },
  {
    name: "an app token in the region that the environment names",
    steps: [
      inEnvironment({ REGION_NAME: "West US 2" }),
      as("daemon", { ...at(`https://${world}/${contoso}`), azure_region: "westus2" }),
      forClient(),
    ],
  },
  {
    name: "an app token in the region that the machine names",
    steps: [
      inRegion("westus2"),
      as("daemon", { ...at(`https://${world}/${contoso}`), azure_region: true }),
      forClient(),
    ],
  },
  {
    name: "an app token on a machine whose metadata service fails",
    steps: [
      next("metadata-service", { status: 500, body: "failed" }),
      as("daemon", { ...at(`https://${world}/${contoso}`), azure_region: true }),
      forClient(),
    ],
  },
  {
    name: "an app token on a machine without a region",
    steps: [
      next("metadata-service", { status: 404, body: "" }),
      as("daemon", { ...at(`https://${world}/${contoso}`), azure_region: true }),
      forClient(),
    ],
  },
  {
    name: "an app token in a government's region",
    steps: [as("daemon", { ...at(`https://login.microsoftonline.us/${contoso}`), azure_region: "usgov" }), forClient()],
  },
  {
    name: "an app token in a region, twice",
    steps: [
      as("daemon", { ...at(`https://${world}/${contoso}`), azure_region: "westus2" }),
      forClient(),
      call("acquire_token_silent", { scopes: ["api://orders/.default"], account: null }),
    ],
  },
  {
    name: "a user in a region",
    steps: [
      as("web", { ...at(`https://${world}/${contoso}`), azure_region: "westus2" }),
      signIn(),
      silent({ force_refresh: true }),
    ],
  },
  { name: "a token of the shell", steps: fromShell },
  {
    name: "a token of the shell that tells nothing",
    steps: [
      next("cloud-shell", {
        json: { access_token: "opaque", token_type: "Bearer", expires_in: "3599", refresh_token: "" },
      }),
      ...fromShell,
    ],
  },
];
