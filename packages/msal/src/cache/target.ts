/** The scopes in a target, in lower case: scopes differ neither by case nor by order. */
export function scopesOf(target: string): string[] {
  const scopes = target.toLowerCase().split(" ");
  return scopes.length === 1 ? scopes : scopes.filter((scope) => scope !== "");
}

/** True when `target` holds every one of `scopes`, in whatever case. */
export function holdsScopes(target: string, scopes: readonly string[]): boolean {
  // Mostly it is the very text, and nothing needs to be put into another case.
  if (scopes.length === 1 && scopes[0] === target) return true;
  const text = target.toLowerCase();
  return scopes.every((scope) => holdsScope(text, scope.toLowerCase()));
}

/** Looks for a whole word without taking the text apart. Both are in lower case. */
function holdsScope(text: string, scope: string): boolean {
  for (let start = text.indexOf(scope); start !== -1; start = text.indexOf(scope, start + 1)) {
    const end = start + scope.length;
    const opens = start === 0 || text[start - 1] === " ";
    if (opens && (end === text.length || text[end] === " ")) return true;
  }
  return false;
}
