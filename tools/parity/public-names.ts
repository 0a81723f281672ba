import ts from "typescript";

/** Answers whether a public name is one: an export, `Type.member`, or `Class.method(parameter)`. */
export type PublicNames = (name: string) => boolean;

/** Reads the names that `entry`, the front door of a package, gives to its users. */
export function publicNames(entry: string, options: ts.CompilerOptions): PublicNames {
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const door = source && checker.getSymbolAtLocation(source);
  const exported = new Map((door ? checker.getExportsOfModule(door) : []).map((symbol) => [symbol.name, symbol]));
  return (name) => {
    const [, owner = "", member, parameter] = /^(\w+)(?:\.(\w+)(?:\((\w+)\))?)?$/.exec(name) ?? [];
    const symbol = exported.get(owner);
    if (symbol === undefined) return false;
    if (member === undefined) return true;
    const found = memberOf(checker, symbol, member);
    return found !== undefined && (parameter === undefined || parametersOf(found).includes(parameter));
  };
}

function memberOf(checker: ts.TypeChecker, exported: ts.Symbol, member: string): ts.Symbol | undefined {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const types: ts.Type[] = [];
  if (symbol.flags & ts.SymbolFlags.Type) types.push(checker.getDeclaredTypeOfSymbol(symbol));
  if (symbol.flags & ts.SymbolFlags.Value) types.push(checker.getTypeOfSymbol(symbol));
  // Each kind of a union, such as a client credential, has members of its own.
  const parts = types.flatMap((type) => (type.isUnion() ? type.types : [type]));
  return parts.map((type) => type.getProperty(member)).find((property) => property !== undefined);
}

function parametersOf(method: ts.Symbol): string[] {
  return (method.declarations ?? []).flatMap((declaration) =>
    ts.isMethodDeclaration(declaration) ? declaration.parameters.map(({ name }) => name.getText()) : [],
  );
}
