import ts from "typescript";

/**
 * The public members of a package's exported classes and types, each once, by the package's own declarations. What is
 * private, marked `@internal` or comes from elsewhere (such as the members of every error) is left out. An export that
 * is gone is told by its name.
 *
 * @param declarations - The package's front door.
 * @param owners - The exports to go through.
 */
export function peerNames(declarations: string, owners: readonly string[]): string[] {
  const program = ts.createProgram([declarations], {
    module: ts.ModuleKind.NodeNext,
    strict: true,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(declarations);
  const door = source && checker.getSymbolAtLocation(source);
  const exported = new Map((door ? checker.getExportsOfModule(door) : []).map((symbol) => [symbol.name, symbol]));
  const names = owners.flatMap((owner) => {
    const symbol = exported.get(owner);
    if (symbol === undefined) return [`${owner} (exported no more)`];
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(target));
    return members.filter(isPublic).map(({ name }) => name);
  });
  return [...new Set(names)];
}

function isPublic({ declarations }: ts.Symbol): boolean {
  const declaration = declarations?.[0];
  if (declaration === undefined) return false;
  const isOwn = !ts.isInterfaceDeclaration(declaration.parent) || declaration.parent.name.text !== "Error";
  const isInternal = ts.getJSDocTags(declaration).some(({ tagName }) => tagName.text === "internal");
  const flags = ts.getCombinedModifierFlags(declaration);
  return isOwn && !isInternal && (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
}

/** The words within code of a Markdown text, blocks left aside. */
export function wordsInCode(text: string): Set<string> {
  const prose = text.replaceAll(/^```.*?^```$/gms, "");
  return new Set(Array.from(prose.matchAll(/`([^`\n]+)`/g), ([, code = ""]) => code.match(/\w+/g) ?? []).flat());
}
