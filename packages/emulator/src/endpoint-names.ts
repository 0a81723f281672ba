/** The endpoints, by the names that tests and the log use. */
export const endpointNames = [
  "authorize",
  "token",
  "devicecode",
  "devicelogin",
  "login",
  "logout",
  "openid-configuration",
  "keys",
  "instance",
  "userrealm",
  "mex",
  "wstrust",
  "userinfo",
  "metadata-service",
  "cloud-shell",
  "log",
  "error",
  "home",
] as const;

/** One of the emulator's endpoints; `unknown` is any other path. */
export type EndpointName = (typeof endpointNames)[number] | "unknown";
