/**
 * Goes on with a value: at once where it is at hand, else when it has come. To wait for what is known already would
 * cost a call that is answered from memory more than its answer.
 */
export function atOnce<T, R>(value: T | Promise<T>, goOn: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(goOn) : goOn(value);
}
