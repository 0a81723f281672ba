/** The part of the package that is used here; it brings no types of its own. */
declare module "fs-native-extensions" {
  const native: {
    /** Takes an exclusive lock on an open file; false when another open file has it. */
    tryLock(descriptor: number): boolean;
  };
  export default native;
}
