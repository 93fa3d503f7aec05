/** Flags of every command that take a value: what follows one is no command. For a look at the command line before it is read. */
export const flagsWithValue: ReadonlySet<string> = new Set([
  "--library",
  "--index",
  "--model",
  "--model-file",
  "--mmproj",
  "--server-url",
  "--encoder",
]);
