import path from "node:path";

export type HidePaths = (text: string) => string;

/**
 * Replaces the person's folders by their names alone: `/home/ann/Videos/trip/a.mp4` becomes `Videos/trip/a.mp4`,
 * which still names the file to every tool, and opens nothing elsewhere.
 */
export function hidePathsBelow(folders: readonly string[]): HidePaths {
  const longestFirst = [...new Set(folders)]
    .filter((folder) => path.dirname(folder) !== folder)
    .sort((a, b) => b.length - a.length);
  return (text) =>
    longestFirst.reduce((left, folder) => left.replaceAll(folder, path.basename(folder)), text);
}

/** The absolute folder that such a shortened name stands for, where one of the roots fits. */
export function unhideFolder(folder: string, roots: readonly string[]): string {
  if (path.isAbsolute(folder)) return folder;
  const [first = "", ...rest] = folder.split(/[\\/]/).filter((part) => part !== "" && part !== ".");
  if (rest.includes("..") || first === "..") return folder;
  const named = roots.find((root) => path.basename(root) === first);
  if (named !== undefined) return path.join(named, ...rest);
  return roots.length === 1 ? path.join(roots[0]!, first, ...rest) : folder;
}
