/** What the files of one folder of `packages/msal/src` may import. */
export interface Layer {
  /** Other folders, by value or by type. */
  readonly knows?: readonly string[];
  /** Other folders, for their types alone: nothing of them runs here. */
  readonly knowsTypesOf?: readonly string[];
  /** Packages from the registry. */
  readonly packages?: readonly string[];
  /** `lazily`: by `import()` or for types; `freely`: by any import. Default: not at all. */
  readonly nodeBuiltins?: "lazily" | "freely";
  /** The folder is where the platform's globals come in: clock, random, environment, fetch, console. */
  readonly impure?: boolean;
}

/**
 * The house's plan: who may know whom. It has no way up and no way round, so a folder can be read, tested and replaced
 * without what stands above it. A folder that is not in here does not exist yet: draw it before you build it.
 */
export const msalHouse: Readonly<Record<string, Layer>> = {
  error: {},
  runtime: { knows: ["error"], nodeBuiltins: "freely", impure: true },
  protocol: { knows: ["error"], packages: ["jose"] },
  credential: { knows: ["protocol", "error", "runtime"], packages: ["jose", "node-forge"], nodeBuiltins: "lazily" },
  grant: { knows: ["protocol", "error"], knowsTypesOf: ["credential"] },
  cache: { knows: ["protocol", "error", "runtime"] },
  http: { knows: ["protocol", "error", "runtime"], packages: ["undici"], nodeBuiltins: "lazily" },
  authority: { knows: ["http", "protocol", "error", "runtime"] },
  wstrust: { knows: ["http", "protocol", "error", "runtime"], packages: ["saxes"] },
  interactive: { knows: ["http", "error", "runtime"], packages: ["open"], nodeBuiltins: "freely" },
  broker: { knows: ["error", "runtime"], packages: ["@azure/msal-node-runtime"], nodeBuiltins: "lazily" },
  stores: {
    knows: ["cache", "protocol", "error", "runtime"],
    packages: ["fs-native-extensions", "@napi-rs/keyring"],
    nodeBuiltins: "lazily",
  },
  testing: { knows: ["broker", "cache", "protocol", "runtime"] },
  application: {
    knows: [
      "authority",
      "broker",
      "cache",
      "credential",
      "error",
      "grant",
      "http",
      "interactive",
      "protocol",
      "runtime",
      "wstrust",
    ],
  },
};

/** Names under which anything hides: a file is named after its one idea (STYLE: one file, one idea). */
export const namesThatSayNothing: readonly string[] = [
  "utils",
  "util",
  "helpers",
  "helper",
  "common",
  "misc",
  "constants",
];
