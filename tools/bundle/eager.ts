/** The part of esbuild's report on a file, read or written, that says what it imports. */
export interface Module {
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

/** Whatever loads with `entry`: reachable by imports that are no `import()`. Built-ins and packages left out included. */
export function statically(modules: Readonly<Record<string, Module>>, entry: string): Set<string> {
  const reached = new Set([entry]);
  for (const path of reached) {
    const imports = modules[path]?.imports ?? [];
    for (const { path: next, kind } of imports) if (kind !== "dynamic-import") reached.add(next);
  }
  return reached;
}

/** What a daemon with a secret does not need, and nobody may wait for at the start. */
const lazyAlone: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)src\/interactive\//, "the loopback server and the browser are for people"],
  [/(?:^|\/)src\/wstrust\//, "federated passwords are rare"],
  [/(?:^|\/)src\/broker\//, "the broker is optional"],
  [/(?:^|\/)src\/application\/cloud-shell(?:-token)?\.ts$/, "few applications run in a Cloud Shell"],
  [/(?:^|\/)src\/http\/undici-fetch\.ts$/, "proxies and private authorities are rare"],
  [/(?:^|\/)src\/credential\/pfx\.ts$/, "PKCS#12 is one kind of credential"],
  [/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+\//, "packages load when they are used"],
  [/^node:/, "the library runs on every runtime"],
];

/** Says for each module that loads at once and should not, why, and through which chain of imports it comes in. */
export function eagerProblems(modules: Readonly<Record<string, Module>>, entry: string): string[] {
  const reached = statically(modules, entry);
  return [...reached].flatMap((path) => {
    const why = lazyAlone.find(([pattern]) => pattern.test(path))?.[1];
    if (why === undefined) return [];
    const importers = [...reached].filter((from) =>
      modules[from]?.imports.some((it) => it.path === path && it.kind !== "dynamic-import"),
    );
    // Only the border is worth a line: what a package imports in turn is its own affair.
    if (importers.every((from) => lazyAlone.some(([pattern]) => pattern.test(from)))) return [];
    return [`${path} loads with ${entry}, by ${importers.join(", ")}: ${why}, so import() it`];
  });
}
